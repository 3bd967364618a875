// The coordinator of one consumer group, classic protocol: join, sync, heartbeats, sessions, offsets. It
// knows no topics: the leading member learns of added partitions and joins again.
import { claiming, ruleFor } from '../../engine/rule.ts'
import type { Kind, Out } from '../../engine/types.ts'
import { decide } from '../_decision.ts'
import { coordinatorClaims, isCalm, REBALANCING, silentAbout } from './commuting.ts'
import { firstHost, hostRules, isAtHome, isFromNode } from './coordinator-host.ts'
import { loaded, writing } from './coordinator-log.ts'
import { commit, fetchOffsets, rewind, rewindsOnOffer } from './coordinator-offsets.ts'
import {
  dropMissing,
  dropUnsynced,
  endInitialDelay,
  join,
  loseConnection,
  prepareRebalance,
  quieten,
  removeMember,
  sync,
} from './coordinator-rebalance.ts'
import {
  type CoordinatorSettings,
  type CoordinatorState,
  EMPTY_GROUP,
  heartbeatAnswer,
  isKnown,
  isStopped,
  isWaiting,
  memberOf,
  rebalanceTimeout,
  sessionOf,
  withMember,
} from './coordinator-state.ts'
import { fencedInstance } from './coordinator-static.ts'
import {
  heartbeatTable,
  requestFacts,
  txnCommitFacts,
  txnCommitTable,
} from './coordinator-tables.ts'
import { offsetTransactionRules } from './coordinator-transactions.ts'
import type { Heartbeat, KafkaEnvelope } from './protocol.ts'
import { answeredToNobody, TRANSACTIONS } from './transaction-peers.ts'

const rule = ruleFor<CoordinatorState, CoordinatorSettings, KafkaEnvelope>()
const exactly = (ms: number) => [ms, ms] as const
const ONCE: readonly number[] = []

function beat(s: CoordinatorState, e: Heartbeat): Out<CoordinatorState> {
  const fenced = fencedInstance(s, e)
  if (fenced !== null) return { reply: heartbeatAnswer(fenced) }
  const answer = decide(heartbeatTable, requestFacts(s, e))
  if (answer === 'park')
    return { self: withMember(s, e.member, { parked: 'Heartbeat', silent: false }) }
  const alive = answer === 'REBALANCE_IN_PROGRESS'
  const self = alive ? withMember(s, e.member, { silent: false }) : s
  return { self, reply: heartbeatAnswer(answer) }
}

export const coordinatorRules = [
  rule({
    name: 'JoinGroup',
    on: 'JoinGroup',
    reads: ['partition.assignment.strategy', 'group.instance.id'],
    cites: 'KIP-345; GroupMetadataManager.classicGroupJoin; a table in coordinator-tables.ts',
    then: (s, e, _x, me) => join(s, e, me),
  }),
  rule({
    name: 'SyncGroup',
    on: 'SyncGroup',
    cites: 'GroupMetadataManager.classicGroupSync; a table in coordinator-tables.ts',
    then: (s, e, _x, me) => sync(s, e, me),
  }),
  rule({
    name: 'Heartbeat',
    on: 'Heartbeat',
    cites: 'GroupMetadataManager.classicGroupHeartbeat; a table in coordinator-tables.ts',
    then: (s, e) => beat(s, e),
  }),
  rule({
    name: 'HeartbeatsStop',
    on: 'HeartbeatsStop',
    cites: 'A paused process sends no heartbeat; its connection stays open',
    then: (s, e) => ({ self: quieten(s, e.member) }),
  }),
  rule({
    name: 'LeaveGroup',
    on: 'LeaveGroup',
    cites: 'GroupMetadataManager.classicGroupLeave',
    when: { 'it is a member': (s, e) => isKnown(s, e.member) },
    then: (s, e, _x, me) => removeMember(s, e.member, e.reason, me),
  }),
  rule({
    name: 'IgnoreLeaveGroup',
    on: 'LeaveGroup',
    cites: 'UNKNOWN_MEMBER_ID, which a leaving client does not act upon',
    when: { 'it is no member': (s, e) => !isKnown(s, e.member) },
    then: () => ({}),
  }),
  rule({
    name: 'OffsetCommit',
    on: 'OffsetCommit',
    cites: 'ClassicGroup.validateOffsetCommit; a table in coordinator-tables.ts',
    then: (s, e, _x, me) => commit(s, e, me),
  }),
  rule({
    name: 'OffsetFetch',
    on: 'OffsetFetch',
    then: (s, e) => ({ reply: fetchOffsets(s, e) }),
  }),
  rule({
    name: 'ConnectionClosed',
    on: 'ConnectionClosed',
    cites: 'A broker takes no notice of a closed socket of a member: its session has to run out',
    ready: {
      'it was a member or a client': (_s, me) => !isFromNode(me) && me.port !== TRANSACTIONS,
    },
    then: (s, e, _x, me) => ({
      self: {
        ...loseConnection(s, me.port, e.cut === true),
        verifying: answeredToNobody(s.verifying, me.port),
      },
    }),
  }),
  rule({
    name: 'InitialRebalanceDelay',
    timer: true,
    reads: ['group.initial.rebalance.delay.ms'],
    cites: 'KIP-134; prolonged while members come, at most to the rebalance timeout',
    each: (s) => (s.delays < 0 ? ONCE : [s.delays]),
    takes: (settings) => exactly(settings['group.initial.rebalance.delay.ms']),
    then: (s, _e, _x, me) => endInitialDelay(s, me),
  }),
  rule({
    name: 'RebalanceTimeoutExpires',
    timer: true,
    reads: ['max.poll.interval.ms'],
    cites:
      'KIP-62: the rebalance timeout of a consumer is its max.poll.interval.ms; of the members’ the longest counts',
    ready: {
      'a rebalance is being prepared': (s) => s.phase === 'PreparingRebalance' && s.delays < 0,
    },
    each: (s) => [s.postponed ? -s.generation : s.generation],
    usual: (s, _e, _x, me) =>
      me.settings.longestPollMs >= me.settings['max.poll.interval.ms'] ||
      s.members.some((member) => !member.joined && isStopped(member)),
    takes: (settings, s) => exactly(rebalanceTimeout(s, settings)),
    then: (s, _e, _x, me) => dropMissing(s, me),
  }),
  rule({
    name: 'SyncTimeoutExpires',
    timer: true,
    reads: ['max.poll.interval.ms'],
    cites: 'KAFKA-12890; GroupMetadataManager.schedulePendingSync, expirePendingSync',
    ready: {
      'a member has yet to ask for its assignment': (s) => s.members.some((each) => each.unsynced),
    },
    each: (s) => [s.generation],
    // Who is alive asks at once.
    usual: (s) => s.members.some((member) => member.unsynced && isStopped(member)),
    takes: (settings, s) => exactly(rebalanceTimeout(s, settings)),
    then: (s, _e, _x, me) => dropUnsynced(s, me),
  }),
  rule({
    name: 'SessionTimeoutExpires',
    timer: true,
    reads: ['session.timeout.ms'],
    cites: 'GroupMetadataManager.expireClassicGroupMemberHeartbeat',
    each: (s) => s.members.map((member) => member.id),
    when: {
      'its heartbeats have ceased': (s, _e, id) => (memberOf(s, id)?.silent ?? false) !== false,
      'no join or sync of it is under way': (s, _e, id) => !isWaiting(s, id),
    },
    // One whose line was cut is back within retry.backoff.ms.
    usual: (s, _e, id) => isStopped(memberOf(s, id)),
    takes: (settings, _s, _e, id) => exactly(sessionOf(settings, id)),
    then: (s, _e, id, me) => removeMember(s, id, 'no heartbeat within session.timeout.ms', me),
  }),
  rule({
    name: 'ForceRebalance',
    fault: { kind: 'force-rebalance' },
    cites: 'A deploy, a scaling, or an administrator calls the group together',
    ready: { 'the group is stable': (s) => s.phase === 'Stable' },
    then: (s) => prepareRebalance(s),
  }),
  rule({
    name: 'RewindOffset',
    fault: { kind: 'rewind-offset' },
    cites:
      'kafka-consumer-groups.sh --reset-offsets --to-offset: refused while the group has members',
    ready: { 'the group has no members': (s) => s.phase === 'Empty' },
    each: rewindsOnOffer,
    then: (s, _e, offset, me) => rewind(s, offset, me),
  }),
]

const transactionRules = offsetTransactionRules<CoordinatorState, CoordinatorSettings>((s, e) =>
  decide(txnCommitTable, txnCommitFacts(s, e)),
)

export const coordinatorKind: Kind<CoordinatorState, CoordinatorSettings> = {
  name: 'kafka group coordinator',
  init: (me) => ({ ...EMPTY_GROUP, host: firstHost(me.settings) }),
  active: { 'a node hosts it': isAtHome },
  silent: silentAbout(REBALANCING, isCalm),
  rules: claiming(coordinatorClaims, [
    ...[...coordinatorRules, ...transactionRules].map(writing),
    ...hostRules(loaded),
  ]),
}
