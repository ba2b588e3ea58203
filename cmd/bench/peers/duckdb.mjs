// Balances of an earnings export with DuckDB: the version with the latest
// calculationDate, exact decimal sums. node duckdb.mjs FILE, or
// node duckdb.mjs --sql STATEMENT-FILE to print the rows of a statement as CSV.
import { DuckDBInstance } from '@duckdb/node-api';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
const [first, second] = process.argv.slice(2);

async function header(file) {
  const input = createReadStream(file);
  for await (const line of createInterface({ input })) {
    input.destroy();
    return line.split(',');
  }
}

async function balances(file) {
  const types = { earningAmountUSD: 'DECIMAL(18,2)', earningAmount: 'DECIMAL(18,2)', earningDate: 'TIMESTAMP', calculationDate: 'TIMESTAMP' };
  const columns = (await header(file)).map((name) => `'${name}': '${types[name] ?? 'VARCHAR'}'`);
  return `
    SELECT participant, program, strftime(make_date(year(day), CASE WHEN month(day) <= 6 THEN 1 ELSE 7 END, 1), '%Y-%m-%d') AS earning_start,
           coalesce(sum(usd) FILTER (WHERE kind = 'Rebate'), 0.00) AS rebate, coalesce(sum(usd) FILTER (WHERE kind = 'Coop'), 0.00) AS coop
    FROM (SELECT arg_max(participantId, calculationDate) AS participant, arg_max(programName, calculationDate) AS program,
                 arg_max(earningDate, calculationDate) AS day, earningType AS kind, arg_max(earningAmountUSD, calculationDate) AS usd
          FROM read_csv('${file}', header = true, delim = ',', quote = '"', escape = '"', columns = {${columns}})
          GROUP BY earningId, earningType)
    GROUP BY ALL ORDER BY ALL`;
}

const statement = first === '--sql' ? readFileSync(second, 'utf8') : await balances(first);
await connection.run(`COPY (${statement}) TO '/dev/stdout' (HEADER)`);
