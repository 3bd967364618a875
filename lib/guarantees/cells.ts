// A cell: what the explorer finds for one row and one column, of the smallest size that breaks with the fewest faults,
// else of the whole row.
import type { Action } from '../engine/types.ts'
import { invariantsOf } from '../invariants/index.ts'
import type { Verdict } from '../invariants/types.ts'
import { type Answer, ask } from '../session/exploring.ts'
import { askSmallest } from '../session/exploring-wider.ts'
import { boundsOf, columnsOf, questionOf } from './bounds.ts'
import { momentsOf } from './moments.ts'
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

export interface Clock {
  readonly now: () => number
}

function sizeOf({ scenario: { story } }: Answer): Size {
  return {
    messages: Math.max(...story.producers.map(({ count }) => count)),
    consumers: Math.max(...story.services.map(({ instances }) => instances)),
  }
}

type Cost = Pick<Broken, 'states' | 'ms' | 'reduced'>

/** The first script of this answer, whole, from the very start. */
function broken(row: Row, column: string, answer: Answer, cost: Cost): Broken {
  const size = sizeOf(answer)
  const stage = stageAt(row, size)
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
    ...cost,
  }
}

/** With how many faults the whole row was gone through; -1: not even without any. */
function exhaustedTo(row: Row, column: string, clock: Clock): number {
  const question = questionOf(row.family, column)
  for (let faults = question.faults - 1; faults >= 0; faults--) {
    const [answer] = ask(row.scenario, { ...question, faults }, clock)
    if (answer?.answer === 'holds within bounds') return faults
  }
  return -1
}

/** All searches of a row, with its witnesses made once. */
export interface Bench {
  readonly row: Row
  readonly stage: Stage
  readonly plain: readonly Verdict[]
  readonly runs: ReadonlyMap<string, readonly Candidate[]>
}

export function benchOf(row: Row): Bench {
  const stage = stageFor(row)
  const { kinds } = boundsOf(row.family)
  const runs = new Map(kinds.map((kind) => [kind, candidates(stage, kind)]))
  return { row, stage, plain: plainVerdicts(stage), runs }
}

/** Whether some run that met this kind put the guarantee to the test. */
const isTried = (bench: Bench, kind: string, column: string): boolean =>
  (bench.runs.get(kind) ?? []).some(({ verdicts }) =>
    verdicts.some(({ invariant, verdict }) => invariant === column && verdict !== 'not exercised'),
  )

/** For a kind: the run of those that met it in which this guarantee was put to the test and held. */
function witnessOf(bench: Bench, kind: string, column: string): Witness | null {
  const held = (bench.runs.get(kind) ?? []).find(({ verdicts }) =>
    verdicts.some(({ invariant, verdict }) => invariant === column && verdict === 'holds'),
  )
  return held?.witness ?? null
}

/** Who does not promise it; null where somebody does. */
function notPromised({ stage }: Bench, column: string): string | null {
  const [invariant] = invariantsOf([column])
  return invariant?.notPromised?.(stage.subject) ?? null
}

/** Why no run with at most one misfortune puts it to the test; null where one does. */
function notExercised({ plain, runs }: Bench, column: string): string | null {
  const all = [plain, ...[...runs.values()].flat().map(({ verdicts }) => verdicts)]
  const own = all.flatMap((verdicts) => verdicts.filter((each) => each.invariant === column))
  const tried = own.some(({ verdict }) => verdict !== 'not exercised')
  return tried ? null : (own[0]?.detail ?? '')
}

/** Whatever is said to hold has a witness for every kind that the row can suffer at all. */
export function cellOf(bench: Bench, column: string, clock: Clock): Cell {
  const { row } = bench
  const asked = { row: row.id, column }
  const unpromised = notPromised(bench, column)
  if (unpromised !== null) return { ...asked, answer: 'not promised', because: unpromised }
  const bounds = boundsOf(row.family)
  const started = clock.now()
  const [answer] = askSmallest(row.scenario, questionOf(row.family, column), clock)
  if (answer === undefined) throw new Error(`${row.id} has no group to ask about`)
  const { states, reduced } = answer
  const cost = { states, reduced, ms: Math.round(clock.now() - started) }
  if (answer.answer === 'counterexample') return broken(row, column, answer, cost)
  const untested = notExercised(bench, column)
  if (untested !== null) return { ...asked, answer: 'not exercised', because: untested }
  const { kinds } = bounds
  const tried = kinds.filter((kind) => isTried(bench, kind, column))
  const proven = {
    ...asked,
    witnesses: tried.flatMap((kind) => witnessOf(bench, kind, column) ?? []),
    without: kinds.filter((kind) => !tried.includes(kind)),
    weaker: null,
    ...cost,
  }
  return answer.answer === 'holds within bounds'
    ? { ...proven, answer: 'holds within bounds' }
    : { ...proven, answer: 'not exhausted', upTo: exhaustedTo(row, column, clock) }
}

export function cellsOf(row: Row, clock: Clock): readonly Cell[] {
  const bench = benchOf(row)
  return columnsOf(row.family).map((column) => cellOf(bench, column, clock))
}
