// What a broker needs to know of the story to draw it: titles, letters, what was delivered before. The
// session supplies it; nothing here is state of the model.
import type { PipelinePart, Token } from './types.ts'

export interface LookGroup {
  readonly id: string
  readonly title: string
  /** One letter, shown on committed flags. */
  readonly letter: string
  readonly stream: string
  readonly sink: string
  /** Stages switched off in its pipeline, e.g. 'dedup'. */
  readonly off: readonly string[]
}

export interface LookSink {
  readonly id: string
  readonly title: string
  readonly kind: string
  /** For sinks of rows: what each should hold by now, by name. */
  readonly expected: Readonly<Record<string, number | string>>
}

export interface Look {
  readonly producers: readonly {
    readonly id: string
    readonly title: string
    readonly notes: readonly string[]
  }[]
  readonly groups: readonly LookGroup[]
  readonly sinks: readonly LookSink[]
  /** Keys in the order of their shapes. */
  readonly keys: readonly string[]
  /** How often this group has been handed this event by now. */
  readonly deliveries: (group: string, event: string) => number
  /** Whether the log (`stream/lane`) will never hand this offset to the group again, undone. */
  readonly archived: (group: string, log: string, offset: number) => boolean
  /** When the actor crashed or was paused, in simulated ms; null when it is running. */
  readonly downSinceMs: (actor: string) => number | null
  /** When the timer of this setting that concerns the actor runs out; null when none is armed. */
  readonly timerDueMs: (actor: string, setting: string) => number | null
  /** When the log (`stream/lane`) got its record at this offset. */
  readonly storedMs: (log: string, offset: number) => number | null
  /** When the sink last got the effect of this fact (`factOf`). */
  readonly appliedMs: (sink: string, fact: string) => number | null
  /** The last few ways by which a worker's work came to its stop, oldest first. */
  readonly ways: (actor: string, worker: number) => NonNullable<PipelinePart['ways']>
}

/** What was paid for or told: a resend under a new event id is the same fact. */
export const factOf = (event: { readonly order: number; readonly type: string }): string =>
  `${event.order}/${event.type}`

/** What of an application's event is drawn. */
export interface Drawable {
  readonly id: string
  readonly key: string | null
  readonly subject: string
  readonly order: number
  readonly type: string
  readonly seq: number
}

/** The token of an event: its shape from its key, its label from its order. */
export function tokenOf(message: Drawable, look: Look, more: Partial<Token> = {}): Token {
  return {
    message: message.id,
    key: message.key,
    shape: message.subject === '' ? -1 : look.keys.indexOf(message.subject),
    label: String(message.order),
    type: message.type,
    seq: message.seq,
    redelivered: false,
    times: 1,
    ghost: false,
    ...more,
  }
}
