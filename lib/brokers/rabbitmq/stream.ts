// Streams: a log that is read without being emptied, from any offset on; and publishers that number what
// they send.
import { append as appendItem, at } from '../../engine/tape.ts'
import { append } from './list.ts'
import type { Channel, Consumer, Entry, Queue } from './node-state.ts'
import type { BasicPublish, Content, HeaderValue } from './protocol.ts'
import { hasCredit } from './round.ts'
import { withoutBcc } from './routing.ts'
import { channelIn, queueIn, setChannel, setQueue, type Turn, withConsumer } from './turn.ts'

/**
 * Deduplication goes by the highest publishing id that a publisher has ever used: one that is not higher is
 * confirmed and not stored, also when it was never stored. Publishers without a reference are not numbered.
 */
export function appendToStream(
  turn: Turn,
  queue: Queue,
  content: Content,
  publisher: BasicPublish['publisher'],
): void {
  const known = publisher === undefined ? undefined : queue.publishers[publisher.reference]
  if (publisher !== undefined && known !== undefined && publisher.publishingId <= known) return
  const publishers =
    publisher === undefined
      ? queue.publishers
      : { ...queue.publishers, [publisher.reference]: publisher.publishingId }
  const place = { stream: queue.name, lane: 0, offset: queue.log.length }
  const log = appendItem(queue.log, content)
  setQueue(turn, { ...queue, log, publishers })
  turn.observe.push({ kind: 'stored', actor: turn.me.id, message: content.message, place })
  turn.stirred.add(queue.name)
}

/** x-stream-offset: first, last, next (when it is not given), or a number. */
export function startingOffset(queue: Queue, given: HeaderValue | undefined): number {
  if (typeof given === 'number') return given
  if (given === 'first') return 0
  return given === 'last' ? Math.max(0, queue.log.length - 1) : queue.log.length
}

function entryAt(queue: Queue, offset: number): Entry {
  const content = at(queue.log, offset) as Content
  const plain = { priority: 0, redelivered: false, expired: false }
  return { seq: offset, content, ...plain, deliveryCount: 0, acquiredCount: 0 }
}

export function serveStream(turn: Turn, start: Queue): void {
  for (const who of start.consumers) {
    for (let each = who; each.offset < queueIn(turn, start.name).log.length; ) {
      const queue = queueIn(turn, start.name)
      if (!hasCredit(turn.s, queue, each)) break
      each = handTo(turn, queue, each)
    }
  }
}

function handTo(turn: Turn, queue: Queue, consumer: Consumer): Consumer {
  const { port, channel: number, offset } = consumer
  const channel = channelIn(turn.s, port, number) as Channel
  const entry = entryAt(queue, offset)
  const tag = channel.nextTag
  const { content } = entry
  turn.send.push([
    port,
    {
      kind: 'BasicDeliver',
      about: content.message.id,
      channel: number,
      consumerTag: consumer.tag,
      deliveryTag: tag,
      redelivered: false,
      content: withoutBcc(content),
      headers: { 'x-stream-offset': offset },
      queue: queue.name,
    },
  ])
  const unacked = append(channel.unacked, { tag, queue: queue.name, consumer: consumer.tag, entry })
  setChannel(turn, port, number, { ...channel, nextTag: tag + 1, unacked })
  const moved = { ...consumer, offset: offset + 1, unacked: consumer.unacked + 1 }
  setQueue(turn, withConsumer(queue, moved))
  return moved
}
