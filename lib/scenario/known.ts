// What a document may refer to beyond itself: the catalogues of faults and invariants, and the stages
// where a fault can be anchored.
import { faults } from '../faults/index.ts'
import { invariants } from '../invariants/index.ts'

export interface Known {
  readonly faults: readonly { readonly id: string; readonly target: string }[]
  readonly invariants: readonly { readonly id: string }[]
  readonly stages: readonly string[]
}

/** Stages of a producer's and of a handler's work, as they name them, and of what is under way on a line. */
const stages = [
  'sending',
  'sent',
  'uncommitted',
  'polled',
  'checking',
  'deduped',
  'marking',
  'marked',
  'effect sent',
  'retrying',
  'effect applied',
  'committing',
  'committed',
  'parking',
  'blocked',
  'request under way',
  'reply under way',
]

export const known: Known = { faults, invariants, stages }
