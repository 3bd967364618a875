// Positions and records: where the consumer begins, what it prefetches, and what poll hands to the handler.
// Automatic commits happen inside poll and nowhere else (besides closing and rejoining).
import { handOver, type Item } from '../../clients/handler.ts'
import type { Seen } from '../../clients/types.ts'
import type { Envelope, Out } from '../../engine/types.ts'
import { close } from './consumer-group.ts'
import { readable } from './consumer-isolation.ts'
import { offsetFetchFor } from './consumer-lanes.ts'
import { rule } from './consumer-rule.ts'
import {
  allCommitted,
  autoCommitOf,
  type ConsumerState,
  fetchFor,
  hasBuffered,
  hasGroupBusiness,
  hasUncommitted,
  isMember,
  type Lane,
  laneIndex,
  leaderOf,
  listOffsetsFor,
  mayPoll,
  modeOf,
  newProcess,
  nodeOf,
  type Self,
  type Sends,
  withLane,
} from './consumer-state.ts'
import type { FetchResponse, OffsetFetchResponse } from './protocol.ts'

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
    send.push(...(offset < 0 ? listOffsetsFor(s, settings, lane) : fetchFor(s, settings, lane)))
  }
  return { self, send }
}

/** A position from which records are being fetched. */
export function beginAt(position: number): Partial<Lane> {
  const empty = { buffer: [], taken: 0, epoch: -1 }
  return { state: 'ready', position, committed: position, fetch: 'sent', ...empty }
}

function outOfRange(s: ConsumerState, e: FetchResponse, me: Self): Out<ConsumerState> {
  const index = laneIndex(s, e.topic, e.partition)
  if (me.settings['auto.offset.reset'] === 'none') {
    return stop(s, me, `OffsetOutOfRangeException: ${e.topic}-${e.partition} at ${e.fetchOffset}`)
  }
  const self = withLane(s, index, { state: 'listing', position: -1, fetch: 'none' })
  return { self, send: listOffsetsFor(s, me.settings, self.lanes[index] as Lane) }
}

/**
 * What it has read is not in the log of the present leader: it goes on where both part
 * (SubscriptionState.maybeCompleteValidation).
 */
function goBack(s: ConsumerState, e: FetchResponse, me: Self): Out<ConsumerState> {
  const index = laneIndex(s, e.topic, e.partition)
  if (me.settings['auto.offset.reset'] === 'none') {
    return stop(s, me, `LogTruncationException: ${e.topic}-${e.partition} at ${e.fetchOffset}`)
  }
  const { committed } = s.lanes[index] as Lane
  const position = Math.min(e.fetchOffset, e.diverging as number)
  const self = withLane(s, index, { ...beginAt(position), committed })
  return { self, send: fetchFor(self, me.settings, self.lanes[index] as Lane) }
}

/**
 * Whether this answer is the one the partition waits for: not of a fetch from before a seek or rebalance, and not
 * of a node that led before.
 */
function isExpected(s: ConsumerState, e: FetchResponse, _x: unknown, me: Self): boolean {
  const lane = s.lanes[laneIndex(s, e.topic, e.partition)]
  if (lane?.fetch !== 'sent' || lane.position !== e.fetchOffset) return false
  return nodeOf(s, me.settings, lane) === me.port
}

function buffered(s: ConsumerState, e: FetchResponse): ConsumerState {
  const buffer = readable(e)
  const none = buffer.length === 0
  const index = laneIndex(s, e.topic, e.partition)
  const epoch = none ? {} : { epoch: e.epoch ?? 0 }
  const change = { buffer, taken: 0, fetch: none ? 'again' : 'none' } as const
  const self = withLane(s, index, { ...change, ...epoch })
  return s.stale ? { ...self, stale: false } : self
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
  const commit = s.commitDue ? autoCommitOf(s, me) : null
  let self = s
  if (s.commitDue) self = { ...s, commitDue: false }
  if (commit !== null) {
    send.push(['coordinator', commit])
    self = { ...self, lanes: allCommitted(s.lanes) }
  }
  const { lanes, items, drained, turn } = draw(self, settings['max.poll.records'])
  for (const lane of drained) send.push(...fetchFor(self, settings, lane))
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

/** Committed offsets that could not be told yet are asked for once more. */
function askForOffsets(s: ConsumerState): Out<ConsumerState> {
  const lanes = s.lanes.map((lane) =>
    lane.state === 'unstable' ? ({ ...lane, state: 'asked' } as const) : lane,
  )
  const asked = lanes.filter((_, i) => s.lanes[i]?.state === 'unstable')
  return { self: { ...s, lanes }, send: [['coordinator', offsetFetchFor(asked) as Envelope]] }
}

const isAsking = (s: ConsumerState) => s.lanes.some((lane) => lane.state === 'asked')
const isAgain = (s: ConsumerState, lane: Lane) => lane.fetch === 'again' && leaderOf(s, lane) >= 0
const isToRefetch = (s: ConsumerState) => {
  for (const lane of s.lanes) if (isAgain(s, lane)) return true
  return false
}

/** What was refused is asked for once more: records, or where the log begins or ends. */
function askAgain(s: ConsumerState, me: Self): Out<ConsumerState> {
  const again = s.lanes.filter((lane) => isAgain(s, lane))
  const lanes = s.lanes.map((lane): Lane => {
    if (!again.includes(lane)) return lane
    return { ...lane, fetch: lane.state === 'listing' ? 'none' : 'sent' }
  })
  const send = again.flatMap((lane) =>
    lane.state === 'listing'
      ? listOffsetsFor(s, me.settings, lane)
      : fetchFor(s, me.settings, lane),
  )
  return { self: { ...s, lanes }, send }
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
    then: askForOffsets,
  }),
  rule({
    name: 'ListOffsetsResponse',
    on: 'ListOffsetsResponse',
    reads: ['auto.offset.reset'],
    when: {
      'the partition waits for it': (s, e) =>
        s.lanes[laneIndex(s, e.topic, e.partition)]?.state === 'listing',
      'it says where': (_s, e) => e.error === undefined,
    },
    then: (s, e, _x, me) => {
      const index = laneIndex(s, e.topic, e.partition)
      const self = withLane(s, index, { ...beginAt(e.offset), committed: -1 })
      return { self, send: fetchFor(s, me.settings, self.lanes[index] as Lane) }
    },
  }),
  rule({
    name: 'ListOffsetsRefused',
    on: 'ListOffsetsResponse',
    cites:
      'OffsetFetcherUtils: NOT_LEADER_OR_FOLLOWER, OFFSET_NOT_AVAILABLE; metadata.requestUpdate',
    when: {
      'the partition waits for it': (s, e) =>
        s.lanes[laneIndex(s, e.topic, e.partition)]?.state === 'listing',
      'it was refused': (_s, e) => e.error !== undefined,
    },
    then: (s, e) => {
      const self = withLane(s, laneIndex(s, e.topic, e.partition), { fetch: 'again' })
      return { self: { ...self, stale: true } }
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
      'it carries no error': (_s, e) => e.error === undefined && e.diverging === undefined,
    },
    reads: ['isolation.level'],
    then: (s, e) => ({ self: buffered(s, e) }),
  }),
  rule({
    name: 'LogTruncation',
    on: 'FetchResponse',
    reads: ['auto.offset.reset'],
    cites: 'KIP-320: truncation detected; LogTruncationException with auto.offset.reset=none',
    when: {
      'the partition waits for it': isExpected,
      'what it has read is not in the log': (_s, e) => e.diverging !== undefined,
    },
    then: (s, e, _x, me) => goBack(s, e, me),
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
    then: (s, e) => {
      const self = withLane(s, laneIndex(s, e.topic, e.partition), { fetch: 'again' })
      return { self: { ...self, stale: true } }
    },
  }),
  rule({
    name: 'IgnoreFetchResponse',
    on: 'FetchResponse',
    when: { 'no partition waits for it': (s, e, x, me) => !isExpected(s, e, x, me) },
    then: () => ({}),
  }),
  rule({
    name: 'RetryFetch',
    reads: ['retry.backoff.ms'],
    ready: { 'a fetch was refused': isToRefetch },
    takes: (settings) => [settings['retry.backoff.ms'], settings['retry.backoff.ms']],
    then: (s, _e, _x, me) => askAgain(s, me),
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
