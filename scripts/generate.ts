// Writes what is made from the code (rule tables, schemas, matrices): `npm run generate`.
// With --check it writes nothing and fails if a file is not what the code would make of it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { generators } from './generators/index.ts'

const root = resolve(import.meta.dirname, '..')
const check = process.argv.includes('--check')
const stale: string[] = []

for (const { name, files } of generators)
  for (const [path, text] of Object.entries(await files())) {
    const absolute = resolve(root, path)
    if (existsSync(absolute) && readFileSync(absolute, 'utf8') === text) continue
    stale.push(`${path} (${name})`)
    if (check) continue
    mkdirSync(dirname(absolute), { recursive: true })
    writeFileSync(absolute, text)
  }

for (const file of stale) console.log(check ? `out of date: ${file}` : `written: ${file}`)
if (check && stale.length > 0) {
  console.log('Run npm run generate and commit what it writes.')
  process.exitCode = 1
}
