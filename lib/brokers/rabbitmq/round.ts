// Whose turn it is: consumers with credit are served one after another, those of higher priority first; of
// a single active consumer queue only one is served at all.
import { itemsOf } from './list.ts'
import type { Channel, Consumer, NodeSettings, NodeState, Queue } from './node-state.ts'
import { isSame, numberIn } from './node-state.ts'
import { channelIn } from './turn.ts'

/** What a quorum queue hands to one consumer at most, whatever its prefetch says. */
const QUORUM_LIMIT = 2000

function prefetchOf(queue: Queue, consumer: Consumer): number {
  if (consumer.noAck) return 0
  return queue.type === 'quorum' && consumer.prefetch === 0 ? QUORUM_LIMIT : consumer.prefetch
}

/** Whether it may be sent one more: its own prefetch, and that of its channel as a whole. */
export function hasCredit(s: NodeState, queue: Queue, consumer: Consumer): boolean {
  if (consumer.noAck) return true
  const most = prefetchOf(queue, consumer)
  if (most > 0 && consumer.unacked >= most) return false
  const channel = channelIn(s, consumer.port, consumer.channel)
  if (channel === undefined || channel.globalPrefetch === 0) return true
  return sentOn(channel) < channel.globalPrefetch
}

/** What its consumers hold; what was fetched by basic.get is not counted. */
const sentOn = ({ unacked }: Channel): number =>
  itemsOf(unacked).filter((each) => each.consumer !== '').length

export function isSingleActive(queue: Queue): boolean {
  return queue.arguments['x-single-active-consumer'] === true
}

/** Those that are to be served: a quorum queue remembers cancelled ones as long as they hold something. */
const served = (queue: Queue): readonly Consumer[] => {
  return queue.consumers.filter((each) => !each.cancelled)
}

function highest(consumers: readonly Consumer[]): Consumer | undefined {
  let found: Consumer | undefined
  for (const each of consumers) {
    if (found === undefined || each.priority > found.priority) found = each
  }
  return found
}

/**
 * Who is to be the single active consumer now. A classic queue keeps the one it has until that is gone. A
 * quorum queue changes to one of higher priority once the active one holds nothing more.
 */
export function elected(queue: Queue): Queue['active'] {
  const active = served(queue).find((each) => isSame(queue.active, each))
  const best = highest(served(queue))
  if (active === undefined) return best === undefined ? null : idOf(best)
  const isOvertaken =
    queue.type === 'quorum' && best !== undefined && best.priority > active.priority
  return isOvertaken && active.unacked === 0 ? idOf(best) : queue.active
}

const idOf = ({ port, channel, tag }: Consumer) => ({ port, channel, tag })

/** The active consumer of a quorum queue is sent nothing more while one of higher priority waits. */
function isDraining(queue: Queue, active: Consumer): boolean {
  return queue.type === 'quorum' && served(queue).some((each) => each.priority > active.priority)
}

export type Next =
  | { readonly consumer: Consumer; readonly blocked: readonly Consumer[] }
  | { readonly consumer: null; readonly blocked: readonly Consumer[] }

/**
 * The consumer that is served next. A classic queue finds out who has no credit only when it would serve it;
 * until then that one keeps its place. Whoever is found so is `blocked`.
 */
export function nextConsumer(s: NodeState, queue: Queue): Next {
  if (isSingleActive(queue)) {
    const active = queue.consumers.find((each) => isSame(queue.active, each))
    if (active === undefined || isDraining(queue, active) || !hasCredit(s, queue, active)) {
      return { consumer: null, blocked: [] }
    }
    return { consumer: active, blocked: [] }
  }
  let open: readonly Consumer[] = served(queue).filter((each) => !each.blocked)
  const blocked: Consumer[] = []
  for (;;) {
    const best = highest(open)
    if (best === undefined) return { consumer: null, blocked }
    if (hasCredit(s, queue, best)) return { consumer: best, blocked }
    blocked.push(best)
    open = open.filter((each) => each !== best)
  }
}

/** Credit has come back: a consumer that was out of the round joins it at its end. */
export function withCredit(s: NodeState, queue: Queue): Queue {
  if (!queue.consumers.some((each) => each.blocked && hasCredit(s, queue, each))) return queue
  const isBack = (each: Consumer) => each.blocked && hasCredit(s, queue, each)
  const back = queue.consumers.filter(isBack).map((each) => ({ ...each, blocked: false }))
  return { ...queue, consumers: [...queue.consumers.filter((each) => !isBack(each)), ...back] }
}

/**
 * How long a delivery may stay unacknowledged; -1: for ever. What the queue says goes before what the broker says,
 * longer or shorter; since 4.3 what the consumer says goes before both, and only quorum queues ask. A basic.get has no
 * consumer.
 */
export function timeoutOf(
  queue: Queue | undefined,
  consumer: Consumer | undefined,
  { consumer_timeout: broker, version }: Pick<NodeSettings, 'consumer_timeout' | 'version'>,
): number {
  if (version === '4.3') {
    if (queue?.type !== 'quorum') return -1
    if (consumer !== undefined && consumer.timeoutMs >= 0) return consumer.timeoutMs
  }
  return queue === undefined ? broker : numberIn(queue, 'x-consumer-timeout', broker)
}
