// The coordinator of one consumer group with group.protocol=consumer (KIP-848). It shares the partitions out
// itself, and moves each member towards its share while the others work on.
import { claiming, ruleFor } from '../../engine/rule.ts'
import type { Kind, Out } from '../../engine/types.ts'
import { isModernCalm, modernCoordinatorClaims, REBALANCING, silentAbout } from './commuting.ts'
import { fetchOffsets, modernCommit, rewind, rewindsOnOffer } from './coordinator-offsets.ts'
import { actorOf } from './coordinator-state.ts'
import { offsetTransactionRules } from './coordinator-transactions.ts'
import { askFor, fence, heartbeat, tellOthers } from './modern-heartbeat.ts'
import {
  type ModernGroupState,
  type ModernMember,
  type ModernSettings,
  modernMember,
  noGroup,
  type Self,
  withModern,
} from './modern-state.ts'
import { modernTxnAnswer } from './modern-tables.ts'
import type { KafkaEnvelope, MetadataResponse } from './protocol.ts'
import { answeredToNobody, TRANSACTIONS } from './transaction-peers.ts'

const rule = ruleFor<ModernGroupState, ModernSettings, KafkaEnvelope>()
const exactly = (ms: number) => [ms, ms] as const

/** Where partitions were added, what is read has changed, so the group epoch moves. */
function learn(s: ModernGroupState, e: MetadataResponse, me: Self): Out<ModernGroupState> {
  const count = e.leaders.length
  const reply = askFor(e.topic, e.epochs)
  if (s.partitions[e.topic] === count) return { reply }
  const partitions = { ...s.partitions, [e.topic]: count }
  const isRead = s.members.some((member) => member.topics.includes(e.topic))
  const now = { ...s, partitions, epoch: isRead ? s.epoch + 1 : s.epoch }
  return { ...tellOthers(s, now, me), reply }
}

function loseConnection(s: ModernGroupState, port: string, cut: boolean): ModernGroupState {
  const members = s.members.map((member): ModernMember => {
    if (member.port !== port) return member
    const silent = cut && member.silent !== 'stopped' ? 'cut off' : 'stopped'
    return { ...member, parked: false, silent }
  })
  return { ...s, members, verifying: answeredToNobody(s.verifying, port) }
}

function quieten(s: ModernGroupState, id: string): ModernGroupState {
  const member = modernMember(s, id)
  return member === undefined ? s : withModern(s, { ...member, parked: false, silent: 'stopped' })
}

const isRevoking = (member: ModernMember) => member.state === 'UNREVOKED_PARTITIONS'
const REMOVED = 'no heartbeat within group.consumer.session.timeout.ms'
const TOO_SLOW = 'it did not give up its partitions within max.poll.interval.ms'

export const modernRules = [
  rule({
    name: 'ConsumerGroupHeartbeat',
    on: 'ConsumerGroupHeartbeat',
    reads: ['group.remote.assignor', 'group.instance.id'],
    cites:
      'KIP-848; GroupMetadataManager.consumerGroupHeartbeat, CurrentAssignmentBuilder; tables in modern-tables.ts',
    then: (s, e, _x, me) => heartbeat(s, e, me),
  }),
  rule({
    name: 'HeartbeatsStop',
    on: 'HeartbeatsStop',
    cites: 'A paused process sends no heartbeat; its connection stays open',
    then: (s, e) => ({ self: quieten(s, e.member) }),
  }),
  rule({
    name: 'OffsetCommit',
    on: 'OffsetCommit',
    cites: 'ConsumerGroup.validateOffsetCommit, KIP-1251; a table in modern-tables.ts',
    then: (s, e, _x, me) => modernCommit(s, e, me),
  }),
  rule({
    name: 'OffsetFetch',
    on: 'OffsetFetch',
    then: (s, e) => ({ reply: fetchOffsets(s, e) }),
  }),
  rule({
    name: 'MetadataResponse',
    on: 'MetadataResponse',
    cites: 'GroupMetadataManager.onNewMetadataImage',
    then: (s, e, _x, me) => learn(s, e, me),
  }),
  rule({
    name: 'ConnectionClosed',
    on: 'ConnectionClosed',
    cites: 'A broker takes no notice of a closed socket of a member: its session has to run out',
    ready: {
      'it was a client': (_s, me) => me.port !== 'controller' && me.port !== TRANSACTIONS,
    },
    then: (s, e, _x, me) => ({ self: loseConnection(s, me.port, e.cut === true) }),
  }),
  rule({
    name: 'ReconnectToController',
    on: 'ConnectionClosed',
    ready: { 'it was the controller': (_s, me) => me.port === 'controller' },
    then: (s) => ({ send: s.watched.map((topic) => ['controller', askFor(topic, [])] as const) }),
  }),
  rule({
    name: 'SessionTimeoutExpires',
    timer: true,
    reads: ['group.consumer.session.timeout.ms'],
    cites: 'GroupMetadataManager.scheduleConsumerGroupSessionTimeout',
    each: (s) => s.members.map((member) => member.id),
    when: {
      'its heartbeats have ceased': (s, _e, id) => (modernMember(s, id)?.silent ?? false) !== false,
    },
    // One whose line was cut is back within retry.backoff.ms.
    usual: (s, _e, id) => modernMember(s, id)?.silent === 'stopped',
    takes: (settings) => exactly(settings['group.consumer.session.timeout.ms']),
    then: (s, _e, id, me) => fence(s, id, REMOVED, me),
  }),
  rule({
    name: 'RebalanceTimeoutExpires',
    timer: true,
    reads: ['max.poll.interval.ms'],
    cites:
      'GroupMetadataManager.scheduleConsumerGroupRebalanceTimeout: for a member that is to give something up',
    each: (s) => s.members.filter(isRevoking).map(({ id, epoch }) => ({ id, epoch })),
    usual: (s, _e, { id }, me) =>
      me.settings.longestPollMs >= me.settings['max.poll.interval.ms'] ||
      modernMember(s, id)?.silent === 'stopped',
    takes: (settings, _s, _e, { id }) =>
      exactly((settings.told?.[actorOf(id)] ?? settings)['max.poll.interval.ms']),
    then: (s, _e, { id }, me) => fence(s, id, TOO_SLOW, me),
  }),
  rule({
    name: 'RewindOffset',
    fault: { kind: 'rewind-offset' },
    cites:
      'kafka-consumer-groups.sh --reset-offsets --to-offset: refused while the group has members',
    ready: { 'the group has no members': (s) => s.members.length === 0 },
    each: rewindsOnOffer,
    then: (s, _e, offset, me) => rewind(s, offset, me),
  }),
]

const transactionRules = offsetTransactionRules<ModernGroupState, ModernSettings>(modernTxnAnswer)

export const modernCoordinatorKind: Kind<ModernGroupState, ModernSettings> = {
  name: 'kafka consumer group coordinator',
  init: (me) => noGroup(me.settings),
  silent: silentAbout(REBALANCING, isModernCalm),
  rules: claiming(modernCoordinatorClaims, [...modernRules, ...transactionRules]),
}
