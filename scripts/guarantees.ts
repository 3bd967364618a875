// node scripts/guarantees.ts [--all] [ROW …]: computes the cells of the guarantee matrix into docs/guarantees.json.
// Only rows whose scenario, bounds or rules have changed since are searched again, or those named, or all. It takes
// minutes, so that it is no part of `npm run generate`; tests replay what it wrote.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { cellsOf } from '../lib/guarantees/cells.ts'
import { madeWith } from '../lib/guarantees/made-with.ts'
import { rows } from '../lib/guarantees/rows.ts'
import type { Cell, Matrix } from '../lib/guarantees/types.ts'
import { withWeaker } from '../lib/guarantees/weaker.ts'

const FILE = resolve(import.meta.dirname, '..', 'docs/guarantees.json')
const words = process.argv.slice(2)
const named = words.filter((word) => !word.startsWith('--'))

const kept = new Map<string, Matrix['rows'][number]>()
if (existsSync(FILE)) {
  const before = JSON.parse(readFileSync(FILE, 'utf8')) as Matrix
  for (const row of before.rows) kept.set(row.id, row)
}

/** A line a cell: what changes in it is seen in a diff. */
function textOf({ rows: all }: Matrix): string {
  const line = (cell: Cell) => `   ${JSON.stringify(cell)}`
  const texts = all.map(
    ({ id, madeWith: own, cells }) =>
      `  {"id": ${JSON.stringify(id)}, "madeWith": ${JSON.stringify(own)}, "cells": [\n${cells.map(line).join(',\n')}\n  ]}`,
  )
  return `{"rows": [\n${texts.join(',\n')}\n]}\n`
}

function write(): void {
  const known = rows.flatMap(({ id }) => kept.get(id) ?? [])
  const cells = withWeaker(
    rows,
    known.flatMap((row) => row.cells),
  )
  const matrix = known.map((row) => ({
    ...row,
    cells: cells.filter((cell) => cell.row === row.id),
  }))
  writeFileSync(FILE, textOf({ rows: matrix }))
}

for (const row of rows) {
  const made = madeWith(row)
  const wanted = named.includes(row.id) || words.includes('--all')
  if (!wanted && kept.get(row.id)?.madeWith === made) continue
  if (named.length > 0 && !wanted) continue
  const cells = cellsOf(row, { now: () => performance.now() })
  kept.set(row.id, { id: row.id, madeWith: made, cells })
  write()
  const told = cells.map(({ column, answer }) => `${column}: ${answer}`)
  console.log(`${row.id}\n  ${told.join('\n  ')}`)
}
