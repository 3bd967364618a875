// A cell: what the explorer finds for one row and one column.
import type { Action } from '../engine/types.ts'
import { invariantsOf } from '../invariants/index.ts'
import type { Verdict } from '../invariants/types.ts'
import type { Answer } from '../session/exploring.ts'
import { boundsOf, questionOf } from './bounds.ts'
import { columns } from './columns.ts'
import { momentsOf } from './moments.ts'
import { type Clock, climb, type Ladder } from './search.ts'
import type { Broken, Cell, Row, Size, Witness } from './types.ts'
import {
  type Candidate,
  candidates,
  judged,
  plainVerdicts,
  type Stage,
  stageAt,
  stageFor,
} from './witness.ts'

/** The first script of this answer, whole, from the very start. */
function broken(row: Row, column: string, ladder: Ladder, { answer, size }: Breach): Broken {
  const stage = stageAt(row.scenario, size)
  const script = answer.script as readonly Action[]
  const verdict = judged(stage, script).verdicts.find(({ invariant }) => invariant === column)
  return {
    row: row.id,
    column,
    answer: 'counterexample',
    faults: answer.faults ?? 0,
    steps: script.length,
    size,
    tail: script.slice(stage.prefix.length),
    moments: momentsOf(stage.system, script),
    sentence: verdict?.detail ?? '',
    ...costOf(ladder),
  }
}

interface Breach {
  readonly answer: Answer
  readonly size: Size
}

const costOf = ({ states, ms, reduced }: Ladder) => ({ states, ms, reduced })

/** All searches of a row, with its witnesses made once. */
export interface Bench {
  readonly row: Row
  readonly stage: Stage
  readonly plain: readonly Verdict[]
  readonly runs: ReadonlyMap<string, readonly Candidate[]>
}

export function benchOf(row: Row): Bench {
  const stage = stageFor(row.scenario)
  const { kinds } = boundsOf(row.family)
  const runs = new Map(kinds.map((kind) => [kind, candidates(stage, kind)]))
  return { row, stage, plain: plainVerdicts(stage), runs }
}

/** For a kind: the run of those that met it in which this guarantee was put to the test and held. */
function witnessOf(bench: Bench, kind: string, column: string): Witness | null {
  const held = (bench.runs.get(kind) ?? []).find(({ verdicts }) =>
    verdicts.some(({ invariant, verdict }) => invariant === column && verdict === 'holds'),
  )
  return held?.witness ?? null
}

/** Why a column is not asked of a row; null when it is. */
function idle({ stage, plain, runs }: Bench, column: string) {
  const [invariant] = invariantsOf([column])
  const unpromised = invariant?.notPromised?.(stage.subject) ?? null
  if (unpromised !== null) return { answer: 'not promised', because: unpromised } as const
  const all = [plain, ...[...runs.values()].flat().map(({ verdicts }) => verdicts)]
  const own = all.flatMap((verdicts) => verdicts.filter((each) => each.invariant === column))
  const tried = own.some(({ verdict }) => verdict !== 'not exercised')
  const because = own[0]?.detail ?? ''
  return tried ? null : ({ answer: 'not exercised', because } as const)
}

/** Whatever is said to hold has a witness for every kind that the row can suffer at all. */
export function cellOf(bench: Bench, column: string, clock: Clock): Cell {
  const { row } = bench
  const asked = { row: row.id, column }
  const unasked = idle(bench, column)
  if (unasked !== null) return { ...asked, ...unasked }
  const bounds = boundsOf(row.family)
  const question = { ...questionOf(row.family, column), scenario: row.scenario }
  const ladder = climb(question, bounds, clock)
  if (ladder.breach !== null) return broken(row, column, ladder, ladder.breach)
  const { kinds } = bounds
  const met = kinds.filter((kind) => (bench.runs.get(kind) ?? []).length > 0)
  const proven = {
    ...asked,
    witnesses: met.flatMap((kind) => witnessOf(bench, kind, column) ?? []),
    without: kinds.filter((kind) => !met.includes(kind)),
    weaker: null,
    ...costOf(ladder),
  }
  const { upTo, partly } = ladder
  return upTo === bounds.faults
    ? { ...proven, answer: 'holds within bounds' }
    : { ...proven, answer: 'not exhausted', upTo, partly }
}

export function cellsOf(row: Row, clock: Clock): readonly Cell[] {
  const bench = benchOf(row)
  return columns.map((column) => cellOf(bench, column, clock))
}
