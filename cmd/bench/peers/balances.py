"""Balances of an earnings export with pandas: the version with the latest
calculationDate, exact sums in cents. python3 balances.py FILE"""

import sys

import pandas as pd

COLUMNS = ["earningId", "participantId", "programName", "earningType", "earningDate", "calculationDate", "earningAmountUSD"]


def cents(amounts):
    """Amounts with two decimals, as whole cents."""
    return amounts.str.replace(".", "", regex=False).astype("int64")


def main(path):
    rows = pd.read_csv(path, usecols=COLUMNS, dtype=str)
    rows = rows.sort_values("calculationDate", kind="stable").drop_duplicates(["earningId", "earningType"], keep="last")
    rows["cents"] = cents(rows.earningAmountUSD)
    first_half = rows.earningDate.str[5:7] <= "06"
    rows["start"] = rows.earningDate.str[:4] + first_half.map({True: "-01-01", False: "-07-01"})
    table = rows.pivot_table(index=["participantId", "programName", "start"], columns="earningType", values="cents", aggfunc="sum", fill_value=0)
    print("participant,program,earning_start,rebate,coop")
    for (participant, program, start), row in table.iterrows():
        money = ["%s%d.%02d" % ("-" if row[kind] < 0 else "", *divmod(abs(int(row[kind])), 100)) for kind in ("Rebate", "Coop")]
        print(",".join([participant, program, start, *money]))


main(sys.argv[1])
