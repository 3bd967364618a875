// Keeps the architecture true: imports, purity, size and names. Prints what is wrong and fails.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { checkBrokers } from './checks/brokers.ts'
import { checkImports } from './checks/imports.ts'
import { checkPurity } from './checks/purity.ts'
import { type Finding, parse } from './checks/source.ts'
import { checkTidy } from './checks/tidy.ts'

const root = resolve(import.meta.dirname, '..')
const FOLDERS = ['app', 'bench', 'components', 'e2e', 'lib', 'messages', 'scripts']

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* files(path)
    else if (/\.(tsx?|mjs)$/.test(entry.name)) yield path
  }
}

function check(path: string): Finding[] {
  const source = parse(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'))
  return [checkBrokers, checkImports, checkPurity, checkTidy].flatMap((findings) =>
    findings(source),
  )
}

const there = new Set(readdirSync(root))
const paths = FOLDERS.filter((folder) => there.has(folder)).flatMap((folder) => [
  ...files(join(root, folder)),
])
const findings = paths.flatMap(check)

for (const { path, line, says } of findings) console.log(`${path}:${line}  ${says}`)
console.log(`${paths.length} files, ${findings.length} findings`)
process.exitCode = findings.length === 0 ? 0 : 1
