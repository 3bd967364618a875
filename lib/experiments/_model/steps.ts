// What every step of a script is to the interpreter: how it begins, what it lets happen, when it is done.
import type { Json } from '../../engine/types.ts'
import type { Op, StepOf } from '../types.ts'
import type { Option } from './clock.ts'
import type { Moment, Setup } from './moment.ts'

export interface Meaning<S> {
  /** Injects what the step asks for; what it does not need to ask, it does at once. */
  readonly begin?: (moment: Moment, step: S, setup: Setup) => Moment
  /** Which of the held-back actions may happen meanwhile. */
  readonly allows?: (moment: Moment, step: S, option: Option) => boolean
  /** What came of it, and what is known from then on; null while it is not done. */
  readonly finish: (moment: Moment, step: S, setup: Setup) => Done | null
  /** It is done no earlier than when nothing more is due at the present time. */
  readonly atRest?: true
  /** How much time may pass; without it none. */
  readonly patienceMs?: (step: S) => number
  /** What came of it when that time is over. */
  readonly expired: (moment: Moment, step: S, setup: Setup) => Done
}

export interface Done {
  readonly moment: Moment
  readonly result: Json
}

export type Meanings = { readonly [O in Op]: Meaning<StepOf<O>> }

export const WITHIN_MS = 30_000
export const NO_ANSWER = 'no answer'
