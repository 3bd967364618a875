// Declaring, binding and deleting: the shape of a node, which clients change as they like.
import { badQueueArgument, otherThan } from './arguments.ts'
import { channelError, deleteQueue, purge } from './channels.ts'
import {
  accessTo,
  defaultExchange,
  failed,
  inequivalent,
  isRefusal,
  notFound,
  notOnAStream,
  type Refusal,
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
} from './node-state.ts'
import type {
  Asked,
  ExchangeBind,
  ExchangeDeclare,
  MethodOk,
  QueueBind,
  QueueDeclare,
  QueueNamed,
} from './protocol.ts'
import { newQueue } from './queue.ts'
import { isSingleActive } from './round.ts'
import { exchangeExists } from './routing.ts'
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
  return badQueueArgument(e, turn.version)
}

export function declareExchange(turn: Turn, port: string, e: ExchangeDeclare): void {
  const { exchanges } = turn.s
  const known = exchanges[e.exchange]
  if (known !== undefined && known.type !== e.type) {
    const why = inequivalent('type', `exchange '${e.exchange}'`, `'${known.type}'`, `'${e.type}'`)
    channelError(turn, port, e.channel, why)
    return
  }
  if (known === undefined) {
    const exchange: Exchange = {
      type: e.type as ExchangeType,
      durable: e.durable,
      alternate: String(e.arguments['alternate-exchange'] ?? ''),
      bindings: [],
    }
    turn.s = { ...turn.s, exchanges: { ...exchanges, [e.exchange]: exchange } }
  }
  reply(turn, port, e)
}

export function deleteExchange(turn: Turn, name: string): void {
  const { [name]: _, ...others } = turn.s.exchanges
  const isOther = (each: Binding) => each.to === 'queue' || each.destination !== name
  const exchanges = Object.fromEntries(
    Object.entries(others).map(([id, exchange]) => [
      id,
      { ...exchange, bindings: exchange.bindings.filter(isOther) },
    ]),
  )
  turn.s = { ...turn.s, exchanges }
}

function isSameBinding(a: Binding, b: Binding): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function bound(exchange: Exchange, binding: Binding, isAdded: boolean): Exchange {
  const others = exchange.bindings.filter((each) => !isSameBinding(each, binding))
  return { ...exchange, bindings: isAdded ? [...others, binding] : others }
}

/** The consistent hash exchange takes binding keys for weights. */
function badWeight(key: string): Refusal | null {
  if (!/^-?\d+$/.test(key)) return failed(`The binding key must be an integer: <<"${key}">>`)
  return Number(key) > 0 ? null : failed('The binding key must be greater than 0')
}

function bind(turn: Turn, source: string, binding: Binding, isAdded: boolean): Refusal | null {
  if (source === '' || (binding.to === 'exchange' && binding.destination === ''))
    return defaultExchange
  const exchange = turn.s.exchanges[source]
  if (exchange === undefined) return notFound(`exchange '${source}'`)
  const bad = exchange.type === 'x-consistent-hash' ? badWeight(binding.routingKey) : null
  if (bad !== null) return bad
  const exchanges = { ...turn.s.exchanges, [source]: bound(exchange, binding, isAdded) }
  turn.s = { ...turn.s, exchanges }
  return null
}

export function bindQueue(turn: Turn, port: string, e: QueueBind): Refusal | null {
  const found = accessTo(turn.s, e.queue, port)
  if (isRefusal(found)) return found
  const { routingKey, arguments: given } = e
  const binding = { to: 'queue', destination: e.queue, routingKey, arguments: given } as const
  return bind(turn, e.exchange, binding, e.kind === 'QueueBind')
}

export function bindExchange(turn: Turn, e: ExchangeBind): Refusal | null {
  const { destination, routingKey, arguments: given } = e
  if (!exchangeExists(turn.s, destination)) return notFound(`exchange '${destination}'`)
  const binding = { to: 'exchange', destination, routingKey, arguments: given } as const
  return bind(turn, e.source, binding, e.kind === 'ExchangeBind')
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
