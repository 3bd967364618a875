// What every broker's clients share: the application's messages, the effects of handlers on sinks,
// and the observations that monitors judge. No broker word in it.
import type { Envelope, Observation, Range } from '../engine/types.ts'

/**
 * One application event, CloudEvents-shaped. `id` is the event's own id and changes when the application
 * sends again with a new id; `n` is the business fact (0, 1, 2, … in the order the story sends them)
 * and does not. `seq` counts the events of one key from 1. `order` is what the event is about.
 */
export interface Message {
  readonly id: string
  readonly n: number
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly key: string | null
  readonly seq: number
  readonly order: number
  /** It has no data: from it on, what its key names is gone. */
  readonly gone?: true
}

/** Where a message was read from: the log or queue, its lane in it, and its position there. */
export interface Place {
  readonly stream: string
  readonly lane: number
  readonly offset: number
}

/** How a copy leaves its queue: a consumer has settled it; the queue gave it up, and it is among the dead letters or not; or neither of them did it. */
export type End = 'settled' | 'dead-lettered' | 'given up' | 'taken away'

export type SinkKind = 'external-api' | 'database' | 'counts'

/** charge / email: one row an effect. decrement: stock - 1. upsert: row := value. count: +1. */
export type EffectKind = 'charge' | 'email' | 'decrement' | 'upsert' | 'count'
/** none: the service only publishes what follows. */
export type HandlerEffect = EffectKind | 'none'

export type Strategy =
  | { readonly kind: 'none' }
  | { readonly kind: 'in-memory-set' }
  | {
      readonly kind: 'dedup-table'
      readonly marks: 'before' | 'after'
      /** How many ids it keeps, the newest of them: the dedup window. All, where it does not say. */
      readonly keeps?: number
    }
  | { readonly kind: 'transactional-inbox' }
  | { readonly kind: 'upsert' }
  | { readonly kind: 'version-guard' }
  | {
      readonly kind: 'idempotency-key'
      readonly scope: 'message' | 'order'
      readonly retentionMs: number
    }

/** What a handler does when its effect fails for good for one message (a poison message). */
export type OnFailure = 'retry-in-place' | 'retry-topic' | 'dead-letter-topic' | 'skip'

export interface HandlerSettings {
  readonly effect: HandlerEffect
  readonly sink: string
  /** Event types it acts upon; it passes over the others. Empty: all. */
  readonly handles: readonly string[]
  readonly strategy: Strategy
  /** Whether the position is committed before or after the effect. */
  readonly ackPoint: 'before' | 'after'
  readonly workers: number
  /** With several workers: which offset a commit names. */
  readonly commitOf: 'lowest-contiguous' | 'highest-finished'
  /** How long the handler works on one message before it calls the sink. */
  readonly ms: Range
  readonly onFailure: OnFailure
  /** Attempts before onFailure applies. */
  readonly maxAttempts: number
}

/** A handler's request to its sink (a call). `call` is unique among the caller's open calls. */
export interface ApplyEffect extends Envelope {
  readonly kind: 'ApplyEffect'
  readonly call: string
  readonly group: string
  readonly by: string
  readonly message: Message
  readonly place: Place
  readonly effect: EffectKind
  readonly idempotencyKey?: string
  /** Transactional inbox: check and record this id in the sink's own transaction. */
  readonly inbox?: string
  /** Version guard: refuse when the row already holds this version or a later one. */
  readonly version?: number
}
export interface EffectAnswer extends Envelope {
  readonly kind: 'EffectAnswer'
  readonly call: string
  readonly result: 'applied' | 'already done' | 'in progress' | 'stale' | 'unavailable' | 'failed'
}
export interface CheckSeen extends Envelope {
  readonly kind: 'CheckSeen'
  readonly call: string
  readonly id: string
}
export interface SeenAnswer extends Envelope {
  readonly kind: 'SeenAnswer'
  readonly call: string
  readonly seen: boolean | 'unavailable'
}
export interface MarkSeen extends Envelope {
  readonly kind: 'MarkSeen'
  readonly call: string
  readonly id: string
}
export interface MarkAnswer extends Envelope {
  readonly kind: 'MarkAnswer'
  readonly call: string
  readonly ok: boolean
}
/** Every observation kind, past tense. `actor` is who saw it. */
export type Seen = Observation &
  (
    | {
        readonly kind: 'sent'
        readonly message: Message
        readonly stream: string
        readonly lane: number
        readonly attempt: number
      }
    /** `transactional`: as part of a transaction that has not ended yet. */
    | {
        readonly kind: 'stored'
        readonly message: Message
        readonly place: Place
        readonly transactional?: true
      }
    /** The end of the transaction that a record was stored in. */
    | {
        readonly kind: 'settled'
        readonly message: Message
        readonly place: Place
        readonly outcome: 'committed' | 'aborted'
      }
    | { readonly kind: 'acknowledged'; readonly message: Message; readonly place: Place | null }
    /** A request over a queue has its answer. */
    | { readonly kind: 'answered'; readonly message: Message }
    | {
        readonly kind: 'refused'
        readonly message: Message
        readonly reason: string
        readonly final: boolean
      }
    | {
        readonly kind: 'delivered'
        readonly group: string
        readonly message: Message
        readonly place: Place
      }
    | {
        readonly kind: 'effectApplied'
        readonly group: string
        readonly by: string
        readonly sink: string
        readonly message: Message
        readonly place: Place
        readonly effect: EffectKind
      }
    | {
        readonly kind: 'effectSkipped'
        readonly group: string
        readonly by: string
        readonly sink: string
        readonly message: Message
        readonly reason: string
      }
    | {
        readonly kind: 'effectFailed'
        readonly group: string
        readonly by: string
        readonly sink: string
        readonly message: Message
        readonly reason: string
      }
    | {
        readonly kind: 'committed'
        readonly group: string
        readonly stream: string
        readonly lane: number
        readonly offset: number
        readonly by: string
      }
    | {
        readonly kind: 'commitRefused'
        readonly group: string
        readonly by: string
        readonly reason: string
      }
    | {
        readonly kind: 'deadLettered'
        readonly group: string
        readonly message: Message
        readonly place: Place
      }
    /** A queue that a service reads gets no copy: nothing binds it. */
    | {
        readonly kind: 'unrouted'
        readonly group: string
        readonly message: Message
        readonly stream: string
      }
    /** A copy is gone from its queue, and why. */
    | {
        readonly kind: 'removed'
        readonly message: Message
        readonly place: Place
        readonly end: End
        readonly reason: string
      }
    /** The broker delivers it no more: it was rejected, or delivered as often as it may be. */
    | {
        readonly kind: 'archived'
        readonly group: string
        readonly message: Message
        readonly place: Place
        readonly reason: string
      }
    | {
        readonly kind: 'skipped'
        readonly group: string
        readonly message: Message
        readonly place: Place
        readonly reason: string
      }
    /** The coordinator's word on who owns what from now on. `owners` maps 'stream/lane' to actor ids. */
    | {
        readonly kind: 'assigned'
        readonly group: string
        readonly generation: number
        readonly owners: Readonly<Record<string, string>>
      }
    | {
        readonly kind: 'memberRemoved'
        readonly group: string
        readonly member: string
        readonly reason: string
      }
    | {
        readonly kind: 'rewound'
        readonly group: string
        readonly stream: string
        readonly lane: number
        readonly offset: number
      }
    | {
        readonly kind: 'crashed' | 'restarted' | 'paused' | 'resumed'
        readonly holding: readonly string[]
      }
    | { readonly kind: 'forgotten'; readonly what: string }
    | { readonly kind: 'lanesAdded'; readonly stream: string; readonly lanes: number }
    /** A node leads a lane from now on. Its log ends at `offset`: what others have beyond it is gone. */
    | {
        readonly kind: 'elected'
        readonly stream: string
        readonly lane: number
        readonly offset: number
        readonly epoch: number
      }
    /** A copy of a lane is cut back to `offset`; these messages are no more in it. */
    | {
        readonly kind: 'truncated'
        readonly stream: string
        readonly lane: number
        readonly offset: number
        readonly messages: readonly Message[]
      }
    /** Who is in sync from now on, and who leads ('': nobody). */
    | {
        readonly kind: 'inSync'
        readonly stream: string
        readonly lane: number
        readonly leader: string
        readonly nodes: readonly string[]
      }
    /** Retention: the lane begins at `start` from now on, whoever has read what lay below. */
    | {
        readonly kind: 'expired'
        readonly stream: string
        readonly lane: number
        readonly start: number
      }
    /** Compaction: later events of the same keys have taken the place of what stood there. */
    | {
        readonly kind: 'compacted'
        readonly stream: string
        readonly lane: number
        readonly offsets: readonly number[]
      }
  )
