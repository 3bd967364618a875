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

export type Carried = Pick<Entry, 'redelivered' | 'deliveryCount' | 'acquiredCount'>
export const FRESH: Carried = { redelivered: false, deliveryCount: 0, acquiredCount: 0 }

/**
 * What of its past a dead letter shows in the next queue. Counts live on where the next queue has counts;
 * a classic queue of 4.3 says "redelivered" of what had been delivered in the queue before it.
 */
export function carriedTo(type: QueueType, version: Version, from: Carried): Carried {
  const { deliveryCount, acquiredCount } = from
  if (type === 'quorum') {
    return { redelivered: deliveryCount > 0 || acquiredCount > 0, deliveryCount, acquiredCount }
  }
  return { ...FRESH, redelivered: version === '4.3' && from.redelivered }
}

/** A message was in somebody's hands when it left its queue: that counts as a failed delivery. */
export function afterRejection(entry: Entry, type: QueueType, version: Version): Carried {
  if (type !== 'quorum' && version === '4.0') return { ...FRESH, redelivered: true }
  const counts = type === 'quorum' && version === '4.3' ? entry : entry.arrived
  return failed(counts.deliveryCount + 1, version)
}

/** Failures are carried on; the next queue of 4.3 takes as many for the times that it was acquired. */
const failed = (deliveryCount: number, version: Version): Carried => ({
  redelivered: true,
  deliveryCount,
  acquiredCount: version === '4.3' ? deliveryCount : 0,
})

/** It left its queue by itself: it carries on what it came with, and nothing of what befell it there. */
export function afterExpiry({ arrived }: Entry): Carried {
  return { redelivered: false, ...countsOf(arrived) }
}

/**
 * It came back too often, or was dropped for the length of its queue. Of what brought it back 4.3 counts each
 * failure; 4.0 counts one, and none where there were too many.
 */
export function afterReturns(
  entry: Entry,
  { type, version, reason }: { type: QueueType; version: Version; reason: DeathReason },
): Carried {
  const { arrived, redelivered, deliveryCount } = entry
  if (type !== 'quorum') return { redelivered, ...countsOf(arrived) }
  if (version === '4.3') return { ...failed(deliveryCount, version), redelivered }
  const isCounted = reason === 'maxlen' && deliveryCount > arrived.deliveryCount
  return { ...failed(arrived.deliveryCount + (isCounted ? 1 : 0), version), redelivered }
}

const countsOf = ({ deliveryCount, acquiredCount }: Entry['arrived']) => ({
  deliveryCount,
  acquiredCount,
})
