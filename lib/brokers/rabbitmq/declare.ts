// Declaring, binding and deleting: the shape of a node, which clients change as they like.
import { binary } from './argument-values.ts'
import { badMatch, badQueueArgument, otherThan } from './arguments.ts'
import {
  exchangeNamed,
  isReserved,
  withBinding,
  withoutBinding,
  withoutBindingsTo,
} from './bindings.ts'
import { channelError, deleteQueue, purge } from './channels.ts'
import {
  accessTo,
  defaultExchange,
  exchangeInUse,
  failed,
  inequivalent,
  isRefusal,
  notFound,
  notOnAStream,
  type Refusal,
  reservedName,
  systemExchange,
} from './errors.ts'
import { itemsOf } from './list.ts'
import {
  type Binding,
  type Consumer,
  type Exchange,
  type ExchangeType,
  isSame,
  messageCount,
  type NodeState,
  type Queue,
  type Version,
} from './node-state.ts'
import type {
  Asked,
  ExchangeBind,
  ExchangeDeclare,
  ExchangeDelete,
  MethodOk,
  QueueBind,
  QueueDeclare,
  QueueNamed,
} from './protocol.ts'
import { newQueue } from './queue.ts'
import { isSingleActive } from './round.ts'
import { setQueue, type Turn } from './turn.ts'

export function reply(turn: Turn, port: string, e: Asked, more: Partial<MethodOk> = {}): void {
  turn.send.push([port, { kind: 'MethodOk', channel: e.channel, of: e.kind, ...more }])
}

/** Answers, or closes the channel. */
export function answer(turn: Turn, port: string, e: Asked, refusal: Refusal | null): void {
  if (refusal === null) reply(turn, port, e)
  else channelError(turn, port, e.channel, refusal)
}

/** What was fetched by basic.get and is not settled yet. */
function fetched(s: NodeState, queue: string): number {
  const channels = Object.values(s.connections).flatMap((each) => Object.values(each.channels))
  const held = channels.flatMap((channel) => itemsOf(channel.unacked))
  return held.filter((each) => each.queue === queue && each.consumer === '').length
}

/**
 * A quorum queue takes whoever fetches a message for a consumer until it is settled, and of a single active
 * consumer queue those that wait for none.
 */
function consumerCount(s: NodeState, queue: Queue): number {
  if (queue.type !== 'quorum') return queue.consumers.length
  const counts = (each: Consumer) =>
    !isSingleActive(queue) || isSame(queue.active, each) || each.unacked > 0
  return queue.consumers.filter(counts).length + fetched(s, queue.name)
}

function declareOk(turn: Turn, port: string, e: QueueDeclare, queue: Queue): void {
  const counts = { messageCount: messageCount(queue), consumerCount: consumerCount(turn.s, queue) }
  reply(turn, port, e, counts)
}

export function declareQueue(turn: Turn, port: string, e: QueueDeclare): void {
  const { queue: name, durable, autoDelete, arguments: given } = e
  const found = accessTo(turn.s, name, port)
  const isThere = !isRefusal(found)
  const refusal = isThere ? (e.passive ? null : otherThan(found, e)) : refusedNew(turn, e, found)
  if (refusal !== null) {
    channelError(turn, port, e.channel, refusal)
    return
  }
  if (isThere) setQueue(turn, { ...found, uses: (found.uses + 1) % 16 })
  else {
    const owner = e.exclusive ? port : ''
    setQueue(turn, newQueue({ name, durable, owner, autoDelete, arguments: given }))
  }
  declareOk(turn, port, e, turn.s.queues[name] as Queue)
}

/** Why a queue that this client has no access to cannot be declared; null when it can be made. */
function refusedNew(turn: Turn, e: QueueDeclare, why: Refusal): Refusal | null {
  if (e.passive || turn.s.queues[e.queue] !== undefined) return why
  if (isReserved(e.queue)) return reservedName('queue', e.queue)
  return badQueueArgument(e, turn.version)
}

function refusedExchange(
  known: Exchange | undefined,
  { exchange, type }: ExchangeDeclare,
): Refusal | null {
  if (known === undefined) return isReserved(exchange) ? reservedName('exchange', exchange) : null
  if (known.type === type) return null
  return inequivalent('type', `exchange '${exchange}'`, `'${known.type}'`, `'${type}'`)
}

export function declareExchange(turn: Turn, port: string, e: ExchangeDeclare): void {
  const { exchanges } = turn.s
  const known = exchangeNamed(turn.s, e.exchange)
  const refusal = refusedExchange(known, e)
  if (refusal === null && known === undefined) {
    const exchange: Exchange = {
      type: e.type as ExchangeType,
      durable: e.durable,
      alternate: String(e.arguments['alternate-exchange'] ?? ''),
      bindings: [],
    }
    turn.s = { ...turn.s, exchanges: { ...exchanges, [e.exchange]: exchange } }
  }
  answer(turn, port, e, refusal)
}

/** In use is what has bindings of its own; to be bound to others is no use. */
export function deleteExchange(turn: Turn, e: ExchangeDelete): Refusal | null {
  const { exchange: name, ifUnused } = e
  if (isReserved(name)) return systemExchange(name)
  const { [name]: found, ...others } = turn.s.exchanges
  if (ifUnused && found !== undefined && found.bindings.length > 0) return exchangeInUse(name)
  turn.s = { ...turn.s, exchanges: withoutBindingsTo(others, 'exchange', name) }
  return null
}

const HEAVIEST = 10_000

/** The consistent hash exchange takes binding keys for weights. */
function badWeight(key: string, version: Version): Refusal | null {
  if (!/^-?\d+$/.test(key)) return failed(`The binding key must be an integer: ${binary(key)}`)
  if (Number(key) < 1) return failed('The binding key must be greater than 0')
  if (version === '4.0' || Number(key) <= HEAVIEST) return null
  return failed(`The binding key must not exceed ${HEAVIEST}`)
}

function badBinding(type: ExchangeType, binding: Binding, version: Version): Refusal | null {
  if (type === 'x-consistent-hash') return badWeight(binding.routingKey, version)
  return type === 'headers' ? badMatch(binding.arguments['x-match']) : null
}

interface Ends {
  readonly source: string
  readonly binding: Binding
  /** What is bound, or why it cannot be. */
  readonly found: object
}

const NOT_FOUND = 404

/** The exchange is looked for first, and who may bind an exclusive queue is asked last. */
function bind(turn: Turn, { source, binding, found }: Ends): Refusal | null {
  const exchange = exchangeNamed(turn.s, source)
  if (exchange === undefined) return notFound(`exchange '${source}'`)
  const missing = isRefusal(found) ? found : null
  if (missing?.code === NOT_FOUND) return missing
  const bad = badBinding(exchange.type, binding, turn.version) ?? missing
  if (bad === null) setExchange(turn, source, withBinding(exchange, binding))
  return bad
}

/** What is not bound, or is not there at all, is unbound without a word. */
function unbind(turn: Turn, { source, binding, found }: Ends): Refusal | null {
  const exchange = exchangeNamed(turn.s, source)
  const left = exchange === undefined ? undefined : withoutBinding(exchange, binding)
  if (left === undefined || left === exchange) return null
  if (isRefusal(found)) return found
  setExchange(turn, source, left)
  return null
}

function setExchange(turn: Turn, name: string, exchange: Exchange): void {
  turn.s = { ...turn.s, exchanges: { ...turn.s.exchanges, [name]: exchange } }
}

export function bindQueue(turn: Turn, port: string, e: QueueBind): Refusal | null {
  if (e.exchange === '') return defaultExchange
  const { queue: destination, routingKey, arguments: given } = e
  const binding = { to: 'queue', destination, routingKey, arguments: given } as const
  const ends = { source: e.exchange, binding, found: accessTo(turn.s, destination, port) }
  return e.kind === 'QueueBind' ? bind(turn, ends) : unbind(turn, ends)
}

export function bindExchange(turn: Turn, e: ExchangeBind): Refusal | null {
  const { source, destination, routingKey, arguments: given } = e
  if (source === '' || destination === '') return defaultExchange
  const binding = { to: 'exchange', destination, routingKey, arguments: given } as const
  const found = exchangeNamed(turn.s, destination) ?? notFound(`exchange '${destination}'`)
  const ends = { source, binding, found }
  return e.kind === 'ExchangeBind' ? bind(turn, ends) : unbind(turn, ends)
}

export function deleteOrPurge(turn: Turn, port: string, e: QueueNamed): void {
  const found = accessTo(turn.s, e.queue, port)
  if (isRefusal(found)) {
    // Deleting what is not there is no error; purging it is.
    if (e.kind === 'QueueDelete' && found.code === 404) reply(turn, port, e, { messageCount: 0 })
    else channelError(turn, port, e.channel, found)
    return
  }
  if (e.kind === 'QueuePurge' && found.type === 'stream') {
    channelError(turn, port, e.channel, notOnAStream('queue.purge', e.queue))
    return
  }
  const count = e.kind === 'QueuePurge' ? purge(turn, found) : messageCount(found)
  if (e.kind === 'QueueDelete') deleteQueue(turn, e.queue)
  reply(turn, port, e, { messageCount: count })
}
