// Holds every import against the table.
import { posix } from 'node:path'
import { at, type Finding, type Import, isTest, type Source } from './source.ts'
import { CATALOGUES, IMPORTS, PACKAGES_OF_TESTS } from './table.ts'

export function checkImports(source: Source): Finding[] {
  return source.imports.flatMap((found) => {
    const says = refusal(source.path, found)
    return says === undefined ? [] : [at(source, found.start, says)]
  })
}

function refusal(path: string, found: Import): string | undefined {
  const row = rowOf(path)
  if (row === undefined) return `${posix.dirname(path)} has no row in scripts/checks/table.ts`
  const target = targetOf(path, found.from)
  if (target === undefined) return refusedPackage(path, row, found.from)
  return refusedSpelling(path, found.from) ?? refusedFolder({ path, row, target, found })
}

/** The longest row that holds the file. */
function rowOf(path: string): string | undefined {
  const rows = Object.keys(IMPORTS).filter((row) => path.startsWith(`${row}/`))
  return rows.sort((a, b) => b.length - a.length)[0]
}

/** The path an import leads to, from the root; undefined for a package. */
function targetOf(path: string, from: string): string | undefined {
  if (from.startsWith('@/')) return from.slice(2)
  if (from.startsWith('.')) return posix.join(posix.dirname(path), from)
  return undefined
}

function refusedPackage(path: string, row: string, from: string): string | undefined {
  const inLib = row.startsWith('lib/')
  const own = IMPORTS[row]?.packages ?? []
  const allowed = isTest(path) ? [...own, ...PACKAGES_OF_TESTS] : own
  if (allowed.some((name) => isPackage(from, name))) return undefined
  return inLib ? `lib is pure: ${row} may not import ${from}` : `${row} may not import ${from}`
}

function isPackage(from: string, name: string): boolean {
  if (name.endsWith('*')) return from.startsWith(name.slice(0, -1))
  return from === name || from.startsWith(`${name}/`)
}

/** Node runs lib as it is, so its imports are the files' real names. */
function refusedSpelling(path: string, from: string): string | undefined {
  if (!path.startsWith('lib/')) return undefined
  if (from.startsWith('@/')) return `lib imports by relative path, not ${from}`
  return /\.(ts|json)$/.test(from) ? undefined : `"${from}" lacks its .ts: Node runs lib as it is`
}

type Case = {
  readonly path: string
  readonly row: string
  readonly target: string
  readonly found: Import
}

function refusedFolder({ path, row, target, found }: Case): string | undefined {
  if (isTest(path)) return target.startsWith('app/') ? `a test may not import ${target}` : undefined
  if (target.startsWith(`${row}/`)) return refusedSibling(path, row, target)
  const allowed = IMPORTS[row]?.may ?? []
  if (allowed.some((rule) => covers(rule, target, found.typesOnly))) return undefined
  return `${row} may not import ${target}`
}

function covers(rule: string, target: string, typesOnly: boolean): boolean {
  const [folder, needsTypes] = rule.startsWith('types ') ? [rule.slice(6), true] : [rule, false]
  if (needsTypes && !typesOnly) return false
  return [target, `${target}.ts`, `${target}/index.ts`].some(
    (path) => path === folder || path.startsWith(`${folder}/`),
  )
}

function refusedSibling(path: string, row: string, target: string): string | undefined {
  if (!CATALOGUES.includes(row)) return undefined
  const from = entryOf(path, row)
  const to = entryOf(target, row)
  if (from === to || from === 'index' || isShared(to)) return undefined
  return `catalogue entry ${from} may not import its sibling ${to}`
}

const entryOf = (path: string, row: string): string =>
  path
    .slice(row.length + 1)
    .split('/')[0]
    ?.replace(/\.tsx?$/, '') ?? ''

const isShared = (entry: string): boolean =>
  entry === 'index' || entry === 'types' || entry.startsWith('_')
