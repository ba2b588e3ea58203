"""A statement for each participant and program with pandas, XlsxWriter and
ReportLab: balances in a PDF, balances and every counted earning in a workbook.
python3 statements.py FILE FOLDER"""

import os
import sys

import pandas as pd
import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

SHOWN = [
    "earningDate", "earningId", "earningType", "earningAmount", "transactionCurrency", "earningAmountUSD", "programName", "calculationDate",
    "lever", "paymentStatus", "paymentId", "customerName", "productName", "invoiceNumber", "quantity", "earningRate", "earningExchangeRate",
    "transactionId", "transactionDate", "transactionAmount", "resellerName",
]
NUMBERS = {"earningAmount", "earningAmountUSD", "quantity", "earningRate", "earningExchangeRate", "transactionAmount"}


def cents(amounts):
    return amounts.str.replace(".", "", regex=False).astype("int64")


def money(n):
    return "{:,}.{:02d}".format(*divmod(int(n), 100))


def balances(rows):
    table = rows.pivot_table(index="start", columns="earningType", values="cents", aggfunc="sum", fill_value=0)
    lines = [["Earned from", "Rebate USD", "Co-op USD", "Decision"]]
    for start, row in table.iterrows():
        lines.append([start, money(row["Rebate"]), money(row["Coop"]), "Claim required" if row["Coop"] > 400000 else "Paid automatically"])
    return lines


def months(rows):
    table = rows.pivot_table(index=["month", "transactionCurrency"], columns="earningType", values="cents", aggfunc="sum", fill_value=0)
    lines = [["Month", "Currency", "Rebate USD", "Co-op USD"]]
    for (month, currency), row in table.iterrows():
        lines.append([month, currency, money(row["Rebate"]), money(row["Coop"])])
    return lines


def write_pdf(path, title, tables):
    styles = getSampleStyleSheet()
    story = [Paragraph(title, styles["Title"])]
    for lines in tables:
        grid = Table(lines, repeatRows=1)
        grid.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.25, colors.grey), ("ALIGN", (1, 0), (-1, -1), "RIGHT")]))
        story += [grid, Spacer(1, 12)]
    SimpleDocTemplate(path, pagesize=A4).build(story)


def write_workbook(path, tables, rows):
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    for name, lines in zip(("Balances", "Months"), tables):
        sheet = book.add_worksheet(name)
        for i, line in enumerate(lines):
            sheet.write_row(i, 0, line)
    sheet = book.add_worksheet("Earnings")
    sheet.write_row(0, 0, SHOWN)
    for i, row in enumerate(rows[SHOWN].itertuples(index=False), start=1):
        for k, (name, value) in enumerate(zip(SHOWN, row)):
            if name in NUMBERS:
                sheet.write_number(i, k, float(value))
            else:
                sheet.write_string(i, k, value)
    book.close()


def main(path, folder):
    rows = pd.read_csv(path, usecols=SHOWN + ["participantId"], dtype=str, keep_default_na=False)
    rows = rows.sort_values("calculationDate", kind="stable").drop_duplicates(["earningId", "earningType"], keep="last")
    rows["cents"] = cents(rows.earningAmountUSD)
    rows["month"] = rows.earningDate.str[:7]
    rows["start"] = rows.earningDate.str[:4] + (rows.month.str[5:] <= "06").map({True: "-01-01", False: "-07-01"})
    rows = rows.sort_values(["earningDate", "earningId"])
    for (participant, program), own in rows.groupby(["participantId", "programName"]):
        tables = [balances(own), months(own)]
        name = os.path.join(folder, participant + "-" + program.replace(" ", "-"))
        write_pdf(name + ".pdf", participant + " " + program, tables)
        write_workbook(name + ".xlsx", tables, own)


os.makedirs(sys.argv[2], exist_ok=True)
main(sys.argv[1], sys.argv[2])
