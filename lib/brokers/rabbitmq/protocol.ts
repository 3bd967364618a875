// AMQP 0-9-1 as the model speaks it: one envelope a method, named as the specification names it. Methods of
// one connection arrive in order; several channels share it. Names of fields follow the specification, too.
import type { Message } from '../../clients/types.ts'
import type { ConnectionClosedEnvelope, Envelope } from '../../engine/types.ts'

export type HeaderValue = string | number | boolean
export type Arguments = Readonly<Record<string, HeaderValue>>

/** The properties that RabbitMQ or an application reads; `delivery_mode` 2 is persistent. */
export interface Properties {
  readonly delivery_mode?: 1 | 2
  readonly priority?: number
  /** Milliseconds, as a string: that is how the protocol has it. */
  readonly expiration?: string
  readonly message_id?: string
  readonly correlation_id?: string
  readonly reply_to?: string
  readonly headers?: Readonly<Record<string, HeaderValue | readonly string[]>>
}

/** One entry of `x-death`: why a message left a queue, and how often. */
export interface Death {
  readonly count: number
  readonly reason: DeathReason
  readonly queue: string
  readonly exchange: string
  readonly 'routing-keys': readonly string[]
  readonly 'original-expiration'?: string
}
export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit'

/** What a publisher handed over, and what dead-lettering has added to it. */
export interface Content {
  readonly message: Message
  readonly exchange: string
  readonly routingKey: string
  readonly properties: Properties
  /** Most recent first; absent before the first death. */
  readonly deaths?: readonly Death[]
  readonly firstDeath?: Pick<Death, 'reason' | 'queue' | 'exchange'>
}

/** From the broker: an error of the whole connection; the client closes its socket. */
export interface ConnectionClose extends Envelope {
  readonly kind: 'ConnectionClose'
  readonly replyCode: number
  readonly replyText: string
}
interface OnChannel extends Envelope {
  readonly channel: number
}

export interface ChannelOpen extends OnChannel {
  readonly kind: 'ChannelOpen'
}
export interface ChannelOpenOk extends OnChannel {
  readonly kind: 'ChannelOpenOk'
}
/** From a client: it is done. From the broker: the channel has failed, and why. */
export interface ChannelClose extends OnChannel {
  readonly kind: 'ChannelClose'
  readonly replyCode: number
  readonly replyText: string
}
export interface ChannelCloseOk extends OnChannel {
  readonly kind: 'ChannelCloseOk'
}
export interface ConfirmSelect extends OnChannel {
  readonly kind: 'ConfirmSelect'
}
export interface TxSelect extends OnChannel {
  readonly kind: 'TxSelect' | 'TxCommit' | 'TxRollback'
}
export interface ExchangeDeclare extends OnChannel {
  readonly kind: 'ExchangeDeclare'
  readonly exchange: string
  readonly type: string
  readonly durable: boolean
  readonly arguments: Arguments
}
export interface ExchangeDelete extends OnChannel {
  readonly kind: 'ExchangeDelete'
  readonly exchange: string
  readonly ifUnused: boolean
}
export interface ExchangeBind extends OnChannel {
  readonly kind: 'ExchangeBind' | 'ExchangeUnbind'
  readonly destination: string
  readonly source: string
  readonly routingKey: string
  readonly arguments: Arguments
}
export interface QueueDeclare extends OnChannel {
  readonly kind: 'QueueDeclare'
  readonly queue: string
  readonly passive: boolean
  readonly durable: boolean
  readonly exclusive: boolean
  readonly autoDelete: boolean
  readonly arguments: Arguments
}
export interface QueueBind extends OnChannel {
  readonly kind: 'QueueBind' | 'QueueUnbind'
  readonly queue: string
  readonly exchange: string
  readonly routingKey: string
  readonly arguments: Arguments
}
export interface QueueNamed extends OnChannel {
  readonly kind: 'QueueDelete' | 'QueuePurge'
  readonly queue: string
}
/** `result`: what a client is told besides: message and consumer counts. */
export interface MethodOk extends OnChannel {
  readonly kind: 'MethodOk'
  readonly of: Asked['kind']
  readonly messageCount?: number
  readonly consumerCount?: number
}
export interface BasicQos extends OnChannel {
  readonly kind: 'BasicQos'
  readonly prefetchCount: number
  readonly global: boolean
}
export interface BasicConsume extends OnChannel {
  readonly kind: 'BasicConsume'
  readonly queue: string
  readonly consumerTag: string
  readonly noAck: boolean
  readonly exclusive: boolean
  readonly arguments: Arguments
}
/** From a client: it ends its consumer. From the broker (consumer_cancel_notify): the consumer is over. */
export interface BasicCancel extends OnChannel {
  readonly kind: 'BasicCancel'
  readonly consumerTag: string
}
export interface BasicPublish extends OnChannel {
  readonly kind: 'BasicPublish'
  readonly exchange: string
  readonly routingKey: string
  readonly mandatory: boolean
  readonly properties: Properties
  readonly message: Message
  /** Stream protocol only: its publisher reference and publishing id (no field of AMQP 0-9-1). */
  readonly publisher?: { readonly reference: string; readonly publishingId: number }
}
export interface BasicReturn extends OnChannel {
  readonly kind: 'BasicReturn'
  readonly replyCode: number
  readonly replyText: string
  readonly exchange: string
  readonly routingKey: string
  readonly message: Message
}
export interface BasicGet extends OnChannel {
  readonly kind: 'BasicGet'
  readonly queue: string
  readonly noAck: boolean
}
export interface Delivery extends OnChannel {
  readonly deliveryTag: number
  readonly redelivered: boolean
  readonly content: Content
  /** `x-delivery-count`, `x-acquired-count`, `x-stream-offset` where the queue has them. */
  readonly headers: Readonly<Record<string, number>>
  readonly queue: string
}
export interface BasicDeliver extends Delivery {
  readonly kind: 'BasicDeliver'
  readonly consumerTag: string
}
export interface BasicGetOk extends Delivery {
  readonly kind: 'BasicGetOk'
  readonly messageCount: number
}
export interface BasicGetEmpty extends OnChannel {
  readonly kind: 'BasicGetEmpty'
}
/** From a client: settles deliveries. From the broker: a publisher confirm. */
export interface BasicAck extends OnChannel {
  readonly kind: 'BasicAck'
  readonly deliveryTag: number
  readonly multiple: boolean
}
export interface BasicNack extends OnChannel {
  readonly kind: 'BasicNack'
  readonly deliveryTag: number
  readonly multiple: boolean
  readonly requeue: boolean
}
export interface BasicReject extends OnChannel {
  readonly kind: 'BasicReject'
  readonly deliveryTag: number
  readonly requeue: boolean
}
export interface BasicRecover extends OnChannel {
  readonly kind: 'BasicRecover'
}
/** The client's process is paused: it sends no heartbeat frames from now on; or it does again. */
export interface Heartbeats extends Envelope {
  readonly kind: 'HeartbeatsStop' | 'HeartbeatsResume'
}

/** Methods that are answered. */
export type Asked =
  | ChannelOpen
  | ConfirmSelect
  | TxSelect
  | ExchangeDeclare
  | ExchangeDelete
  | ExchangeBind
  | QueueDeclare
  | QueueBind
  | QueueNamed
  | BasicQos
  | BasicConsume
  | BasicCancel
  | BasicRecover
  | ChannelClose

export type FromClient =
  | Asked
  | ChannelCloseOk
  | BasicPublish
  | BasicGet
  | BasicAck
  | BasicNack
  | BasicReject
  | Heartbeats

export type FromBroker =
  | ConnectionClose
  | ChannelOpenOk
  | ChannelCloseOk
  | MethodOk
  | ChannelClose
  | BasicCancel
  | BasicReturn
  | BasicDeliver
  | BasicGetOk
  | BasicGetEmpty
  | BasicAck
  | BasicNack

export type AmqpEnvelope = FromClient | FromBroker | ConnectionClosedEnvelope

/** What may be asked on an open channel, but for its end. */
export const CHANNEL_METHODS = [
  'ConfirmSelect',
  'TxSelect',
  'TxCommit',
  'TxRollback',
  'ExchangeDeclare',
  'ExchangeDelete',
  'ExchangeBind',
  'ExchangeUnbind',
  'QueueDeclare',
  'QueueBind',
  'QueueUnbind',
  'QueueDelete',
  'QueuePurge',
  'BasicPublish',
  'BasicQos',
  'BasicConsume',
  'BasicCancel',
  'BasicGet',
  'BasicAck',
  'BasicNack',
  'BasicReject',
  'BasicRecover',
] as const
