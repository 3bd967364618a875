// The consumer's side of the classic group protocol: metadata, join, sync, heartbeats, and being thrown
// out. Joining happens inside poll, so a rebalance waits for the handler (ConsumerCoordinator.poll).
import { inHand } from '../../clients/handler.ts'
import type { ProcessSays } from '../../clients/publish.ts'
import type { Envelope, Out } from '../../engine/types.ts'
import { assignedAtLast, joined, metadataFor } from './consumer-election.ts'
import { laneFor, offsetFetchFor } from './consumer-lanes.ts'
import { isModern, leavingBeat, memberBeat } from './consumer-membership.ts'
import { rule } from './consumer-rule.ts'
import {
  allCommitted,
  autoCommitOf,
  type ConsumerSettings,
  type ConsumerState,
  fetchFor,
  hasToJoin,
  instanceOf,
  isEager,
  isMember,
  isStatic,
  knowsItsTopics,
  listOffsetsFor,
  loseMembership,
  mayPoll,
  newProcess,
  nodeOf,
  ownedOf,
  type Self,
  type Sends,
  topicsOf,
  withFatal,
} from './consumer-state.ts'
import type {
  Assignment,
  Heartbeat,
  HeartbeatsStop,
  JoinGroup,
  JoinGroupResponse,
  KafkaError,
  LeaveGroup,
  MetadataResponse,
} from './protocol.ts'
import { assignorsOf } from './settings.ts'

/** A fresh process asks the controller for its topics; the coordinator hears of it when it joins. */
export function start(s: ConsumerState, me: Self): Out<ConsumerState> {
  return {
    self: { ...newProcess(me, s.life, s.ids), process: 'running' },
    send: [
      ...topicsOf(me.settings).map((topic) => ['controller', metadataFor(topic, [])] as const),
      ...toProducer(me, 'ProcessStarts'),
    ],
  }
}

/** A service that publishes tells the producer in its own process how the process fares. */
export function toProducer(me: Self, kind: ProcessSays['kind']): Sends {
  return me.settings.publishes === undefined ? [] : [['producer', { kind }]]
}

/** What is asked of a partition whose leader is another is asked of that one. */
function redirected(before: ConsumerState, s: ConsumerState, me: Self): Sends {
  const { settings } = me
  return s.lanes.flatMap((lane): Sends => {
    if (nodeOf(before, settings, lane) === nodeOf(s, settings, lane)) return []
    if (lane.fetch === 'sent') return fetchFor(s, settings, lane)
    return lane.state === 'listing' && lane.fetch !== 'again'
      ? listOffsetsFor(s, settings, lane)
      : []
  })
}

function learn(s: ConsumerState, e: MetadataResponse, me: Self): Out<ConsumerState> {
  const { topic, leaders, epochs } = e
  const partitions = leaders.length
  const changed = s.partitions[topic] !== 0 && s.partitions[topic] !== partitions
  // Only the leader watches the metadata; the members follow its rebalance (ConsumerCoordinator
  // compares the metadata snapshot with the one of its last assignment, which only a leader has).
  const group = changed && s.group.leader ? { ...s.group, rejoin: true } : s.group
  const self = {
    ...s,
    group,
    stale: false,
    partitions: { ...s.partitions, [topic]: partitions },
    metadata: { ...s.metadata, [topic]: { leaders, epochs } },
  }
  const { self: now = self, send = [] } = assignedAtLast(self, me)
  return {
    self: now,
    reply: metadataFor(topic, epochs),
    send: [...redirected(s, self, me), ...send],
  }
}

/** It has reason to ask at once: what it knows has proved wrong, or does not name a leader. */
function isInHurry(s: ConsumerState): boolean {
  if (s.stale) return true
  for (const topic in s.metadata) if (s.metadata[topic]?.leaders.includes(-1)) return true
  return false
}

export function joinFor(s: ConsumerState, me: Self): JoinGroup {
  const protocols = assignorsOf(me.settings['partition.assignment.strategy'])
  const { member } = s.group
  const about = { about: member, member, ...instanceOf(me) }
  const topics = topicsOf(me.settings)
  const join = { kind: 'JoinGroup', ...about, topics, owned: ownedOf(s.lanes), protocols } as const
  return s.sticky === null ? join : { ...join, userData: s.sticky }
}

function heartbeatFor(s: ConsumerState, me: Self): Heartbeat {
  const { member, generation } = s.group
  return { kind: 'Heartbeat', about: member, member, ...instanceOf(me), generation }
}

/** What says that it is alive, in either protocol. */
export function beatFor(s: ConsumerState, me: Self): Envelope {
  return isModern(me) ? memberBeat(s, me) : heartbeatFor(s, me)
}

export function leaveFor(s: ConsumerState, reason: string): LeaveGroup {
  const { member } = s.group
  return { kind: 'LeaveGroup', about: member, member, reason }
}

/**
 * onJoinPrepare, inside poll: with automatic commits everything polled so far is committed first; then an
 * eager member gives up all partitions, a cooperative one keeps them; one that was thrown out lost them.
 */
function join(s: ConsumerState, me: Self): Out<ConsumerState> {
  const commit = s.group.lost ? null : autoCommitOf(s, me)
  const kept = commit === null ? s.lanes : allCommitted(s.lanes)
  const lanes = s.group.lost || isEager(me.settings) ? [] : kept
  const group = { ...s.group, phase: 'joining', rejoin: false, lost: false } as const
  const self = { ...s, group, lanes, turn: 0, commitDue: false }
  const send: Sends = commit === null ? [] : [['coordinator', commit]]
  send.push(['coordinator', joinFor(self, me)])
  return { self, send }
}

/** The new assignment, adopted in poll (onJoinComplete): what stays is kept with its position and records. */
function adopt(s: ConsumerState, assignment: Assignment, me: Self): Out<ConsumerState> {
  const lanes = Object.keys(assignment)
    .sort()
    .flatMap((topic) => (assignment[topic] ?? []).map((partition) => laneFor(s, topic, partition)))
  const revoked = s.lanes.some((lane) => !assignment[lane.topic]?.includes(lane.partition))
  // A cooperative member that had to give something up joins again, so that it can be handed over (KIP-429).
  const rejoin = s.group.rejoin || revoked
  const group = { ...s.group, phase: 'stable', pending: null, rejoin } as const
  const { member, generation } = group
  const joinedAs = { member, generation }
  const self = { ...s, group, joinedAs, lanes, turn: 0, sticky: memoryOf(s, assignment, me) }
  const ask = offsetFetchFor(lanes)
  return ask === null ? { self } : { self, send: [['coordinator', ask]] }
}

function synced(s: ConsumerState, assignment: Assignment, me: Self): Out<ConsumerState> {
  const assigned = { ...s, group: { ...s.group, phase: 'assigned', pending: assignment } as const }
  const beat = ['coordinator', heartbeatFor(s, me)] as const
  if (!mayPoll(s)) return { self: assigned, send: [beat] }
  const { self, send } = adopt(assigned, assignment, me)
  return { self: self ?? assigned, send: [beat, ...(send ?? [])] }
}

/** consumer.close(): what automatic commits owe is committed, the group hears of the leaving at once. */
export function close(s: ConsumerState, me: Self, reason: string): Sends {
  if (!isMember(s)) return []
  // A static member's place waits for it until its session ends (AbstractCoordinator.maybeLeaveGroup).
  const leave: Sends = isStatic(me) ? [] : [['coordinator', leaveFor(s, reason)]]
  const goes: Sends = isModern(me) ? [['coordinator', leavingBeat(s, me)]] : leave
  const commit = autoCommitOf(s, me)
  return commit === null ? goes : [['coordinator', commit], ...goes]
}

/** Thrown out, or fenced by a namesake: it is no member any more, and then the next poll throws. */
function refusedWith(s: ConsumerState, error: KafkaError | undefined, me: Self): ConsumerState {
  if (error !== 'FENCED_INSTANCE_ID') return loseMembership(s, me, error === 'UNKNOWN_MEMBER_ID')
  return withFatal(loseMembership(s, me, true), 'FencedInstanceIdException')
}

/** In the classic protocol it joins anew as somebody new, in the other one when its leaving is answered. */
function stale(s: ConsumerState, me: Self): ConsumerState {
  if (!isModern(me)) return loseMembership(s, me, true)
  const lost = loseMembership(s, me, false)
  return { ...lost, group: { ...lost.group, phase: 'leaving' } }
}

function goesAway(s: ConsumerState, me: Self): Envelope {
  const { member } = s.group
  if (isModern(me)) return leavingBeat(s, me)
  return isStatic(me)
    ? ({ kind: 'HeartbeatsStop', about: member, member } as HeartbeatsStop)
    : leaveFor(s, 'max.poll.interval.ms exceeded')
}

/** StickyAssignor.onAssignment; its memory is told the leader in the next join. */
function memoryOf(s: ConsumerState, assignment: Assignment, me: Self): ConsumerState['sticky'] {
  const assignors = assignorsOf(me.settings['partition.assignment.strategy'])
  return assignors.includes('sticky') ? { assignment, generation: s.group.generation } : null
}

/** A join that was under way when the member took a new id is answered too, and means nothing any more. */
const isOwnJoin = (s: ConsumerState, e: JoinGroupResponse) =>
  s.group.phase === 'joining' && e.member === s.group.member

/** Once it has its assignment. Before that, what it asks for says that it is alive. */
export const isBeating = (s: ConsumerState) =>
  s.group.phase === 'stable' || s.group.phase === 'assigned'

export const groupRules = [
  rule({
    name: 'Start',
    anytime: true,
    ready: { 'it has not been started yet': (s) => s.process === 'waiting' },
    takes: (settings) => [settings.joinsAtMs, settings.joinsAtMs],
    then: (s, _e, _x, me) => start(s, me),
  }),
  rule({
    name: 'MetadataResponse',
    on: 'MetadataResponse',
    cites:
      'ConsumerCoordinator.rejoinNeededOrPending: the leader rejoins when partitions were added',
    reads: ['metadata.max.age.ms'],
    ready: { 'it has no reason to ask at once': (s) => !isInHurry(s) },
    takes: (settings, s, e) => [
      0,
      s.partitions[e.topic] === 0 ? 0 : settings['metadata.max.age.ms'],
    ],
    then: (s, e, _x, me) => learn(s, e, me),
  }),
  rule({
    name: 'MetadataRefreshed',
    on: 'MetadataResponse',
    reads: ['retry.backoff.ms'],
    cites: 'Metadata.requestUpdate after InvalidMetadataException; KIP-951',
    ready: { 'it asks for the leaders at once': isInHurry },
    then: (s, e, _x, me) => learn(s, e, me),
  }),
  rule({
    name: 'JoinGroup',
    reads: ['partition.assignment.strategy', 'enable.auto.commit'],
    cites: 'ConsumerCoordinator.onJoinPrepare; KIP-429',
    ready: {
      'it has a group to join': hasToJoin,
      'it uses the classic protocol': (_s, me) => !isModern(me),
      'its thread is free to poll': mayPoll,
      'it knows the partitions of its topics': knowsItsTopics,
    },
    then: (s, _e, _x, me) => join(s, me),
  }),
  rule({
    name: 'JoinGroupResponse',
    on: 'JoinGroupResponse',
    reads: ['partition.assignment.strategy'],
    when: {
      'it answers the join under way': isOwnJoin,
      'it was let in': (_s, e) => e.error === undefined,
    },
    then: (s, e, _x, me) => joined(s, e, me),
  }),
  rule({
    name: 'JoinGroupRefused',
    on: 'JoinGroupResponse',
    when: {
      'it answers the join under way': isOwnJoin,
      'it was refused': (_s, e) => e.error !== undefined,
    },
    then: (s, e, _x, me) => ({ self: refusedWith(s, e.error, me) }),
  }),
  rule({
    name: 'IgnoreJoinGroupResponse',
    on: 'JoinGroupResponse',
    when: { 'it answers no join under way': (s, e) => !isOwnJoin(s, e) },
    then: () => ({}),
  }),
  rule({
    name: 'SyncGroupResponse',
    on: 'SyncGroupResponse',
    ready: { 'it waits for its assignment': (s) => s.group.phase === 'syncing' },
    when: { 'it got one': (_s, e) => e.error === undefined },
    then: (s, e, _x, me) => synced(s, e.assignment, me),
  }),
  rule({
    name: 'SyncGroupRebalancing',
    on: 'SyncGroupResponse',
    cites: 'AbstractCoordinator.SyncGroupResponseHandler: rejoin, keeping what is owned',
    ready: { 'it waits for its assignment': (s) => s.group.phase === 'syncing' },
    when: {
      'the next rebalance has begun': (_s, e) => e.error === 'REBALANCE_IN_PROGRESS',
    },
    then: (s) => ({ self: { ...s, group: { ...s.group, phase: 'stable', rejoin: true } } }),
  }),
  rule({
    name: 'SyncGroupRefused',
    on: 'SyncGroupResponse',
    ready: { 'it waits for its assignment': (s) => s.group.phase === 'syncing' },
    when: {
      'it is no member': (_s, e) => e.error !== undefined && e.error !== 'REBALANCE_IN_PROGRESS',
    },
    then: (s, e, _x, me) => ({ self: refusedWith(s, e.error, me) }),
  }),
  rule({
    name: 'IgnoreSyncGroupResponse',
    on: 'SyncGroupResponse',
    ready: { 'it waits for no assignment': (s) => s.group.phase !== 'syncing' },
    then: () => ({}),
  }),
  rule({
    name: 'OnPartitionsAssigned',
    cites: 'ConsumerRebalanceListener: callbacks run inside poll',
    ready: {
      'an assignment waits for the poll': (s) => s.group.phase === 'assigned',
      'it uses the classic protocol': (_s, me) => !isModern(me),
      'its thread is free to poll': mayPoll,
    },
    then: (s, _e, _x, me) => adopt(s, s.group.pending ?? {}, me),
  }),
  rule({
    name: 'HeartbeatRebalancing',
    on: 'HeartbeatResponse',
    cites: 'AbstractCoordinator.HeartbeatResponseHandler; it rejoins inside the next poll',
    ready: { 'it is beating': isBeating },
    when: { 'a rebalance has begun': (_s, e) => e.error === 'REBALANCE_IN_PROGRESS' },
    then: (s) => ({ self: { ...s, group: { ...s.group, rejoin: true } } }),
  }),
  rule({
    name: 'HeartbeatRefused',
    on: 'HeartbeatResponse',
    cites: 'ConsumerRebalanceListener.onPartitionsLost',
    ready: { 'it is beating': isBeating },
    when: { 'it is no member': (_s, e) => e.error !== 'REBALANCE_IN_PROGRESS' },
    then: (s, e, _x, me) => ({ self: refusedWith(s, e.error, me) }),
  }),
  rule({
    name: 'IgnoreHeartbeatResponse',
    on: 'HeartbeatResponse',
    ready: { 'it is not beating': (s) => !isBeating(s) },
    then: () => ({}),
  }),
  rule({
    name: 'PollIntervalExceeded',
    reads: ['max.poll.interval.ms', 'group.instance.id', 'group.protocol'],
    cites:
      'KIP-62: the heartbeat thread leaves the group when poll is not called in time; KIP-345: that of a static member only ceases',
    timer: true,
    ready: {
      'it is a member': (s) => isMember(s) && s.group.fatal === '',
      'its thread has not come back to poll': (s) => s.stalled || inHand(s.work),
    },
    usual: (s, _e, _x, me) => s.stalled || mayTakeLonger(s, me.settings),
    takes: (settings) => [settings['max.poll.interval.ms'], settings['max.poll.interval.ms']],
    then: (s, _e, _x, me) => ({
      self: stale(s, me),
      send: [['coordinator', goesAway(s, me)]],
    }),
  }),
  rule({
    name: 'Close',
    reads: ['enable.auto.commit', 'group.instance.id'],
    cites: 'KafkaConsumer.close: commits, then leaves the group, unless it is a static member',
    ready: {
      'it is being closed': (s) => s.closing,
      'the handler has finished its records': (s) => !inHand(s.work) && !s.stalled,
    },
    then: (s, _e, _x, me) => ({
      self: { ...newProcess(me, s.life + 1, s.ids + 1), process: 'left' },
      hangUp: true,
      send: close(s, me, 'the consumer is being closed'),
    }),
  }),
]

/** Whether the handler's own durations let the records in hand take longer than the interval. */
export function mayTakeLonger(
  s: Pick<ConsumerState, 'work'>,
  settings: Pick<ConsumerSettings, 'handler' | 'max.poll.interval.ms'>,
): boolean {
  const { ms, workers } = settings.handler
  const blocked = s.work.workers.some((worker) => worker.phase === 'blocked')
  const rounds = Math.ceil((s.work.batch?.items.length ?? 0) / workers)
  return blocked || rounds * ms[1] >= settings['max.poll.interval.ms']
}
