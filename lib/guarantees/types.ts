// The guarantee matrix: a row is a way to build a consumer and its producer, a column is a guarantee, a cell is
// what a search of all their runs has found.
import type { Action, Json } from '../engine/types.ts'
import type { Scenario } from '../scenario/types.ts'
import type { From } from '../session/settled.ts'

/** Rows that are asked about the same misfortunes, so that one may be compared with another. */
export interface Family {
  readonly id: string
  readonly broker: string
  readonly title: string
  /** How many misfortunes a run may meet. */
  readonly faults: number
  /** Where all searches of it begin. */
  readonly from: From
  /** What may go wrong: slugs of faults. */
  readonly kinds: readonly string[]
  /** After how many states a search is given up, where that is not as usual. */
  readonly maxStates?: number
}

/** Below these no cell is asked; see `bounds.ts`. */
export interface Bounds {
  readonly messages: number
  readonly consumers: number
  readonly faults: number
  readonly kinds: readonly string[]
  readonly from: From
  readonly maxStates: number
}

/** How much of a row takes part in a search. */
export interface Size {
  readonly messages: number
  readonly consumers: number
}

export interface Row {
  readonly id: string
  readonly family: string
  readonly title: string
  /** What tells it from its neighbours. */
  readonly note: string
  readonly scenario: Scenario
}

/** A misfortune of a script, and where it struck. */
export interface Moment {
  readonly fault: string
  /** An actor, or the two ends of a line. */
  readonly who: readonly string[]
  /** Where its work stood; '' for who has no such stages. */
  readonly stage: string
  /** Index of the step, from 1. */
  readonly step: number
}

/** A run in which a misfortune happened and the guarantee held all the same: the first choices, but for one. */
export interface Witness {
  readonly fault: string
  /** After how many steps from the beginning the misfortune happens. */
  readonly after: number
  readonly action: Action
  /** How long the whole run is. */
  readonly steps: number
  readonly moment: Moment
  /** What clients saw more often than without it; nothing, where nothing had to be made good. */
  readonly besides: Readonly<Record<string, number>>
}

interface Asked {
  readonly row: string
  readonly column: string
}
/** Neither searched nor broken: nobody promised it, or no run of this row puts it to the test. */
interface Idle extends Asked {
  readonly answer: 'not promised' | 'not exercised'
  readonly because: string
}
interface Searched extends Asked {
  readonly states: number
  readonly ms: number
  readonly reduced: boolean
}
export interface Broken extends Searched {
  readonly answer: 'counterexample'
  readonly faults: number
  readonly steps: number
  /** The smallest size at which it breaks: so much of the row plays. */
  readonly size: Size
  /** The steps after the beginning that all runs of this size share. */
  readonly tail: readonly Action[]
  readonly moments: readonly Moment[]
  /** The violation, in a sentence. */
  readonly sentence: string
}
/** What was gone through, and what shows that it says something. */
interface Proven extends Searched {
  readonly witnesses: readonly Witness[]
  /** Kinds of which no run of this row puts it to the test: nothing here can suffer them, or none says anything of it. */
  readonly without: readonly string[]
  /** The row most like this one that breaks with as few misfortunes as this was gone through with. */
  readonly weaker: string | null
}
export interface Held extends Proven {
  readonly answer: 'holds within bounds'
}
export interface Open extends Proven {
  readonly answer: 'not exhausted'
  /** With so many misfortunes nothing breaks: that much was gone through. -1: not even without any. */
  readonly upTo: number
}
export type Cell = Idle | Broken | Held | Open

/** What `node scripts/guarantees.ts` writes. */
export interface Matrix {
  readonly rows: readonly {
    readonly id: string
    /** Of the scenario, the bounds, and the names, conditions and claims of its rules. */
    readonly madeWith: string
    readonly cells: readonly Cell[]
  }[]
}

export type Plain = { readonly [key: string]: Json }
