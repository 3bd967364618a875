// Dead letters: what a message carries on from the queue it left, and whether it may go where it is sent.
import type { Entry, Queue, QueueType, Version } from './node-state.ts'
import { textIn } from './node-state.ts'
import type { Content, Death, DeathReason } from './protocol.ts'
import { listIn, NO_HEADERS } from './routing.ts'

/** One entry for each queue and reason; the latest death stands first. */
function withDeath(deaths: readonly Death[], latest: Omit<Death, 'count'>): readonly Death[] {
  const isSame = (each: Death) => each.queue === latest.queue && each.reason === latest.reason
  const before = deaths.find(isSame)
  if (before === undefined) return [{ count: 1, ...latest }, ...deaths]
  return [{ ...before, count: before.count + 1 }, ...deaths.filter((each) => !isSame(each))]
}

/** The content as it is published to the dead-letter exchange; it does not expire there again. */
export function deadContent(queue: Queue, content: Content, reason: DeathReason): Content {
  const { expiration, ...properties } = content.properties
  const { headers = NO_HEADERS } = properties
  const death = {
    reason,
    queue: queue.name,
    exchange: content.exchange,
    'routing-keys': [content.routingKey, ...listIn(headers, 'CC')],
    ...(expiration === undefined ? {} : { 'original-expiration': expiration }),
  }
  const own = textIn(queue, 'x-dead-letter-routing-key')
  // A key of its own stands for all that the message had.
  const { CC: _cc, BCC: _bcc, ...others } = headers
  return {
    ...content,
    exchange: textIn(queue, 'x-dead-letter-exchange'),
    routingKey: own === '' ? content.routingKey : own,
    properties:
      own === '' || headers === NO_HEADERS ? properties : { ...properties, headers: others },
    deaths: withDeath(content.deaths ?? [], death),
    firstDeath: content.firstDeath ?? { reason, queue: queue.name, exchange: content.exchange },
  }
}

/**
 * rabbit_dead_letter: a queue the message has been in before is a cycle, unless somebody rejected it on the
 * way round: that is a retry, and somebody's decision.
 */
export function isCycle(deaths: readonly Death[], queue: string): boolean {
  const at = deaths.findIndex((death) => death.queue === queue)
  if (at < 0) return false
  return deaths.slice(0, at + 1).every((death) => death.reason !== 'rejected')
}

/**
 * The failures that a dead letter carries into the next queue, those of the queues before included. That somebody had
 * it in his hands and rejected it for good is one more. Classic queues of 4.0 count none of their own.
 */
export function carriedFrom(
  { deliveryCount }: Entry,
  { type, version, reason }: { type: QueueType; version: Version; reason: DeathReason },
): number {
  const isOneMore = reason === 'rejected' && (type === 'quorum' || version === '4.3')
  return deliveryCount + (isOneMore ? 1 : 0)
}

/** Whether a queue says "redelivered" of a dead letter with failures. */
export function tellsFailures(type: QueueType, version: Version): boolean {
  return type === 'quorum' || version === '4.3'
}

/**
 * The headers that count what befell a message. Quorum queues only; what came back here is counted anew in each queue,
 * and until it has come back here it is told as the failures that it came with. 4.0 has one header for both.
 */
export function countsOf(
  { deliveryCount, acquiredCount }: Entry,
  { type }: Queue,
  version: Version,
): Readonly<Record<string, number>> {
  const headers: Record<string, number> = {}
  if (type !== 'quorum') return headers
  const acquired = acquiredCount > 0 ? acquiredCount : deliveryCount
  const failures = version === '4.3' ? deliveryCount : acquired
  if (failures > 0) headers['x-delivery-count'] = failures
  if (version === '4.3' && acquired > 0) headers['x-acquired-count'] = acquired
  return headers
}
