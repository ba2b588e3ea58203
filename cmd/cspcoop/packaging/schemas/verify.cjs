const fs = require('fs')
const Ajv = require('ajv').default
const formats = require('ajv-formats').default
const { Package } = require('datapackage')

const read = (file) => JSON.parse(fs.readFileSync(file))
const fail = (...what) => { console.error(...what); process.exitCode = 1 }

async function main(set) {
  const { parse } = await import('smol-toml')
  const judge = (name) => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true })
    formats(ajv)
    return ajv.compile(read(`${name}.schema.json`))
  }
  const config = judge('config')
  for (const file of ['cspcoop.toml', 'commented.toml']) {
    const entries = JSON.parse(JSON.stringify(parse(fs.readFileSync(file, 'utf8')))) // dates as text
    if (!config(entries)) fail(file, config.errors)
  }
  for (const wrong of ['settel = "2s"', 'settle = 2', '[claims]\nwarn_days = "60"', '[[rules]]\nname = 1']) {
    if (config(parse(wrong))) fail('the schema of the configuration takes', wrong)
  }
  for (const name of ['run', 'status', 'explain', 'sample', 'check', 'verify', 'diff', 'dry-run']) {
    const valid = judge(name)
    if (!valid(read(`${name}.json`))) fail(name, valid.errors)
    if (valid(42)) fail(name, 'a number passes')
  }
  for (const [name, list] of [['diff', 'decisions'], ['dry-run', 'would_take'], ['dry-run', 'would_refuse']]) {
    if (!read(`${name}.json`)[list].length) fail(name, `has no ${list}: nothing was judged`)
  }
  const data = await Package.load(`${set}/datapackage.json`, { basePath: set })
  if (!data.valid) fail(data.errors)
  for (const resource of data.resources) {
    const rows = await resource.read({ keyed: true })
    console.log(`${resource.name}.csv: ${rows.length} rows have the types of datapackage.json`)
  }
}

main(process.argv[2]).catch((error) => fail(error, error.errors))
