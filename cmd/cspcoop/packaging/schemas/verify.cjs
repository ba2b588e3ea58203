const fs = require('fs')
const Ajv = require('ajv').default
const formats = require('ajv-formats').default
const { Package } = require('datapackage')

const read = (file) => JSON.parse(fs.readFileSync(file))
const fail = (...what) => { console.error(...what); process.exitCode = 1 }

async function main(set) {
  for (const name of ['run', 'status', 'explain', 'sample', 'check']) {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true })
    formats(ajv)
    const valid = ajv.compile(read(`${name}.schema.json`))
    if (!valid(read(`${name}.json`))) fail(name, valid.errors)
    if (valid(42)) fail(name, 'a number passes')
  }
  const data = await Package.load(`${set}/datapackage.json`, { basePath: set })
  if (!data.valid) fail(data.errors)
  for (const resource of data.resources) {
    const rows = await resource.read({ keyed: true })
    console.log(`${resource.name}.csv: ${rows.length} rows have the types of datapackage.json`)
  }
}

main(process.argv[2]).catch((error) => fail(error, error.errors))
