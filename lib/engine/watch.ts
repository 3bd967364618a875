// A watch: a fold over observations with one question, "is it broken?". A search carries it along with
// the world. It changes nothing, and its accumulator is plain JSON, free of step numbers.
import type { Observation } from './types.ts'

export interface Watch {
  readonly id: string
  /** Kinds of observation it reads; a search shows it no others. */
  readonly reads: readonly string[]
  readonly init: () => unknown
  /** May write into `acc`; the search hands in a copy. */
  readonly step: (acc: unknown, observation: Observation) => void
  readonly copy: (acc: unknown) => unknown
  readonly broken: (acc: unknown, atRest: boolean) => boolean
  /** Whether nothing that still comes can make a difference: a search goes no further from there. */
  readonly decided?: (acc: unknown) => boolean
}
