// The consumer's side of the classic group protocol: metadata, join, sync, heartbeats, and being thrown
// out. Joining happens inside poll, so a rebalance waits for the handler (ConsumerCoordinator.poll).
import { inHand } from '../../clients/handler.ts'
import type { ProcessSays } from '../../clients/publish.ts'
import type { Envelope, Out } from '../../engine/types.ts'
import { assign } from './assignors.ts'
import { rule } from './consumer-rule.ts'
import {
  allCommitted,
  autoCommitOf,
  type ConsumerSettings,
  type ConsumerState,
  hasToJoin,
  isEager,
  isMember,
  knowsItsTopics,
  type Lane,
  loseMembership,
  mayPoll,
  newProcess,
  ownedOf,
  type Self,
  type Sends,
  topicsOf,
} from './consumer-state.ts'
import type {
  Assignment,
  Heartbeat,
  JoinGroup,
  JoinGroupResponse,
  LeaveGroup,
  MetadataResponse,
  OffsetFetch,
  SyncGroup,
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

export function metadataFor(topic: string, known: readonly number[]): Envelope {
  return { kind: 'Metadata', about: topic, topic, known } as Envelope
}

function learn(s: ConsumerState, e: MetadataResponse): Out<ConsumerState> {
  const { topic, leaders, epochs } = e
  const partitions = leaders.length
  const changed = s.partitions[topic] !== 0 && s.partitions[topic] !== partitions
  // Only the leader watches the metadata; the members follow its rebalance (ConsumerCoordinator
  // compares the metadata snapshot with the one of its last assignment, which only a leader has).
  const group = changed && s.group.leader ? { ...s.group, rejoin: true } : s.group
  return {
    self: {
      ...s,
      group,
      partitions: { ...s.partitions, [topic]: partitions },
      metadata: { ...s.metadata, [topic]: { leaders, epochs } },
    },
    reply: metadataFor(topic, epochs),
  }
}

export function joinFor(s: ConsumerState, settings: ConsumerSettings): JoinGroup {
  const protocols = assignorsOf(settings['partition.assignment.strategy'])
  const { member } = s.group
  const topics = topicsOf(settings)
  return { kind: 'JoinGroup', about: member, member, topics, owned: ownedOf(s.lanes), protocols }
}

export function heartbeatFor(s: ConsumerState): Heartbeat {
  const { member, generation } = s.group
  return { kind: 'Heartbeat', about: member, member, generation }
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
  const commit = s.group.lost ? null : autoCommitOf(s, me.settings)
  const kept = commit === null ? s.lanes : allCommitted(s.lanes)
  const lanes = s.group.lost || isEager(me.settings) ? [] : kept
  const group = { ...s.group, phase: 'joining', rejoin: false, lost: false } as const
  const self = { ...s, group, lanes, turn: 0, commitDue: false }
  const send: Sends = commit === null ? [] : [['coordinator', commit]]
  send.push(['coordinator', joinFor(self, me.settings)])
  return { self, send }
}

function joined(s: ConsumerState, e: JoinGroupResponse): Out<ConsumerState> {
  const { generation, leader } = e
  const leads = leader === s.group.member
  const group = { ...s.group, phase: 'syncing', generation, leader: leads } as const
  const { member } = group
  const sync: SyncGroup = { kind: 'SyncGroup', about: member, member, generation }
  if (!leads) return { self: { ...s, group }, reply: sync }
  const assignments = assign(e.protocol, e.members, s.partitions)
  const decided: SyncGroup = { ...sync, assignments }
  return { self: { ...s, group }, reply: decided }
}

/** The new assignment, adopted in poll (onJoinComplete): what stays is kept with its position and records. */
function adopt(s: ConsumerState, assignment: Assignment): Out<ConsumerState> {
  const lanes = Object.keys(assignment)
    .sort()
    .flatMap((topic) => (assignment[topic] ?? []).map((partition) => laneFor(s, topic, partition)))
  const revoked = s.lanes.some((lane) => !assignment[lane.topic]?.includes(lane.partition))
  // A cooperative member that had to give something up joins again, so that it can be handed over (KIP-429).
  const rejoin = s.group.rejoin || revoked
  const group = { ...s.group, phase: 'stable', pending: null, rejoin } as const
  const { member, generation } = group
  const self = { ...s, group, joinedAs: { member, generation }, lanes, turn: 0 }
  const ask = offsetFetchFor(lanes)
  return ask === null ? { self } : { self, send: [['coordinator', ask]] }
}

export function offsetFetchFor(lanes: readonly Lane[]): OffsetFetch | null {
  const asked = lanes.filter((lane) => lane.state === 'asked')
  if (asked.length === 0) return null
  const partitions = asked.map(({ topic, partition }) => ({ topic, partition }))
  return { kind: 'OffsetFetch', partitions, requireStable: true }
}

function laneFor(s: ConsumerState, topic: string, partition: number): Lane {
  const kept = s.lanes.find((lane) => lane.topic === topic && lane.partition === partition)
  if (kept !== undefined) return kept
  return {
    topic,
    partition,
    state: 'asked',
    position: -1,
    committed: -1,
    fetch: 'none',
    buffer: [],
    taken: 0,
  }
}

function synced(s: ConsumerState, assignment: Assignment): Out<ConsumerState> {
  const assigned = { ...s, group: { ...s.group, phase: 'assigned', pending: assignment } as const }
  const beat = ['coordinator', heartbeatFor(s)] as const
  if (!mayPoll(s)) return { self: assigned, send: [beat] }
  const { self, send } = adopt(assigned, assignment)
  return { self: self ?? assigned, send: [beat, ...(send ?? [])] }
}

/** consumer.close(): what automatic commits owe is committed, the group hears of the leaving at once. */
export function close(s: ConsumerState, me: Self, reason: string): Sends {
  if (!isMember(s)) return []
  const commit = autoCommitOf(s, me.settings)
  const sends: Sends = commit === null ? [] : [['coordinator', commit]]
  sends.push(['coordinator', leaveFor(s, reason)])
  return sends
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
    takes: (settings, s, e) => [
      0,
      s.partitions[e.topic] === 0 ? 0 : settings['metadata.max.age.ms'],
    ],
    then: (s, e) => learn(s, e),
  }),
  rule({
    name: 'JoinGroup',
    reads: ['partition.assignment.strategy', 'enable.auto.commit'],
    cites: 'ConsumerCoordinator.onJoinPrepare; KIP-429',
    ready: {
      'it has a group to join': hasToJoin,
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
    then: (s, e) => joined(s, e),
  }),
  rule({
    name: 'JoinGroupRefused',
    on: 'JoinGroupResponse',
    when: {
      'it answers the join under way': isOwnJoin,
      'it was refused': (_s, e) => e.error !== undefined,
    },
    then: (s, e, _x, me) => ({ self: loseMembership(s, me, e.error === 'UNKNOWN_MEMBER_ID') }),
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
    then: (s, e) => synced(s, e.assignment),
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
    then: (s, e, _x, me) => ({ self: loseMembership(s, me, e.error === 'UNKNOWN_MEMBER_ID') }),
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
      'its thread is free to poll': mayPoll,
    },
    then: (s) => adopt(s, s.group.pending ?? {}),
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
    then: (s, e, _x, me) => ({ self: loseMembership(s, me, e.error === 'UNKNOWN_MEMBER_ID') }),
  }),
  rule({
    name: 'IgnoreHeartbeatResponse',
    on: 'HeartbeatResponse',
    ready: { 'it is not beating': (s) => !isBeating(s) },
    then: () => ({}),
  }),
  rule({
    name: 'PollIntervalExceeded',
    reads: ['max.poll.interval.ms'],
    cites: 'KIP-62: the heartbeat thread leaves the group when poll is not called in time',
    timer: true,
    ready: {
      'it is a member': isMember,
      'its thread has not come back to poll': (s) => s.stalled || inHand(s.work),
    },
    usual: (s, _e, _x, me) => s.stalled || mayTakeLonger(s, me.settings),
    takes: (settings) => [settings['max.poll.interval.ms'], settings['max.poll.interval.ms']],
    then: (s, _e, _x, me) => ({
      self: loseMembership(s, me, true),
      send: [['coordinator', leaveFor(s, 'max.poll.interval.ms exceeded')]],
    }),
  }),
  rule({
    name: 'Close',
    reads: ['enable.auto.commit'],
    cites: 'KafkaConsumer.close: commits, then leaves the group',
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
function mayTakeLonger(s: ConsumerState, settings: ConsumerSettings): boolean {
  const { ms, workers } = settings.handler
  const blocked = s.work.workers.some((worker) => worker.phase === 'blocked')
  const rounds = Math.ceil((s.work.batch?.items.length ?? 0) / workers)
  return blocked || rounds * ms[1] >= settings['max.poll.interval.ms']
}
