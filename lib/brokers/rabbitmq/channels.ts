// How channels, connections and consumers end, and what that sends back.

import { withoutBindingsTo } from './bindings.ts'
import type { Refusal } from './errors.ts'
import { emptyList, itemsOf, type List, map, split } from './list.ts'
import type { Channel, Consumer, Entry, Queue, Unacked } from './node-state.ts'
import { isSame } from './node-state.ts'
import { settle } from './settle.ts'
import {
  channelIn,
  NEW_CHANNEL,
  removed,
  setChannel,
  setQueue,
  type Turn,
  withConsumer,
} from './turn.ts'

type IsMine = (consumer: Consumer) => boolean

/** Consumers leave; a queue that is to vanish with its last one does so. */
function removeConsumers(turn: Turn, isMine: IsMine): void {
  for (const queue of Object.values(turn.s.queues)) {
    if (!queue.consumers.some(isMine)) continue
    const consumers = queue.consumers.filter((each) => !isMine(each))
    const keepsActive = consumers.some((each) => isSame(queue.active, each))
    setQueue(turn, { ...queue, consumers, active: keepsActive ? queue.active : null })
    turn.stirred.add(queue.name)
    if (queue.autoDelete && consumers.length === 0) deleteQueue(turn, queue.name)
  }
}

/** What the channel holds unacknowledged goes back to where it came from. */
function emptyChannel(turn: Turn, port: string, number: number): void {
  const channel = channelIn(turn.s, port, number) as Channel
  const held = itemsOf(channel.unacked)
  setChannel(turn, port, number, { ...channel, unacked: NEW_CHANNEL.unacked })
  settle(turn, { port, channel: number }, held, 'death')
  removeConsumers(turn, (each) => each.port === port && each.channel === number)
}

export function closeChannel(turn: Turn, port: string, number: number): void {
  emptyChannel(turn, port, number)
  const { [number]: _, ...channels } = turn.s.connections[port]?.channels ?? {}
  turn.s = { ...turn.s, connections: { ...turn.s.connections, [port]: { channels } } }
}

/** AMQP 0-9-1: from 500 on an error is one of the connection. */
const HARD = 500

/** The broker closes the channel; until the client has answered, everything on it is discarded. */
export function channelError(
  turn: Turn,
  port: string,
  number: number,
  { code, text }: Refusal,
): void {
  if (code >= HARD) {
    connectionError(turn, port, { code, text })
    return
  }
  emptyChannel(turn, port, number)
  setChannel(turn, port, number, { ...NEW_CHANNEL, closing: true })
  const told = { replyCode: code, replyText: text }
  turn.send.push([port, { kind: 'ChannelClose', channel: number, ...told }])
}

/** A hard error: the broker ends the whole connection and tells why. */
function connectionError(turn: Turn, port: string, { code, text }: Refusal): void {
  closeConnection(turn, port)
  turn.send.push([port, { kind: 'ConnectionClose', replyCode: code, replyText: text }])
}

export function closeConnection(turn: Turn, port: string): void {
  const { channels } = turn.s.connections[port] ?? { channels: {} }
  for (const number of Object.keys(channels)) emptyChannel(turn, port, Number(number))
  const { [port]: _, ...connections } = turn.s.connections
  turn.s = { ...turn.s, connections, silent: turn.s.silent.filter((each) => each !== port) }
  for (const queue of Object.values(turn.s.queues)) {
    if (queue.owner === port) deleteQueue(turn, queue.name)
  }
}

/** Its consumers are told (consumer_cancel_notify); whoever holds a message of it settles into nothing. */
export function deleteQueue(turn: Turn, name: string): void {
  const { [name]: queue, ...queues } = turn.s.queues
  if (queue === undefined) return
  for (const { port, channel, tag } of queue.consumers) {
    turn.send.push([port, { kind: 'BasicCancel', channel, consumerTag: tag }])
  }
  const lists = [...readyIn(queue), queue.delayed, queue.stranded]
  takenAway(turn, name, lists.flatMap(itemsOf), DELETED)
  const exchanges = withoutBindingsTo(turn.s.exchanges, 'queue', name)
  const of = (clock: { readonly queue: string }) => clock.queue !== name
  const { ttls, retries } = turn.s
  turn.s = { ...turn.s, queues, exchanges, ttls: ttls.filter(of), retries: retries.filter(of) }
  turn.stirred.delete(name)
  forgetHeld(turn, name)
}

/** What was held of it belongs to no queue, also if another of its name is declared. */
function forgetHeld(turn: Turn, name: string): void {
  const isOf = (each: Unacked) => each.queue === name
  for (const [port, { channels }] of Object.entries(turn.s.connections)) {
    for (const [number, channel] of Object.entries(channels)) {
      const held = itemsOf(channel.unacked).filter(isOf)
      if (held.length === 0) continue
      const entries = held.map(({ entry }) => entry)
      takenAway(turn, name, entries, DELETED)
      const unacked = map(channel.unacked, (each) => (isOf(each) ? { ...each, queue: '' } : each))
      setChannel(turn, port, Number(number), { ...channel, unacked })
    }
  }
}

const DELETED = 'its queue was deleted'

const readyIn = (queue: Queue): readonly List<Entry>[] => [
  queue.returned,
  ...queue.lanes.map((lane) => lane.ready),
]

function takenAway(turn: Turn, queue: string, entries: readonly Entry[], reason: string): void {
  for (const entry of entries) removed(turn, queue, entry, { end: 'taken away', reason })
}

/**
 * Takes from a queue all that nobody holds, and says how many there were. Dead letters that no target has taken
 * stay with a 4.0.
 */
export function purge(turn: Turn, queue: Queue): number {
  const { name, delayed, stranded } = queue
  const isSparing = turn.version === '4.0'
  const lists = [...readyIn(queue), delayed, ...(isSparing ? [] : [stranded])]
  const gone = lists.flatMap(itemsOf)
  takenAway(turn, name, gone, 'purged')
  const none = emptyList<Entry>()
  const left = isSparing ? stranded : none
  setQueue(turn, { ...queue, lanes: [], returned: none, delayed: none, stranded: left })
  turn.s = { ...turn.s, retries: turn.s.retries.filter((clock) => clock.queue !== name) }
  // Publishers that were told to stop may go on.
  turn.stirred.add(name)
  return gone.length
}

/** A quorum queue of 4.3 takes back what is kept too long. */
export function takeBack(
  turn: Turn,
  port: string,
  number: number,
  isLate: (each: Unacked) => boolean,
): void {
  const channel = channelIn(turn.s, port, number) as Channel
  const [held, unacked] = split(channel.unacked, isLate)
  setChannel(turn, port, number, { ...channel, unacked })
  settle(turn, { port, channel: number }, held, 'timeout')
}

/** It ends the consumer that keeps a message too long, and takes back what it holds. */
export function endConsumer(turn: Turn, port: string, number: number, tag: string): void {
  takeBack(turn, port, number, (each) => each.consumer === tag)
  removeConsumers(turn, (each) => isSame({ port, channel: number, tag }, each))
  turn.send.push([port, { kind: 'BasicCancel', channel: number, consumerTag: tag }])
}

/** basic.cancel: no deliveries any more; what is unacknowledged stays in the channel's hands. */
export function cancelConsumer(turn: Turn, port: string, number: number, tag: string): void {
  const isMine = (each: Consumer) => isSame({ port, channel: number, tag }, each)
  for (const queue of Object.values(turn.s.queues)) {
    const mine = queue.consumers.find(isMine)
    if (mine === undefined || queue.type !== 'quorum' || mine.unacked === 0) continue
    const active = isSame(queue.active, mine) ? null : queue.active
    setQueue(turn, { ...withConsumer(queue, { ...mine, cancelled: true }), active })
    turn.stirred.add(queue.name)
    return
  }
  removeConsumers(turn, isMine)
}
