// A challenge: a scenario, what may be changed in it, a guarantee, and bounds. It stores no answer: the explorer
// grades what it is handed.
import type { Json } from '../engine/types.ts'
import type { Scenario } from '../scenario/types.ts'
import type { From } from '../session/settled.ts'

/** One thing that may be chosen: a value at a place of the document. */
export interface Setting {
  /** A JSON pointer. */
  readonly path: string
  readonly title: string
  readonly choices: readonly { readonly title: string; readonly value: Json }[]
}

interface Common {
  /** slug = file name = URL = test name */
  readonly id: string
  readonly title: string
  /** What is wrong, in a sentence or two; never what to do about it. */
  readonly story: string
  readonly scenario: Scenario
  readonly invariant: string
  /** Where the search begins; without: when the groups have formed. */
  readonly from?: From
  /** Which misfortunes the search takes into account. */
  readonly kinds: readonly string[]
}

/** Choose settings with which no run within the bounds breaks the guarantee. */
export interface MakeItHold extends Common {
  readonly kind: 'make it hold'
  readonly settings: readonly Setting[]
}

/** Choose the kind of misfortune of which one alone breaks the guarantee. */
export interface BreakIt extends Common {
  readonly kind: 'break it with one fault'
}

/** A run with several misfortunes: say without which of them the guarantee would have held. */
export interface NameTheCause extends Common {
  readonly kind: 'name the cause'
  /** From this seed comes the run that is asked about. */
  readonly seed: string
  readonly faults: number
}

export type Challenge = MakeItHold | BreakIt | NameTheCause
