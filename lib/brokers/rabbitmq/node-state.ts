// What one RabbitMQ node knows: exchanges with their bindings, queues with their messages and consumers, and
// for each connection its channels with what they hold unacknowledged. One actor, because a delivery, an
// acknowledgement and a requeue touch queue and channel at once.
import type { Tape } from '../../engine/tape.ts'
import type { Range } from '../../engine/types.ts'
import type { List } from './list.ts'
import type { Arguments, BasicPublish, Content, DeathReason } from './protocol.ts'

export type Version = '4.3' | '4.0'
export type QueueType = 'classic' | 'quorum' | 'stream'
export type ExchangeType = 'direct' | 'fanout' | 'topic' | 'headers' | 'x-consistent-hash'

export interface Binding {
  readonly to: 'queue' | 'exchange'
  readonly destination: string
  readonly routingKey: string
  readonly arguments: Arguments
}

export interface Exchange {
  readonly type: ExchangeType
  readonly durable: boolean
  /** '' for none. */
  readonly alternate: string
  readonly bindings: readonly Binding[]
  /** Consistent hash: the bindings whose keys are weights, one a destination, in the order of their buckets. */
  readonly ring?: readonly Binding[]
}

/** A copy of a message in one queue. */
export interface Entry {
  /** Its place in the order of publication; counted anew whenever the queue has become empty. */
  readonly seq: number
  readonly content: Content
  readonly priority: number
  readonly redelivered: boolean
  /** Its time is over; it is dropped when it is at the head and not in anybody's hands. */
  readonly expired: boolean
  /** Failures, here and in the queues that it was dead-lettered from. */
  readonly deliveryCount: number
  /** Quorum queues: how often it came back here, for whatever reason. */
  readonly acquiredCount: number
  /** At-least-once dead-lettering: why it is kept for a target. */
  readonly diedOf?: DeathReason
}

export interface Consumer {
  readonly port: string
  readonly channel: number
  readonly tag: string
  readonly noAck: boolean
  readonly exclusive: boolean
  /** Most unacknowledged deliveries; 0: no limit. */
  readonly prefetch: number
  readonly priority: number
  readonly unacked: number
  /** Quorum queues: cancelled, and kept while it holds something. */
  readonly cancelled: boolean
  /** Out of the round until credit comes back. */
  readonly blocked: boolean
  /** -1: as the broker is configured. */
  readonly timeoutMs: number
  /** Streams: the offset of the next message it is sent. */
  readonly offset: number
}

/** Ready messages of one priority. */
export interface Lane {
  readonly priority: number
  readonly ready: List<Entry>
}

export interface Queue {
  readonly name: string
  readonly type: QueueType
  readonly durable: boolean
  /** The connection whose exclusive queue it is, '' for none. */
  readonly owner: string
  readonly autoDelete: boolean
  readonly arguments: Arguments
  readonly nextSeq: number
  /** Highest priority first; one lane where the queue has no priorities. */
  readonly lanes: readonly Lane[]
  /** Quorum queues: what came back, in order of return; served before the lanes. */
  readonly returned: List<Entry>
  /** Quorum queues, delayed retry: what came back and waits. */
  readonly delayed: List<Entry>
  /** Quorum queues, at-least-once dead-lettering: what no target has taken yet. */
  readonly stranded: List<Entry>
  /** How many of its messages channels hold unacknowledged. */
  readonly held: number
  /** In the order in which they are served next. */
  readonly consumers: readonly Consumer[]
  /** Single active consumer: who is; null while nobody. */
  readonly active: Pick<Consumer, 'port' | 'channel' | 'tag'> | null
  /** Quorum queues with reject-publish: publishers have been told to stop. */
  readonly full: boolean
  /** Quorum queues of 4.0: how many were taken in this round, by which one of three is taken by age. */
  readonly turn: number
  /** Counts uses modulo 16: each one winds `x-expires` up again. */
  readonly uses: number
  /** Streams: everything ever published, and the highest publishing id by publisher. */
  readonly log: Tape<Content>
  readonly publishers: Readonly<Record<string, number>>
}

export interface Unacked {
  readonly tag: number
  /** '' when it has been deleted. */
  readonly queue: string
  /** '' for a message that was fetched by basic.get. */
  readonly consumer: string
  readonly entry: Entry
  /** Settled by a transaction that is not committed yet: it cannot be settled again. */
  readonly inTransaction?: true
}

export interface Channel {
  /** The sequence number of the next publish; 0 while confirms are not asked for. */
  readonly nextConfirm: number
  readonly nextTag: number
  /** basic.qos: for consumers to come, and for the channel as a whole (0: none). */
  readonly prefetch: number
  readonly globalPrefetch: number
  readonly unacked: List<Unacked>
  /** The broker has closed it and waits for channel.close-ok: everything else is discarded. */
  readonly closing: boolean
  /** tx: what is to happen on commit; null while not transactional. */
  readonly transaction: readonly Transacted[] | null
}
/** A message is routed when it is published, and delivered when that is committed. */
export type Transacted =
  | { readonly kind: 'publish'; readonly method: BasicPublish; readonly queues: readonly string[] }
  | { readonly kind: 'settle'; readonly tags: readonly number[]; readonly how: Settlement }
/** How a client settles a delivery; `drop`: rejected and not requeued. */
export type Settlement = 'ack' | 'drop' | 'nack' | 'reject'

export interface Connection {
  readonly channels: Readonly<Record<number, Channel>>
}

/** A message whose time to live runs. The numbers of a queue are its own. */
export interface Clock {
  readonly queue: string
  readonly seq: number
  readonly ms: number
}

export interface NodeState {
  readonly up: boolean
  readonly exchanges: Readonly<Record<string, Exchange>>
  readonly queues: Readonly<Record<string, Queue>>
  readonly connections: Readonly<Record<string, Connection>>
  /** Connections without heartbeats. */
  readonly silent: readonly string[]
  readonly ttls: readonly Clock[]
  readonly retries: readonly Clock[]
}

export interface NodeSettings {
  readonly version: Version
  readonly consumer_timeout: number
  readonly heartbeat: number
  readonly restartMs: Range
  /** What is declared before anybody connects (a definitions file). */
  readonly exchanges: Readonly<Record<string, Exchange>>
  readonly queues: readonly Queue[]
  /** Whose queue it is, where a service's: dead letters of it are accounted to that service. */
  readonly groups: Readonly<Record<string, string>>
}

export const seqOf = (entry: Entry): number => entry.seq
export const tagOf = (unacked: Unacked): number => unacked.tag

export function readyCount(queue: Queue): number {
  let count = queue.returned.count
  for (const lane of queue.lanes) count += lane.ready.count
  return count
}

/** What a client is told: messages ready for delivery; of a stream, all that it holds. */
export function messageCount(queue: Queue): number {
  return queue.type === 'stream' ? queue.log.length : readyCount(queue)
}

export function isSame(
  a: Pick<Consumer, 'port' | 'channel' | 'tag'> | null,
  b: Pick<Consumer, 'port' | 'channel' | 'tag'>,
): boolean {
  return a !== null && a.tag === b.tag && a.channel === b.channel && a.port === b.port
}

export function numberIn(queue: Queue, name: string, otherwise: number): number {
  const value = queue.arguments[name]
  return typeof value === 'number' ? value : otherwise
}

export function textIn(queue: Queue, name: string): string {
  return String(queue.arguments[name] ?? '')
}
