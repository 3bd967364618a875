// What has become of each record that was written inside a transaction, by stream, lane and offset. Lists stay
// dense and numeric; where nothing is written in transactions they stay empty.
import type { Place, Seen } from '../clients/types.ts'
import { reach } from './_facts.ts'

/** Nobody need ask: no transaction, or one that was committed. */
export const STANDS = 0
export const OPEN = 1
export const ABORTED = 2

export type Outcomes = Record<string, number[][]>

function put(outcomes: Outcomes, { stream, lane, offset }: Place, outcome: number): void {
  outcomes[stream] ??= []
  const lanes = outcomes[stream]
  while (lanes.length <= lane) lanes.push([])
  const records = lanes[lane] as number[]
  reach(records, offset, STANDS)
  records[offset] = outcome
}

type Written = Extract<Seen, { kind: 'stored' | 'settled' }>

/** Takes note of a record; returns whether it stands from now on. */
export function note(outcomes: Outcomes, seen: Written): boolean {
  if (seen.kind === 'stored') {
    if (seen.transactional === true) put(outcomes, seen.place, OPEN)
    return seen.transactional !== true
  }
  const committed = seen.outcome === 'committed'
  put(outcomes, seen.place, committed ? STANDS : ABORTED)
  return committed
}

export function outcomeOf(outcomes: Outcomes, { stream, lane, offset }: Place): number {
  return outcomes[stream]?.[lane]?.[offset] ?? STANDS
}

export function copyOutcomes(outcomes: Outcomes): Outcomes {
  const copies = Object.entries(outcomes).map(([stream, lanes]) => [
    stream,
    lanes.map((records) => records.slice()),
  ])
  return Object.fromEntries(copies)
}
