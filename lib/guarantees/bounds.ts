// How far every cell is searched. A cell of a family has the bounds of its family, whatever its answer: only so
// may one row be called weaker than another.
import type { Question } from '../session/exploring.ts'
import type { Bounds, Family } from './types.ts'

export const MESSAGES = 3
export const CONSUMERS = 2
export const FAULTS = 2
/** Within twenty seconds of one core, and what a browser has memory for. */
export const MAX_STATES = 4_000_000

export const families: readonly Family[] = [
  { id: 'producers', title: 'On the way into the log', kinds: ['refuse-batch', 'cut-connection'] },
  {
    id: 'replicas',
    title: 'When a broker fails',
    kinds: ['kill-node', 'lose-node', 'isolate-node'],
  },
  { id: 'sinks', title: 'Between consumer and sink', kinds: ['lose-answer', 'sink-down'] },
  { id: 'consumers', title: 'When a consumer fails', kinds: ['crash', 'pause'] },
]

export function familyOf(id: string): Family {
  const found = families.find((family) => family.id === id)
  if (found === undefined) throw new Error(`there is no family ${id}`)
  return found
}

export function boundsOf(family: string): Bounds {
  const { kinds } = familyOf(family)
  return { messages: MESSAGES, consumers: CONSUMERS, faults: FAULTS, kinds, maxStates: MAX_STATES }
}

/** What the explorer is asked for a cell: the same in the script, in a test and on the page. */
export function questionOf(family: string, column: string): Question {
  const { faults, kinds, maxStates } = boundsOf(family)
  return { invariant: column, scope: {}, faults, kinds, maxStates, maxMb: 2048 }
}
