// Balances of an earnings export with ClickHouse, in the process: the version
// with the latest calculationDate, exact decimal sums. node clickhouse.cjs FILE,
// or node clickhouse.cjs --sql STATEMENT-FILE for the rows of a statement.
const { query } = require('chdb');
const { readFileSync, writeSync } = require('node:fs');

const [first, second] = process.argv.slice(2);
const balances = (file) => `
  SELECT participant, program, toString(makeDate(toYear(day), if(toMonth(day) <= 6, 1, 7), 1)) AS earning_start,
         sumIf(usd, kind = 'Rebate') AS rebate, sumIf(usd, kind = 'Coop') AS coop
  FROM (SELECT argMax(participantId, calculationDate) AS participant, argMax(programName, calculationDate) AS program,
               argMax(earningDate, calculationDate) AS day, earningType AS kind, argMax(earningAmountUSD, calculationDate) AS usd
        FROM file('${file}', 'CSVWithNames', 'earningId String, participantId String, programName String, earningType String,
                  earningDate DateTime, calculationDate DateTime, earningAmountUSD Decimal(18, 2)')
        GROUP BY earningId, earningType)
  GROUP BY participant, program, earning_start ORDER BY participant, program, earning_start
  SETTINGS output_format_decimal_trailing_zeros = 1, max_threads = 2`;

const statement = first === '--sql' ? readFileSync(second, 'utf8') : balances(first);
writeSync(1, query(statement, 'CSVWithNames'));
