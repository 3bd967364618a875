// Positions and records: where the consumer begins, what it prefetches, and what poll hands to the handler.
// Automatic commits happen inside poll and nowhere else (besides closing and rejoining).
import { handOver, type Item } from '../../clients/handler.ts'
import type { Seen } from '../../clients/types.ts'
import type { Envelope, Out } from '../../engine/types.ts'
import { close, offsetFetchFor } from './consumer-group.ts'
import { readable } from './consumer-isolation.ts'
import { rule } from './consumer-rule.ts'
import {
  allCommitted,
  autoCommitOf,
  type ConsumerSettings,
  type ConsumerState,
  fetchFor,
  hasBuffered,
  hasGroupBusiness,
  hasUncommitted,
  isMember,
  isolationOf,
  type Lane,
  laneIndex,
  mayPoll,
  modeOf,
  newProcess,
  nodeOf,
  type Self,
  type Sends,
  withLane,
} from './consumer-state.ts'
import type { FetchResponse, ListOffsets, OffsetFetchResponse } from './protocol.ts'

/** Where a partition without a usable offset begins: `auto.offset.reset` asks the log. */
export function listOffsetsFor(
  s: ConsumerState,
  settings: ConsumerSettings,
  lane: Lane,
): readonly [port: string, envelope: ListOffsets] {
  const { topic, partition } = lane
  const at = settings['auto.offset.reset'] === 'latest' ? 'latest' : 'earliest'
  const about = `${topic}/${partition}`
  const asks = { kind: 'ListOffsets', about, topic, partition, at } as const
  return [nodeOf(s, settings, lane), { ...asks, ...isolationOf(settings) }]
}

/** An exception that leaves poll ends the application; closing the consumer leaves the group. */
export function stop(s: ConsumerState, me: Self, said: string): Out<ConsumerState> {
  return {
    self: { ...newProcess(me, s.life, s.ids), process: 'stopped', said },
    hangUp: true,
    send: close(s, me, said),
  }
}

function takeOffsets(s: ConsumerState, e: OffsetFetchResponse, me: Self): Out<ConsumerState> {
  const { settings } = me
  let self = s
  const send: Sends = []
  for (const { topic, partition, offset, error } of e.offsets) {
    const index = laneIndex(self, topic, partition)
    if (self.lanes[index]?.state !== 'asked') continue
    if (error !== undefined) {
      self = withLane(self, index, { state: 'unstable' })
      continue
    }
    if (offset < 0 && settings['auto.offset.reset'] === 'none') {
      return stop(s, me, `NoOffsetForPartitionException: ${topic}-${partition}`)
    }
    if (offset < 0) self = withLane(self, index, { state: 'listing' })
    else self = withLane(self, index, beginAt(offset))
    const lane = self.lanes[index] as Lane
    send.push(offset < 0 ? listOffsetsFor(s, settings, lane) : fetchFor(s, settings, lane))
  }
  return { self, send }
}

/** A position from which records are being fetched. */
export function beginAt(position: number): Partial<Lane> {
  return { state: 'ready', position, committed: position, fetch: 'sent', buffer: [], taken: 0 }
}

function outOfRange(s: ConsumerState, e: FetchResponse, me: Self): Out<ConsumerState> {
  const index = laneIndex(s, e.topic, e.partition)
  if (me.settings['auto.offset.reset'] === 'none') {
    return stop(s, me, `OffsetOutOfRangeException: ${e.topic}-${e.partition} at ${e.fetchOffset}`)
  }
  const self = withLane(s, index, { state: 'listing', position: -1, fetch: 'none' })
  return { self, send: [listOffsetsFor(s, me.settings, self.lanes[index] as Lane)] }
}

/** Whether this answer is the one the partition waits for: not of a fetch from before a seek or rebalance. */
function isExpected(s: ConsumerState, e: FetchResponse): boolean {
  const lane = s.lanes[laneIndex(s, e.topic, e.partition)]
  return lane?.fetch === 'sent' && lane.position === e.fetchOffset
}

/**
 * Takes up to `max.poll.records` from the buffers, one partition after the other, beginning at `turn`. What
 * is no application's to see is passed over.
 */
function draw(s: ConsumerState, atMost: number) {
  const lanes = s.lanes.slice()
  const items: Item[] = []
  const drained: Lane[] = []
  let turn = s.turn
  for (let k = 0; k < lanes.length && items.length < atMost; k++) {
    const index = (s.turn + k) % lanes.length
    const lane = lanes[index] as Lane
    const end = Math.min(lane.buffer.length, lane.taken + atMost - items.length)
    if (end === 0) continue
    for (let i = lane.taken; i < end; i++) {
      const { offset, message } = lane.buffer[i] as Lane['buffer'][number]
      if (message === null) continue
      items.push({ place: { stream: lane.topic, lane: lane.partition, offset }, message })
    }
    const position = (lane.buffer[end - 1] as Lane['buffer'][number]).offset + 1
    const empty = end === lane.buffer.length
    const change = empty
      ? ({ position, taken: 0, buffer: [], fetch: 'sent' } as const)
      : { position, taken: end }
    lanes[index] = { ...lane, ...change }
    if (empty) drained.push(lanes[index])
    turn = empty ? (index + 1) % lanes.length : index
  }
  return { lanes, items, drained, turn }
}

/**
 * One poll. First the automatic commit, when it is due: it names the positions, that is everything that
 * EARLIER polls returned. Then records; a partition whose prefetched records are used up is fetched again.
 */
function poll(s: ConsumerState, me: Self): Out<ConsumerState> {
  const { settings } = me
  const send: Sends = []
  const commit = s.commitDue ? autoCommitOf(s, settings) : null
  let self = s
  if (s.commitDue) self = { ...s, commitDue: false }
  if (commit !== null) {
    send.push(['coordinator', commit])
    self = { ...self, lanes: allCommitted(s.lanes) }
  }
  const { lanes, items, drained, turn } = draw(self, settings['max.poll.records'])
  for (const lane of drained) send.push(fetchFor(self, settings, lane))
  if (items.length === 0) return { self: { ...self, lanes, turn }, send }
  const work = handOver(items, settings.handler, modeOf(settings))
  const observe = items.map(
    (item): Seen => ({
      kind: 'delivered',
      actor: me.id,
      group: settings.service,
      message: item.message,
      place: item.place,
    }),
  )
  return { self: { ...self, lanes, turn, work }, send, observe }
}

const isUnstable = (s: ConsumerState) => {
  for (const lane of s.lanes) if (lane.state === 'unstable') return true
  return false
}

function askAgain(s: ConsumerState): Out<ConsumerState> {
  const lanes = s.lanes.map((lane) =>
    lane.state === 'unstable' ? ({ ...lane, state: 'asked' } as const) : lane,
  )
  const asked = lanes.filter((_, i) => s.lanes[i]?.state === 'unstable')
  return { self: { ...s, lanes }, send: [['coordinator', offsetFetchFor(asked) as Envelope]] }
}

const isAsking = (s: ConsumerState) => s.lanes.some((lane) => lane.state === 'asked')
const isToRefetch = (s: ConsumerState) => {
  for (const lane of s.lanes) if (lane.fetch === 'again') return true
  return false
}

export const pollRules = [
  rule({
    name: 'OffsetFetchResponse',
    on: 'OffsetFetchResponse',
    reads: ['auto.offset.reset'],
    ready: { 'it asked for committed offsets': isAsking },
    then: (s, e, _x, me) => takeOffsets(s, e, me),
  }),
  rule({
    name: 'IgnoreOffsetFetchResponse',
    on: 'OffsetFetchResponse',
    ready: { 'it asked for none': (s) => !isAsking(s) },
    then: () => ({}),
  }),
  rule({
    name: 'RetryOffsetFetch',
    reads: ['retry.backoff.ms'],
    cites: 'UNSTABLE_OFFSET_COMMIT: a transaction has yet to decide about the offset (KIP-447)',
    ready: { 'an offset was not to be told yet': isUnstable },
    takes: (settings) => [settings['retry.backoff.ms'], settings['retry.backoff.ms']],
    then: askAgain,
  }),
  rule({
    name: 'ListOffsetsResponse',
    on: 'ListOffsetsResponse',
    reads: ['auto.offset.reset'],
    when: {
      'the partition waits for it': (s, e) =>
        s.lanes[laneIndex(s, e.topic, e.partition)]?.state === 'listing',
    },
    then: (s, e, _x, me) => {
      const index = laneIndex(s, e.topic, e.partition)
      const self = withLane(s, index, { ...beginAt(e.offset), committed: -1 })
      return { self, send: [fetchFor(s, me.settings, self.lanes[index] as Lane)] }
    },
  }),
  rule({
    name: 'IgnoreListOffsetsResponse',
    on: 'ListOffsetsResponse',
    when: {
      'no partition waits for it': (s, e) =>
        s.lanes[laneIndex(s, e.topic, e.partition)]?.state !== 'listing',
    },
    then: () => ({}),
  }),
  rule({
    name: 'FetchResponse',
    on: 'FetchResponse',
    when: {
      'the partition waits for it': isExpected,
      'it carries no error': (_s, e) => e.error === undefined,
    },
    reads: ['isolation.level'],
    then: (s, e) => ({
      self: withLane(s, laneIndex(s, e.topic, e.partition), {
        buffer: readable(e),
        taken: 0,
        fetch: e.records.length === 0 ? 'again' : 'none',
      }),
    }),
  }),
  rule({
    name: 'OffsetOutOfRange',
    on: 'FetchResponse',
    reads: ['auto.offset.reset'],
    cites: 'FetchCollector.handleInitializeErrors',
    when: {
      'the partition waits for it': isExpected,
      'its offset is not in the log': (_s, e) => e.error === 'OFFSET_OUT_OF_RANGE',
    },
    then: (s, e, _x, me) => outOfRange(s, e, me),
  }),
  rule({
    name: 'FetchRefused',
    on: 'FetchResponse',
    when: {
      'the partition waits for it': isExpected,
      'it was refused for now': (_s, e) =>
        e.error !== undefined && e.error !== 'OFFSET_OUT_OF_RANGE',
    },
    then: (s, e) => ({ self: withLane(s, laneIndex(s, e.topic, e.partition), { fetch: 'again' }) }),
  }),
  rule({
    name: 'IgnoreFetchResponse',
    on: 'FetchResponse',
    when: { 'no partition waits for it': (s, e) => !isExpected(s, e) },
    then: () => ({}),
  }),
  rule({
    name: 'RetryFetch',
    reads: ['retry.backoff.ms'],
    ready: { 'a fetch was refused': isToRefetch },
    takes: (settings) => [settings['retry.backoff.ms'], settings['retry.backoff.ms']],
    then: (s, _e, _x, me) => ({
      self: {
        ...s,
        lanes: s.lanes.map((lane) => (lane.fetch === 'again' ? { ...lane, fetch: 'sent' } : lane)),
      },
      send: s.lanes
        .filter((lane) => lane.fetch === 'again')
        .map((lane) => fetchFor(s, me.settings, lane)),
    }),
  }),
  rule({
    name: 'AutoCommitIntervalPasses',
    reads: ['enable.auto.commit', 'auto.commit.interval.ms'],
    timer: true,
    ready: {
      'automatic commits are on': (_s, me) => me.settings['enable.auto.commit'],
      'it is a member': isMember,
      'none is due yet': (s) => !s.commitDue,
      'a position has moved since the last': hasUncommitted,
    },
    takes: (settings) => [settings['auto.commit.interval.ms'], settings['auto.commit.interval.ms']],
    then: (s) => ({ self: { ...s, commitDue: true } }),
  }),
  rule({
    name: 'Poll',
    reads: ['max.poll.records', 'enable.auto.commit'],
    cites: 'KafkaConsumer.poll; ConsumerCoordinator.maybeAutoCommitOffsetsAsync',
    ready: {
      'there is something to return, or a commit is due': (s) => s.commitDue || hasBuffered(s),
      'its thread is free to poll': mayPoll,
      'it has no rebalance to attend to first': (s) => !hasGroupBusiness(s),
    },
    then: (s, _e, _x, me) => poll(s, me),
  }),
]
