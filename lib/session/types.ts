// What the interface may ask of a run. A session is a run that is being watched: it records every step,
// can be scrubbed to any of them, forked there, and judged. Components speak to this and to nothing below.

import type { Strategy } from '../clients/types.ts'
import type { Action, Observation } from '../engine/types.ts'
import type { Verdict } from '../invariants/types.ts'
import type { Picture } from '../picture/types.ts'
import type { Scenario } from '../scenario/types.ts'

/** One applied action. `index` counts from 1; step 0 is the world before anything happened. */
export interface StepRecord {
  readonly index: number
  readonly timeMs: number
  readonly action: Action
  /** Actor id, or the link id for a misfortune of the line. */
  readonly actor: string
  readonly rule: string
  /** Event id the step is about, or ''. */
  readonly about: string
  /** The catalogue slug when the step is a fault, else ''. */
  readonly fault: string
  /** Indices of the steps this one follows from: program order first, then the sender of its envelope. */
  readonly causes: readonly number[]
  readonly observations: readonly Observation[]
  /** One plain sentence: who did what, with offsets and ids. Worded by lib/session/words.ts. */
  readonly sentence: string
}

/** One envelope under way at a moment, for drawing. Times are simulated milliseconds. */
export interface Flight {
  readonly link: string
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly reply: boolean
  /** Event ids carried, in order; empty for control traffic. */
  readonly messages: readonly string[]
  readonly sentMs: number
  readonly dueMs: number
}

/** One entry of a fault menu. `action` is what to hand to `inject`. */
export interface FaultChoice {
  /** Catalogue slug: lib/faults/<slug>.ts = URL = test name. */
  readonly fault: string
  readonly title: string
  /** The real-world cause it stands for. */
  readonly sentence: string
  readonly target: string
  readonly action: Action | null
  /** Why it is not available here and now (the failed named condition); null when it is. */
  readonly reason: string | null
}

/** "Redeliver" and "Reorder" are wishes; each opens the real causes available here and now. */
export interface IntentChoice {
  readonly intent: 'redeliver' | 'reorder' | 'lose' | 'break-down'
  readonly title: string
  readonly causes: readonly FaultChoice[]
}

export interface FaultStatus {
  readonly fault: string
  readonly title: string
  readonly anchor: string
  readonly fired: boolean
  readonly step: number | null
  /** What to hand to `withSetting` for the run without it: a script ends before it. */
  readonly without: { readonly path: string; readonly value: unknown }
}

/** One setting in the inspector: the broker's own name, verbatim. */
export interface SettingField {
  /** JSON pointer into the scenario document, e.g. /deployment/settings/consumer/max.poll.records */
  readonly path: string
  readonly name: string
  readonly value: string | number | boolean
  readonly defaultValue: string | number | boolean
  readonly unit: string
  readonly meaning: string
  readonly kind: 'boolean' | 'integer' | 'decimal' | 'choice' | 'text'
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
}

/** One choice of a handler's strategy, with the reason when its sink cannot take it. */
export interface StrategyChoice {
  readonly id: string
  /** What to hand to `withSetting` to choose it: the strategy's place in the document, and its value. */
  readonly path: string
  readonly value: Strategy
  readonly title: string
  readonly hint: string
  readonly selected: boolean
  readonly disabledBecause: string | null
}

export interface InspectorFacts {
  readonly id: string
  readonly title: string
  readonly role:
    | 'producer'
    | 'consumer'
    | 'topic'
    | 'coordinator'
    | 'broker'
    | 'sink'
    | 'dedup store'
    | 'line'
  /** e.g. 'crashed at 7.4 s' */
  readonly status: string
  readonly faulty: boolean
  /** What it believes (its own state) against what is so (the coordinator's), in sentences. */
  readonly facts: readonly string[]
  readonly strategies: readonly StrategyChoice[]
  readonly ackPoint: { readonly path: string; readonly value: 'before' | 'after' } | null
  readonly workers: { readonly path: string; readonly value: number } | null
  readonly settings: readonly SettingField[]
  readonly faults: readonly FaultChoice[]
  /** What would mend it by itself later, and can be done now: restart, resume. */
  readonly repairs: readonly { readonly title: string; readonly action: Action }[]
}

/** A timer armed at the moment shown: what will happen then unless something prevents it. */
export interface Expected {
  /** The actor concerned: the dead member, not the coordinator that waits for it. */
  readonly actor: string
  /** The setting that arms it, e.g. session.timeout.ms */
  readonly setting: string
  readonly dueMs: number
}

/** A recorded run. All methods are synchronous and deterministic; time is simulated milliseconds. */
export interface Session {
  readonly scenario: Scenario
  readonly seed: string
  /** Steps recorded so far, and whether the run has come to rest at the last of them. */
  readonly length: number
  readonly atRest: boolean
  /** Whether as many steps are recorded as ever are: what comes after is not known here. */
  readonly full: boolean
  /** Time of the last recorded step. */
  readonly endMs: number
  /** The moment shown: a step index 0..length and a time at or after that step's. */
  readonly position: number
  readonly nowMs: number

  /** The actions chosen by hand so far: with scenario and seed they are the whole run. */
  readonly choices: readonly { readonly after: number; readonly action: Action }[]

  /** How many of the first steps follow a script; 0: none do. What is done by hand among them ends it there. */
  readonly scriptLength: number

  /** Moves the moment shown forward by simulated ms, recording new steps as needed. */
  advance(dtMs: number): void
  /** One step forward (records one if at the end; returns false at rest) or back. */
  stepForward(): boolean
  stepBack(): boolean
  seek(step: number): void
  /** Records at most `maxSteps` on the way; false when it stands still before `ms` for that reason alone. */
  seekTime(ms: number, maxSteps?: number): boolean
  /** Runs on, recording, until rest or at most `maxSteps` more steps; the moment shown does not move. */
  runAhead(maxSteps: number): void

  /** Applies a fault or any enabled action at the moment shown; in the past this drops the later future. */
  inject(action: Action): void
  /** Why `action` cannot happen at the moment shown; null when it can. */
  whyNot(action: Action): string | null

  step(index: number): StepRecord
  verdicts(): readonly Verdict[]
  faults(): readonly FaultStatus[]
  picture(): Picture
  flights(): readonly Flight[]
  actorIds(): readonly string[]
  inspect(id: string): InspectorFacts
  /** The palette at the moment shown for one actor, message (event id) or line; '' for everything. */
  palette(target: string): readonly IntentChoice[]
  /** Timers armed at the moment shown, soonest first. */
  expected(): readonly Expected[]
  /**
   * The scenario with this seed and with every fault injected by hand written down as an anchored plan:
   * opened again it repeats this run. What is shared, saved and edited.
   */
  document(): Scenario
  /**
   * `document()` with one value changed; a message when the value is nonsense. A script is kept as far as it
   * can still be followed; `said` tells where it is not all.
   */
  withSetting(
    path: string,
    value: unknown,
  ): { readonly scenario: Scenario; readonly said?: string } | { readonly error: string }
}
