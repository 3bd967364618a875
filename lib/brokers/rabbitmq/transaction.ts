// AMQP 0-9-1 transactions: what a channel publishes and settles waits for tx.commit. Names are resolved at
// once: a message is routed, an unknown exchange or delivery tag is an error, before anything is committed.
import { channelError } from './channels.ts'
import { settleAll } from './dispatch.ts'
import { failed, type Refusal, unknownTag } from './errors.ts'
import { itemsOf, map } from './list.ts'
import type { Channel, Settlement, Transacted, Unacked } from './node-state.ts'
import type { BasicAck, BasicNack, BasicPublish, BasicReject, TxSelect } from './protocol.ts'
import { contentOf, distribute, routed, tellUnrouted } from './publish.ts'
import { named, without } from './settle.ts'
import { settleInGroups } from './settle-groups.ts'
import { channelIn, setChannel, type Turn } from './turn.ts'

export type Settling = BasicAck | BasicNack | BasicReject

export function howOf(e: Settling): Settlement {
  if (e.kind === 'BasicAck') return 'ack'
  if (!e.requeue) return 'drop'
  return e.kind === 'BasicNack' ? 'nack' : 'reject'
}

/** The deliveries that are settled; null for a tag that is not known, for which the channel is closed. */
export function settledBy(turn: Turn, port: string, e: Settling): readonly Unacked[] | null {
  const channel = channelIn(turn.s, port, e.channel) as Channel
  const multiple = e.kind === 'BasicReject' ? false : e.multiple
  const all = named(channel.unacked, e.deliveryTag, multiple)
  if (all === null) channelError(turn, port, e.channel, unknownTag(e.deliveryTag))
  return all
}

function putOff(turn: Turn, port: string, number: number, more: Transacted): void {
  const channel = channelIn(turn.s, port, number) as Channel
  const transaction = [...(channel.transaction ?? []), more]
  setChannel(turn, port, number, { ...channel, transaction })
}

export function putOffPublish(turn: Turn, port: string, method: BasicPublish): void {
  const queues = routed(turn, port, method)
  if (queues !== null) putOff(turn, port, method.channel, { kind: 'publish', method, queues })
}

export function putOffSettling(turn: Turn, port: string, e: Settling): void {
  const all = settledBy(turn, port, e)
  if (all === null) return
  const channel = channelIn(turn.s, port, e.channel) as Channel
  const mark = (each: Unacked) =>
    all.includes(each) ? { ...each, inTransaction: true as const } : each
  setChannel(turn, port, e.channel, { ...channel, unacked: map(channel.unacked, mark) })
  putOff(turn, port, e.channel, { kind: 'settle', tags: all.map(({ tag }) => tag), how: howOf(e) })
}

type Publishing = Extract<Transacted, { kind: 'publish' }>
type Settled = Extract<Transacted, { kind: 'settle' }>

/** Copies for the queues that are, or are not, quorum queues; whether they took them. */
function deliver(turn: Turn, publishes: readonly Publishing[], isQuorum: boolean): boolean {
  let isWhole = true
  for (const { method, queues } of publishes) {
    const names = queues.filter((name) => {
      const queue = turn.s.queues[name]
      return queue !== undefined && (queue.type === 'quorum') === isQuorum
    })
    isWhole = distribute(turn, names, contentOf(method), method) && isWhole
  }
  settleAll(turn)
  return isWhole
}

/**
 * First what was published, then what was settled, one after another: rabbit_channel keeps the two apart. A quorum
 * queue hears of settlements first: messages are commands of low priority to its log (ra). Whether every queue
 * took its copies.
 */
function commit(turn: Turn, port: string, number: number): boolean {
  const all = channelIn(turn.s, port, number)?.transaction ?? []
  const publishes = all.filter((each): each is Publishing => each.kind === 'publish')
  const settlements = all.filter((each): each is Settled => each.kind === 'settle')
  for (const { method, queues } of publishes) tellUnrouted(turn, port, method, queues)
  const isWhole = deliver(turn, publishes, false)
  for (const { tags, how } of settlements) {
    const channel = channelIn(turn.s, port, number) as Channel
    const settled = itemsOf(channel.unacked).filter(({ tag }) => tags.includes(tag))
    setChannel(turn, port, number, { ...channel, unacked: without(channel.unacked, settled) })
    settleInGroups(turn, { port, channel: number }, settled, how)
    settleAll(turn)
  }
  return deliver(turn, publishes, true) && isWhole
}

/** What was settled is held again, as if nothing had been said of it. */
function rollBack(turn: Turn, port: string, number: number): void {
  const channel = channelIn(turn.s, port, number) as Channel
  const unmarked = ({ inTransaction: _, ...each }: Unacked): Unacked => each
  setChannel(turn, port, number, { ...channel, unacked: map(channel.unacked, unmarked) })
}

/** tx.select, tx.commit and tx.rollback. A channel confirms or has transactions, not both. */
export function doTransaction(turn: Turn, port: string, e: TxSelect): Refusal | null {
  const { transaction, nextConfirm } = channelIn(turn.s, port, e.channel) as Channel
  if (e.kind === 'TxSelect' && nextConfirm > 0)
    return failed('cannot switch from confirm to tx mode')
  if (e.kind === 'TxSelect' && transaction !== null) return null
  if (e.kind !== 'TxSelect' && transaction === null) return failed('channel is not transactional')
  if (e.kind === 'TxCommit' && !commit(turn, port, e.channel))
    return failed('partial tx completion')
  if (e.kind === 'TxRollback') rollBack(turn, port, e.channel)
  const channel = channelIn(turn.s, port, e.channel) as Channel
  setChannel(turn, port, e.channel, { ...channel, transaction: [] })
  return null
}
