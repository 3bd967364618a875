// What time does to a node: messages and queues expire, consumers keep deliveries too long.
import type { Out } from '../../engine/types.ts'
import { channelError, deleteQueue, endConsumer, takeBack } from './channels.ts'
import { retryStranded } from './dead-letter.ts'
import { timedOut } from './errors.ts'
import { itemsOf, map, some } from './list.ts'
import { exactly, rule, turned } from './node-rule.ts'
import type { Channel, Clock, NodeSettings, NodeState, Queue, Unacked } from './node-state.ts'
import { numberIn } from './node-state.ts'
import { isWaiting, withWaiting } from './queue.ts'
import { timeoutOf } from './round.ts'
import { endDelay } from './settle.ts'
import {
  channelIn,
  consumerIn,
  outOf,
  queueIn,
  type Self,
  setChannel,
  setQueue,
  type Turn,
  turnOf,
} from './turn.ts'

/** No run lasts so long: what only ends after it is not armed, or a run with a hung handler had no rest. */
const OUTLIVES_EVERY_RUN_MS = 1_800_000

interface Kept {
  readonly port: string
  readonly channel: number
  readonly tag: number
  readonly ms: number
}

const NONE: readonly never[] = []

const isShort = (ms: number): boolean => ms >= 0 && ms < OUTLIVES_EVERY_RUN_MS

const hasOwnTimeout = ({ arguments: given, consumers }: Queue): boolean =>
  given['x-consumer-timeout'] !== undefined || consumers.some((each) => each.timeoutMs >= 0)

/** Deliveries that somebody may keep too long. Looked for after every step: what is usual costs a glance. */
function keptDeliveries(s: NodeState, { settings }: Self): readonly Kept[] {
  const isUsual = !isShort(settings.consumer_timeout)
  if (isUsual && queuesWhere(s, hasOwnTimeout).length === 0) return NONE
  return Object.entries(s.connections).flatMap(([port, { channels }]) =>
    Object.keys(channels).flatMap((number) => keptOn(s, settings, port, Number(number))),
  )
}

/**
 * In 4.0 the channel looks, and only at the oldest delivery that it holds: one with less time is noticed when that is
 * settled. In 4.3 the queue does, which hears of a transaction when it is committed.
 */
function keptOn(
  s: NodeState,
  settings: NodeSettings,
  port: string,
  number: number,
): readonly Kept[] {
  const { unacked } = channelIn(s, port, number) as Channel
  const looks = settings.version === '4.0'
  const held = itemsOf(unacked).filter((each) => !looks || each.inTransaction !== true)
  const all = held.map((each) => {
    const ms = timeoutOf(s.queues[each.queue], consumerOf(s, port, number, each), settings)
    return { port, channel: number, tag: each.tag, ms }
  })
  const leastMs = looks ? (all[0]?.ms ?? 0) : 0
  return all.filter(({ ms }) => isShort(ms) && ms >= leastMs)
}

function consumerOf(s: NodeState, port: string, channel: number, { queue, consumer }: Unacked) {
  const found = s.queues[queue]
  return found && consumerIn(found, { port, channel, tag: consumer })
}

/** What 4.3 says in place of the timeout when it closes a channel for it. */
const UNKNOWN_MS = -1

/** Names of the queues for which this is so; the common answer, none, allocates nothing. */
function queuesWhere(s: NodeState, test: (queue: Queue) => boolean): readonly string[] {
  let found: string[] | undefined
  for (const name in s.queues) {
    if (!test(s.queues[name] as Queue)) continue
    found ??= []
    found.push(name)
  }
  return found ?? NONE
}

/** 4.3 tells a consumer that it is cancelled; where there is none any more, it closes the channel, too. */
function consumerTimesOut(turn: Turn, { port, channel: number, tag, ms }: Kept): void {
  if (turn.version === '4.0') {
    channelError(turn, port, number, timedOut(number, ms))
    return
  }
  const channel = channelIn(turn.s, port, number) as Channel
  const found = itemsOf(channel.unacked).find((each) => each.tag === tag)
  if (found === undefined) return
  const consumer = consumerOf(turn.s, port, number, found)
  if (consumer !== undefined && !consumer.cancelled) {
    endConsumer(turn, port, number, found.consumer)
    return
  }
  const isOfIt = (each: Unacked) => each.consumer === found.consumer && each.queue === found.queue
  // Each basic.get is a consumer of its own.
  const isLate = (each: Unacked) => each.tag === tag || (found.consumer !== '' && isOfIt(each))
  takeBack(turn, port, number, isLate)
  channelError(turn, port, number, timedOut(number, UNKNOWN_MS))
}

function expire(turn: Turn, { queue: name, seq }: Clock): void {
  turn.s = {
    ...turn.s,
    ttls: turn.s.ttls.filter((each) => each.queue !== name || each.seq !== seq),
  }
  const queue = queueIn(turn, name)
  if (isWaiting(queue, seq))
    setQueue(
      turn,
      withWaiting(queue, seq, (entry) => ({ ...entry, expired: true })),
    )
  else expireHeld(turn, name, seq)
  turn.stirred.add(name)
}

/** Time goes on while the node is down; what has expired then is dropped when it is up again. */
function expiring(s: NodeState, me: Self, clock: Clock): Out<NodeState> {
  if (s.up) return turned(s, me, (turn) => expire(turn, clock))
  const turn = turnOf(s, me)
  expire(turn, clock)
  return outOf(turn)
}

/** In somebody's hands: nothing happens until it comes back. */
function expireHeld(turn: Turn, name: string, seq: number): void {
  const isIt = (each: Unacked) => each.queue === name && each.entry.seq === seq
  for (const [port, { channels }] of Object.entries(turn.s.connections)) {
    for (const [number, channel] of Object.entries(channels)) {
      if (!some(channel.unacked, isIt)) continue
      const unacked = map(channel.unacked, (each) =>
        isIt(each) ? { ...each, entry: { ...each.entry, expired: true } } : each,
      )
      setChannel(turn, port, Number(number), { ...channel, unacked })
    }
  }
}

interface Unused {
  readonly queue: string
  readonly uses: number
  readonly ms: number
  /** A quorum queue looks whether it is unused only now and then. */
  readonly late: number
}
/** quorum_tick_interval. */
const TICK_MS = 5000

const isUnused = (queue: Queue): boolean =>
  queue.consumers.length === 0 && numberIn(queue, 'x-expires', -1) >= 0

function unusedQueues(s: NodeState): readonly Unused[] {
  const names = queuesWhere(s, isUnused)
  if (names.length === 0) return NONE
  return names.map((name) => {
    const queue = s.queues[name] as Queue
    const late = queue.type === 'quorum' ? TICK_MS : 0
    return { queue: name, uses: queue.uses, ms: numberIn(queue, 'x-expires', 0), late }
  })
}

/** The worker that dead-letters at-least-once looks again after this time (rabbit_fifo_dlx_worker). */
const STRANDED_MS = 180_000

export const timerRules = [
  rule({
    name: 'MessageTtlExpires',
    reads: ['x-message-ttl', 'expiration'],
    cites: 'Time-to-live: a message is dropped once it is at the head of its queue',
    timer: true,
    anytime: true,
    each: (s) => s.ttls,
    takes: (_settings, _s, _e, clock) => exactly(clock.ms),
    then: (s, _e, clock, me) => expiring(s, me, clock),
  }),
  rule({
    name: 'QueueExpires',
    reads: ['x-expires'],
    cites: 'Time-to-live: a queue without consumers, gets and redeclarations is deleted',
    timer: true,
    each: unusedQueues,
    takes: (_settings, _s, _e, { ms, late }) => [ms, ms + late],
    then: (s, _e, unused, me) => turned(s, me, (turn) => deleteQueue(turn, unused.queue)),
  }),
  rule({
    name: 'DelayedRetryEnds',
    reads: ['x-delayed-retry-min', 'x-delayed-retry-max'],
    cites: 'Quorum queues 4.3: delayed retry',
    timer: true,
    each: (s) => s.retries,
    takes: (_settings, _s, _e, clock) => exactly(clock.ms),
    then: (s, _e, clock, me) => turned(s, me, (turn) => endDelay(turn, clock.queue, clock.seq)),
  }),
  rule({
    name: 'ConsumerTimeoutExpires',
    reads: ['consumer_timeout', 'x-consumer-timeout'],
    cites:
      'Consumers: delivery acknowledgement timeout; 4.3: quorum queues cancel the consumer, if there is one',
    timer: true,
    usual: () => false,
    each: (s, _e, me) => keptDeliveries(s, me),
    takes: (_settings, _s, _e, kept) => exactly(kept.ms),
    then: (s, _e, kept, me) => turned(s, me, (turn) => consumerTimesOut(turn, kept)),
  }),
  rule({
    name: 'RetryDeadLetter',
    reads: ['x-dead-letter-strategy'],
    cites: 'Quorum queues: at-least-once dead-lettering',
    timer: true,
    each: (s) => queuesWhere(s, (queue) => queue.stranded.count > 0),
    takes: () => exactly(STRANDED_MS),
    then: (s, _e, name, me) => turned(s, me, (turn) => retryStranded(turn, name)),
  }),
]
