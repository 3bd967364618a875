// What time does to a node: messages and queues expire, consumers keep deliveries too long.
import type { Out } from '../../engine/types.ts'
import { channelError, deleteQueue, endConsumer } from './channels.ts'
import { retryStranded } from './dead-letter.ts'
import { timedOut } from './errors.ts'
import { itemsOf, map, some } from './list.ts'
import { exactly, rule, turned } from './node-rule.ts'
import type { Channel, Clock, Consumer, NodeState, Queue, Unacked } from './node-state.ts'
import { numberIn } from './node-state.ts'
import { isWaiting, withWaiting } from './queue.ts'
import { timeoutOf } from './round.ts'
import { endDelay } from './settle.ts'
import {
  channelIn,
  NEW_CHANNEL,
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

/** Deliveries that somebody may keep too long. Looked for after every step: what is usual costs a glance. */
function keptDeliveries(s: NodeState, { settings }: Self): readonly Kept[] {
  const { consumer_timeout: broker, version } = settings
  let found: Kept[] | undefined
  for (const name in s.queues) {
    const queue = s.queues[name] as Queue
    for (const consumer of queue.consumers) {
      if (consumer.unacked === 0) continue
      const ms = timeoutOf(queue, consumer, broker, version)
      if (ms < 0 || ms >= OUTLIVES_EVERY_RUN_MS) continue
      found ??= []
      found.push(...keptBy(s, queue, consumer, ms))
    }
  }
  return found ?? NONE
}

function keptBy(s: NodeState, queue: Queue, consumer: Consumer, ms: number): readonly Kept[] {
  const { port, channel } = consumer
  const held = itemsOf(channelIn(s, port, channel)?.unacked ?? NEW_CHANNEL.unacked)
  return held
    .filter((each) => each.consumer === consumer.tag && each.queue === queue.name)
    .map(({ tag }) => ({ port, channel, tag, ms }))
}

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

function consumerTimesOut(turn: Turn, { port, channel: number, tag, ms }: Kept): void {
  if (turn.version === '4.0') {
    channelError(turn, port, number, timedOut(number, ms))
    return
  }
  const channel = channelIn(turn.s, port, number) as Channel
  const found = itemsOf(channel.unacked).find((each) => each.tag === tag)
  if (found !== undefined) endConsumer(turn, port, number, found.consumer)
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
    cites: 'Consumers: delivery acknowledgement timeout; 4.3: quorum queues cancel the consumer',
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
