// The consumer's side of group.protocol=consumer (KIP-848; ConsumerMembershipManager): one request for
// everything, and an assignment that is taken up piece by piece while the rest is worked on. The application
// has a ConsumerRebalanceListener, so that what has to be given up is given up inside poll.
import { neverWhere } from '../../engine/rule.ts'
import type { Out } from '../../engine/types.ts'
import { lanesIn, nameOf } from './assignor-lanes.ts'
import { laneFor, offsetFetchFor } from './consumer-lanes.ts'
import { rule } from './consumer-rule.ts'
import {
  allCommitted,
  autoCommitOf,
  type ConsumerState,
  hasToJoin,
  instanceOf,
  isStatic,
  loseMembership,
  mayPoll,
  ownedOf,
  type Self,
  type Sends,
  topicsOf,
  withFatal,
} from './consumer-state.ts'
import type {
  Assignment,
  ConsumerGroupHeartbeat,
  ConsumerGroupHeartbeatResponse,
  KafkaError,
} from './protocol.ts'

export function isModern(me: Self): boolean {
  return me.settings['group.protocol'] === 'consumer'
}

/** Alive, and nothing else to say. */
export function memberBeat(s: ConsumerState, me: Self): ConsumerGroupHeartbeat {
  const { member, generation } = s.group
  const about = { about: member, member, ...instanceOf(me) }
  return { kind: 'ConsumerGroupHeartbeat', ...about, memberEpoch: generation }
}

/** All it has to say: when it joins, and when an answer may have been lost. */
export function fullBeat(s: ConsumerState, me: Self): ConsumerGroupHeartbeat {
  const joins = s.group.phase === 'joining'
  const assignor = me.settings['group.remote.assignor']
  return {
    ...memberBeat(s, me),
    memberEpoch: joins ? 0 : s.group.generation,
    topics: topicsOf(me.settings),
    owned: joins ? {} : ownedOf(s.lanes),
    ...(assignor === '' ? {} : { assignor }),
  }
}

/** A static member says only that it is away for a while. */
export function leavingBeat(s: ConsumerState, me: Self): ConsumerGroupHeartbeat {
  return { ...memberBeat(s, me), memberEpoch: isStatic(me) ? -2 : -1 }
}

/** What it had is lost (onPartitionsLost), if it was thrown out before. */
function join(s: ConsumerState, me: Self): Out<ConsumerState> {
  const group = { ...s.group, phase: 'joining', lost: false } as const
  const self = { ...s, group, lanes: s.group.lost ? [] : s.lanes, turn: 0, commitDue: false }
  return { self, send: [['coordinator', fullBeat(self, me)]] }
}

function hasExactly(s: ConsumerState, assignment: Assignment): boolean {
  const lanes = lanesIn(assignment)
  const owned = new Set(s.lanes.map(nameOf))
  return lanes.length === owned.size && lanes.every((lane) => owned.has(nameOf(lane)))
}

/**
 * What it is to have from now on; null when that is what it has. An assignment that comes while another waits
 * is always taken up, also one that it had before: only then does it acknowledge it (LocalAssignment.localEpoch).
 */
function pendingAfter(s: ConsumerState, assignment: Assignment | undefined): Assignment | null {
  const { phase, pending } = s.group
  if (assignment === undefined) return pending
  const isAnew = phase === 'joining' || pending !== null
  return isAnew || !hasExactly(s, assignment) ? assignment : null
}

/**
 * Its epoch is the one it was told last, from now on in its commits too, and in those of transactions
 * (MemberStateListener.onMemberEpochUpdated); what it is to have waits for poll.
 */
function hear(s: ConsumerState, e: ConsumerGroupHeartbeatResponse, me: Self): Out<ConsumerState> {
  const pending = pendingAfter(s, e.assignment)
  const phase = pending === null ? 'stable' : 'assigned'
  const generation = e.memberEpoch
  const joinedAs = { member: s.group.member, generation }
  const self = { ...s, joinedAs, group: { ...s.group, generation, phase, pending } as const }
  return { self, send: [['coordinator', memberBeat(self, me)]] }
}

/**
 * Inside poll: automatic commits first, then what has to go (onPartitionsRevoked), then what is new
 * (onPartitionsAssigned); the next heartbeat says what it owns by then, which is the acknowledgement.
 */
function reconcile(s: ConsumerState, me: Self): Out<ConsumerState> {
  const commit = autoCommitOf(s, me)
  const kept = commit === null ? s : { ...s, lanes: allCommitted(s.lanes) }
  const wanted = lanesIn(s.group.pending ?? {})
  const lanes = wanted.map(({ topic, partition }) => laneFor(kept, topic, partition))
  const group = { ...s.group, phase: 'stable', pending: null } as const
  const self = { ...kept, group, lanes, turn: 0, commitDue: false }
  const send: Sends = commit === null ? [] : [['coordinator', commit]]
  const acknowledges: ConsumerGroupHeartbeat = { ...memberBeat(self, me), owned: ownedOf(lanes) }
  send.push(['coordinator', acknowledges])
  const ask = offsetFetchFor(lanes)
  if (ask !== null) send.push(['coordinator', ask])
  return { self, send }
}

const THROWN: Readonly<Partial<Record<KafkaError, string>>> = {
  FENCED_INSTANCE_ID: 'FencedInstanceIdException',
  UNRELEASED_INSTANCE_ID: 'UnreleasedInstanceIdException',
}

const isAwaited = ({ group }: ConsumerState) =>
  group.phase === 'joining' || group.phase === 'stable' || group.phase === 'assigned'
const isLeaving = ({ group }: ConsumerState) => group.phase === 'leaving'
const isFatal = ({ error }: ConsumerGroupHeartbeatResponse) =>
  error !== undefined && THROWN[error] !== undefined

export const membershipRules = neverWhere(
  (settings: Self['settings']) => settings['group.protocol'] !== 'consumer',
  [
    rule({
      name: 'ConsumerGroupHeartbeat',
      reads: ['group.protocol', 'group.remote.assignor', 'group.instance.id'],
      cites: 'KIP-848; AbstractMembershipManager.transitionToJoining',
      ready: {
        'it has a group to join': hasToJoin,
        'it uses the consumer protocol': (_s, me) => isModern(me),
        'its thread is free to poll': mayPoll,
      },
      then: (s, _e, _x, me) => join(s, me),
    }),
    rule({
      name: 'ConsumerGroupHeartbeatResponse',
      on: 'ConsumerGroupHeartbeatResponse',
      cites: 'ConsumerMembershipManager.onHeartbeatSuccess',
      ready: { 'it is a member, or joins': isAwaited },
      when: { 'it carries no error': (_s, e) => e.error === undefined },
      then: (s, e, _x, me) => hear(s, e, me),
    }),
    rule({
      name: 'TransitionToFenced',
      on: 'ConsumerGroupHeartbeatResponse',
      cites:
        'AbstractMembershipManager.transitionToFenced: what it has is lost, and it joins again at epoch 0',
      ready: { 'it is a member, or joins': isAwaited },
      when: { 'it is to join anew': (_s, e) => e.error !== undefined && !isFatal(e) },
      then: (s, _e, _x, me) => ({ self: loseMembership(s, me, false) }),
    }),
    rule({
      name: 'TransitionToFatal',
      on: 'ConsumerGroupHeartbeatResponse',
      cites: 'ConsumerHeartbeatRequestManager.handleSpecificError: thrown by the next poll',
      ready: { 'it is a member, or joins': isAwaited },
      when: { 'its group.instance.id is not its own': (_s, e) => isFatal(e) },
      then: (s, e, _x, me) => {
        const fatal = THROWN[e.error as KafkaError] as string
        return { self: withFatal(loseMembership(s, me, false), fatal) }
      },
    }),
    rule({
      name: 'TransitionToStale',
      on: 'ConsumerGroupHeartbeatResponse',
      cites: 'AbstractMembershipManager.transitionToStale: it joins again in its next poll',
      ready: { 'it is leaving': isLeaving },
      when: { 'it answers the leaving': (_s, e) => e.memberEpoch < 0 },
      then: (s) => ({ self: { ...s, group: { ...s.group, phase: 'unjoined' } } }),
    }),
    rule({
      name: 'IgnoreConsumerGroupHeartbeatResponse',
      on: 'ConsumerGroupHeartbeatResponse',
      when: {
        'nothing waits for it': (s, e) => !isAwaited(s) && !(isLeaving(s) && e.memberEpoch < 0),
      },
      then: () => ({}),
    }),
    rule({
      name: 'Reconcile',
      reads: ['enable.auto.commit'],
      cites: 'AbstractMembershipManager.maybeReconcile, revokeAndAssign; callbacks run inside poll',
      ready: {
        'an assignment waits for the poll': (s) => s.group.phase === 'assigned',
        'it uses the consumer protocol': (_s, me) => isModern(me),
        'its thread is free to poll': mayPoll,
      },
      then: (s, _e, _x, me) => reconcile(s, me),
    }),
  ],
)
