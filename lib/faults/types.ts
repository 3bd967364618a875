// A fault: a misfortune of the environment, with the real-world cause it stands for. What it does is a
// rule of a model (or of the line itself); the catalogue says what it is, and where it can be looked for.
import type { Action } from '../engine/types.ts'

export type Target = 'process' | 'line' | 'broker' | 'sink' | 'store'

/** What a learner wishes for. Each wish opens the real causes available here and now. */
export type Intent = 'redeliver' | 'reorder' | 'lose' | 'break-down'

export interface Fault {
  /** slug = file name = URL = test name = `fault.kind` of the rules that do it */
  readonly id: string
  /** An imperative: 'Crash the process'. */
  readonly title: string
  /** The real-world causes it stands for. */
  readonly sentence: string
  readonly target: Target
  readonly intents: readonly Intent[]
  /** Stages of a handler's work it is usually anchored to; empty: anchored to a time, or to a line. */
  readonly stages: readonly string[]
  /** What a system must have for it to be possible at all, as a condition. */
  readonly needs: string
  /**
   * Whether a search takes it into account unless told otherwise: accidents are, what somebody decides
   * to do (rewind, add partitions) or to send (poison) is not, and time is no matter of a search.
   */
  readonly searched: boolean
}

/** One entry of a fault menu. */
export interface FaultChoice {
  readonly fault: string
  readonly title: string
  readonly sentence: string
  /** The actor or the line it would befall; '' where nothing here can suffer it. */
  readonly target: string
  /** What to hand to the driver; null when it is not possible here and now. */
  readonly action: Action | null
  /** The named condition that fails; null when it is possible. */
  readonly reason: string | null
}

export interface IntentChoice {
  readonly intent: Intent
  readonly title: string
  readonly causes: readonly FaultChoice[]
}
