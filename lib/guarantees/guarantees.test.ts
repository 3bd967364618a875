// The matrix as it was written: what is broken breaks when it is played again, what holds has its witnesses and a
// weaker row, and cells that are quick to search are searched again.
import { afterEach, describe, expect, test, vi } from 'vitest'
import stored from '../../docs/guarantees.json' with { type: 'json' }
import { boundsOf, CONSUMERS, columnsOf, FAULTS, MESSAGES } from './bounds.ts'
import { benchOf, cellOf } from './cells.ts'
import { madeWith } from './made-with.ts'
import { momentsOf } from './moments.ts'
import { rowOf, rows } from './rows.ts'
import type { Cell, Matrix } from './types.ts'
import { provenTo, weakerOf } from './weaker.ts'
import { judged, scriptOf, stageAt, stageFor } from './witness.ts'

const matrix = stored as unknown as Matrix
const cells: readonly Cell[] = matrix.rows.flatMap((row) => row.cells)
const how = { now: () => 0 }
const LONG_MS = 120_000

test('every row has a cell for every column, made with the rules and the settings of today', () => {
  expect(rows.length).toBeGreaterThanOrEqual(24)
  expect(matrix.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  for (const row of matrix.rows) {
    expect(row.cells.map(({ column }) => column)).toEqual(columnsOf(rowOf(row.id).family))
  }
  const stale = rows.filter(
    (row) => matrix.rows.find(({ id }) => id === row.id)?.madeWith !== madeWith(row),
  )
  expect(
    stale.map(({ id }) => id),
    'run node scripts/guarantees.ts',
  ).toEqual([])
})

test('no bounds are below three messages, two consumers and two misfortunes', () => {
  expect([MESSAGES, CONSUMERS, FAULTS].map((bound, at) => bound >= [3, 2, 2][at]!)).toEqual([
    true,
    true,
    true,
  ])
  for (const row of rows) {
    expect(row.scenario.story.producers.map(({ count }) => count)).toEqual([MESSAGES])
    expect(row.scenario.story.services.map(({ instances }) => instances)).toEqual([CONSUMERS])
    expect(boundsOf(row.family).faults).toBeGreaterThanOrEqual(FAULTS)
  }
})

const broken = cells.flatMap((cell) => (cell.answer === 'counterexample' ? [cell] : []))
const held = cells.flatMap((cell) => (cell.answer === 'holds within bounds' ? [cell] : []))

test('there is much of both', () => {
  expect(broken.length).toBeGreaterThan(30)
  expect(held.length).toBeGreaterThan(30)
})

describe('what is broken breaks when it is played again', () => {
  test.each(rows.map(({ id }) => id))('%s', (id) => {
    const row = rowOf(id)
    for (const cell of broken.filter(({ row }) => row === id)) {
      const stage = stageAt(row, cell.size)
      const script = [...stage.prefix, ...cell.tail]
      const verdict = judged(stage, script).verdicts.find(
        ({ invariant }) => invariant === cell.column,
      )
      expect([cell.column, verdict?.verdict, verdict?.detail]).toEqual([
        cell.column,
        'broken',
        cell.sentence,
      ])
      expect(momentsOf(stage.system, script)).toEqual(cell.moments)
      expect([cell.moments.length, script.length]).toEqual([cell.faults, cell.steps])
    }
  })
})

describe('what holds has a run for each kind of misfortune, in which it happened', () => {
  test.each(rows.map(({ id }) => id))(
    '%s',
    (id) => {
      const row = rowOf(id)
      const stage = stageFor(row)
      for (const cell of held.filter((each) => each.row === id)) {
        const kinds = [...cell.witnesses.map(({ fault }) => fault), ...cell.without].sort()
        expect(kinds).toEqual([...boundsOf(row.family).kinds].sort())
        for (const witness of cell.witnesses) {
          const { script, atRest } = scriptOf(stage, witness)
          expect([atRest, script.length]).toEqual([true, witness.steps])
          expect(momentsOf(stage.system, script)).toEqual([witness.moment])
          const verdict = judged(stage, script).verdicts.find(
            ({ invariant }) => invariant === cell.column,
          )
          expect([cell.column, verdict?.verdict]).toEqual([cell.column, 'holds'])
        }
        const { column } = cell
        const asked = { column, faults: provenTo(cell, row) }
        expect(cell.weaker).toBe(weakerOf(row, asked, rows, cells))
      }
    },
    LONG_MS,
  )
})

/** States that a search of a test may look at. */
const QUICK = 30_000
const quick = cells.filter((cell) => 'states' in cell && cell.states < QUICK)

describe('what is quick to search is searched again', () => {
  const some = quick.filter((_, at) => at % 4 === 0)
  test.each(some.map(({ row, column }) => [row, column]))(
    '%s, %s',
    (row = '', column = '') => {
      const again = cellOf(benchOf(rowOf(row)), column, how)
      const before = cells.find((cell) => cell.row === row && cell.column === column) as Cell
      const weaker = before.answer === 'holds within bounds' ? { weaker: before.weaker } : {}
      expect({ ...again, ms: 0, ...weaker }).toEqual({ ...before, ms: 0 })
    },
    LONG_MS,
  )
})

describe('a wrong rule turns cells red', () => {
  // What was loaded with the wrong rule must not be there for another file of this worker.
  afterEach(() => {
    vi.doUnmock('../clients/sink-state.ts')
    vi.resetModules()
  })

  test('an API that forgets the key of a request', async () => {
    const before = cells.find(
      ({ row, column }) => row === 'sink-idempotency-key' && column === 'no-duplicate-effect',
    )
    expect(before?.answer).toBe('holds within bounds')
    vi.resetModules()
    vi.doMock('../clients/sink-state.ts', async (original) => {
      const real = await original<typeof import('../clients/sink-state.ts')>()
      const decide: typeof real.decide = (state, { idempotencyKey: _, ...request }) =>
        real.decide(state, request)
      return { ...real, decide }
    })
    const wrong = await import('./cells.ts')
    const cell = wrong.cellOf(
      wrong.benchOf(rowOf('sink-idempotency-key')),
      'no-duplicate-effect',
      how,
    )
    expect(cell.answer).toBe('counterexample')
  })
})
