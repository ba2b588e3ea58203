const fs = require('fs')
const CDX = require('@cyclonedx/cyclonedx-library')
async function main (file) {
  const text = fs.readFileSync(file, 'utf8')
  const { specVersion } = JSON.parse(text)
  const validator = new CDX.Validation.JsonStrictValidator(specVersion)
  const wrong = await validator.validate(text)
  if (wrong !== null) { console.error(file, wrong); process.exitCode = 1 }
  if (await validator.validate(text.replace('"bomFormat": "CycloneDX"', '"bomFormat": 42')) === null) { console.error('a wrong format passes'); process.exitCode = 1 }
  console.log(`${file} is CycloneDX ${specVersion}`)
}
main(process.argv[2]).catch((e) => { console.error(e); process.exitCode = 1 })
