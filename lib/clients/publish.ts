// A service that writes what follows from an event to another stream: what it writes, and the calls by which
// the application speaks to the producer inside its own process. No broker word in it.
import type { Envelope } from '../engine/types.ts'
import type { Message } from './types.ts'

export interface Publishes {
  readonly stream: string
  /** The type of the event that follows. */
  readonly eventType: string
}

/** The fact that follows from a fact: it has a number of its own, the same each time it is derived. */
export function following(
  message: Message,
  service: string,
  to: Publishes,
  firstN: number,
): Message {
  const { n, order } = message
  const type = to.eventType
  return { ...message, id: `order-${order}/${type}`, n: firstN + n, source: service, type }
}

/** send(), and wait for what comes of it. */
export interface Publish extends Envelope {
  readonly kind: 'Publish'
  readonly message: Message
}
export interface Published extends Envelope {
  readonly kind: 'Published'
  readonly id: string
  readonly ok: boolean
}

/** With what it consumed: commits everything since the last end as one, or takes it back. */
export interface EndTogether extends Envelope {
  readonly kind: 'EndTogether'
  readonly commit: boolean
  readonly member: string
  readonly generation: number
  readonly offsets: readonly {
    readonly topic: string
    readonly partition: number
    readonly offset: number
  }[]
}
export interface EndedTogether extends Envelope {
  readonly kind: 'EndedTogether'
  readonly committed: boolean
  /** Another process has taken over: this one can do nothing more. */
  readonly fenced: boolean
}

/** Two threads of one process: what stops one stops the other. */
export interface ProcessSays extends Envelope {
  readonly kind: 'ProcessStarts' | 'ProcessPauses' | 'ProcessResumes'
}

export type FromApplication = Publish | EndTogether | ProcessSays
export type ToApplication = Published | EndedTogether
