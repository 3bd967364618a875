// An invariant is a monitor: a fold over observations. It judges the model and a real broker alike.
import type { Seen } from '../clients/types.ts'

export type RunVerdict = 'holds so far' | 'holds' | 'broken' | 'not exercised' | 'not promised'

/** One concrete breach: the step that completed it, the event ids concerned, and a sentence. */
export interface Violation {
  readonly step: number
  readonly messages: readonly string[]
  readonly sentence: string
  /** The same as a learner would ask: 'Why was order-42 charged twice?' */
  readonly question: string
  /** Of which group, sink or row: breaches of the same messages elsewhere are others. */
  readonly of: string
}

export interface Verdict {
  readonly invariant: string
  readonly verdict: RunVerdict
  readonly step: number | null
  readonly messages: readonly string[]
  /** e.g. '1 duplicate', '0 lost'; the count is violations.length. */
  readonly noun: string
  readonly violations: readonly Violation[]
  readonly detail: string
}

/** What a monitor is told before the run: who should hear what. */
export interface Subject {
  readonly groups: readonly {
    readonly id: string
    readonly stream: string
    readonly sink: string
    readonly effect: import('../clients/types.ts').EffectKind
    /** Event types it acts upon; empty: all. */
    readonly handles: readonly string[]
    /** True for a group that was added to rebuild a sink by replay. */
    readonly replays: boolean
    /** False when the broker does not promise order to this group. */
    readonly orderPromised: boolean
    /** False for a group that starts at the end (auto.offset.reset=latest) or late: it need not hear all. */
    readonly hearsAll: boolean
    /** True for one that asks for records of committed transactions only. */
    readonly readsCommitted?: boolean
    /** Who publishes to its stream: `source` of the messages it is to hear. Absent: everybody. */
    readonly sources?: readonly string[]
  }[]
  /** Services that write what follows from what they read: one fact for each that they act upon. */
  readonly publishers?: readonly {
    readonly id: string
    readonly stream: string
    readonly handles: readonly string[]
    readonly hearsAll: boolean
    readonly sources?: readonly string[]
    /** From fact n follows fact firstN + n. */
    readonly firstN: number
  }[]
}

/**
 * `Acc` is plain JSON, small, owned by the driver: `step` may write into the one it is given; a driver that
 * needs the old one hands in `copy(acc)`. `violations` grow only. Judged at rest by `atRest`.
 */
export interface Invariant<Acc = unknown> {
  /** slug = file name = URL = test name */
  readonly id: string
  readonly title: string
  readonly sentence: string
  /** Noun of the chip: ['duplicate', 'duplicates']. */
  readonly noun: readonly [one: string, many: string]
  /** Observation kinds it reads; the driver sends it no others. */
  readonly reads: readonly Seen['kind'][]
  readonly init: (subject: Subject) => Acc
  readonly step: (acc: Acc, seen: Seen, index: number, subject: Subject) => void
  readonly copy: (acc: Acc) => Acc
  /** Breaches so far, in order. */
  readonly violations: (acc: Acc) => readonly Violation[]
  /** Breaches that only rest reveals (loss, a wrong sink), given the last step's index. */
  readonly atRest?: (acc: Acc, subject: Subject, lastStep: number) => readonly Violation[]
  /** Whether this run put it to the test at all; null or the reason why not. */
  readonly notExercised: (acc: Acc, subject: Subject) => string | null
  /** What is to be told of a run that keeps it, besides its sentence: what else became of messages. */
  readonly besides?: (acc: Acc, subject: Subject) => string | null
  /** e.g. 'this broker does not promise order'. */
  readonly notPromised?: (subject: Subject) => string | null
  /** Observation scripts: one that keeps it (must end in holds) and one that breaks it. */
  readonly keeps: readonly Seen[]
  readonly breaks: readonly Seen[]
  /** The subject both scripts are judged with. */
  readonly example: Subject
}
