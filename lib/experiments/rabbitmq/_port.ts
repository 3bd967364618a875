// What a script needs of a broker: AMQP 0-9-1 from the client's side, and time. Two ports stand behind it,
// the model (`_model.ts`) and the real broker (e2e/conformance/rabbitmq); the script is interpreted once.
import type { StepOf } from './types.ts'

/** A method that is answered: 'ok', numbers, or what the broker said when it closed the channel. */
export type Answer =
  | 'ok'
  | { readonly ready: number; readonly consumers: number }
  | { readonly purged: number }
  | Refused
export interface Refused {
  readonly refused: string
}

export interface Delivered {
  readonly tag: number
  readonly body: string
  readonly redelivered: boolean
  readonly exchange: string
  readonly key: string
  /** Headers as the client gets them, `x-death` included. */
  readonly headers: Readonly<Record<string, unknown>>
  readonly properties: {
    readonly expiration?: string
    readonly correlationId?: string
    readonly replyTo?: string
    readonly messageId?: string
  }
}

export interface Publish {
  readonly exchange: string
  readonly key: string
  readonly body: string
  readonly mandatory: boolean
  readonly persistent: boolean
  readonly priority?: number
  readonly expiration?: string
  readonly messageId?: string
  readonly correlationId?: string
  readonly replyTo?: string
  readonly headers?: Readonly<Record<string, unknown>>
}

export type Method =
  | StepOf<'deleteQueue'>
  | StepOf<'purge'>
  | StepOf<'declareExchange'>
  | StepOf<'bind'>
  | StepOf<'bindExchange'>
  | StepOf<'unbind'>
  | StepOf<'unbindExchange'>
  | StepOf<'deleteExchange'>
  | StepOf<'qos'>
  | StepOf<'cancel'>
  | StepOf<'recover'>
  | StepOf<'tx'>
  | (StepOf<'declareQueue'> & { readonly type: string })

export interface Settling {
  readonly how: 'ack' | 'nack' | 'reject' | 'drop'
  readonly tag: number
  readonly multiple: boolean
}

/** How a script hears of what nobody asked for. */
export interface Listener {
  readonly delivered: (consumer: string, delivered: Delivered) => void
  readonly happened: (channel: string, what: string) => void
}

export type Confirmed = 'ack' | 'nack' | 'no answer' | 'sent'

export interface Port {
  /** `confirms`: whether what is published on it is confirmed. */
  readonly open: (
    channel: string,
    on: { readonly connection: string; readonly confirms: boolean },
    listener: Listener,
  ) => Promise<void>
  readonly call: (channel: string, method: Method) => Promise<Answer>
  /** 'sent' on a channel without confirms. */
  readonly publish: (channel: string, publish: Publish) => Promise<Confirmed>
  /** Over the stream protocol, on a connection of its own; a publisher without a name is anonymous. */
  readonly publishNumbered: (
    queue: string,
    publisher: string,
    messages: readonly { readonly id: number; readonly body: string }[],
  ) => Promise<readonly ('ack' | 'nack' | 'no answer')[]>
  readonly consume: (channel: string, consume: StepOf<'consume'>) => Promise<Answer>
  readonly get: (
    channel: string,
    queue: string,
    noAck: boolean,
  ) => Promise<Delivered | null | Refused>
  readonly settle: (channel: string, settling: Settling) => void
  readonly closeChannel: (channel: string) => Promise<void>
  readonly destroy: (connection: string) => Promise<void>
  /** Its process hangs: the socket stays open, and nothing is sent on it any more. */
  readonly silence: (connection: string) => Promise<void>
  readonly restartNode: () => Promise<void>
  readonly sleep: (ms: number) => Promise<void>
  /** Long enough for everything under way to arrive and to be answered. */
  readonly rest: () => Promise<void>
  /** Calls back after so long; a broker's time and a model's are two things. */
  readonly later: (ms: number, act: () => void) => void
  readonly nowMs: () => number
}
