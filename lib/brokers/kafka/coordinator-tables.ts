// The coordinator's decisions with three or more conditions, as tables (GroupCoordinator's classic paths:
// GroupMetadataManager.classicGroup*, ClassicGroup.validateOffsetCommit).

import type { Row } from '../_decision.ts'
import {
  actorOf,
  type CoordinatorState,
  isKnown,
  memberOf,
  type Phase,
} from './coordinator-state.ts'
import type { JoinGroup, KafkaError } from './protocol.ts'
import type { TxnOffsetCommit } from './protocol-transactions.ts'

/** A request that names a member and a generation, held against the group. */
export interface RequestFacts {
  readonly phase: Phase
  readonly known: boolean
  readonly generation: 'none' | 'current' | 'other'
}

export function requestFacts(
  s: CoordinatorState,
  e: { readonly member: string; readonly generation: number },
): RequestFacts {
  const current = e.generation === s.generation ? 'current' : 'other'
  return {
    phase: s.phase,
    known: isKnown(s, e.member),
    generation: e.generation < 0 ? 'none' : current,
  }
}

export const phases = ['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable'] as const

/** A commit is held against more: whether there has ever been a group by that name. */
export interface CommitFacts extends RequestFacts {
  readonly group: 'known' | 'unknown'
}

export function commitFacts(
  s: CoordinatorState,
  e: { readonly member: string; readonly generation: number },
): CommitFacts {
  return { ...requestFacts(s, e), group: isUnknownGroup(s) ? 'unknown' : 'known' }
}

/** No member and no commit has made it yet. */
export function isUnknownGroup(s: CoordinatorState): boolean {
  if (s.phase !== 'Empty' || s.generation > 0 || s.pending.length > 0) return false
  return Object.keys(s.offsets).length === 0
}

/**
 * OffsetCommit. Membership is checked before the generation (25 before 22), but of a group that nobody knows
 * only the generation can be wrong. While a rebalance is being prepared commits are taken: that is how
 * onPartitionsRevoked can commit.
 */
export const commitTable: readonly Row<CommitFacts, 'accept' | KafkaError>[] = [
  // A simple consumer or an administrator, without group management. It makes the group, if need be.
  { if: { phase: 'Empty', generation: 'none' }, answer: 'accept' },
  {
    if: { phase: 'Empty', generation: ['current', 'other'], known: false, group: 'known' },
    answer: 'UNKNOWN_MEMBER_ID',
  },
  // OffsetMetadataManager.validateOffsetCommit: GroupIdNotFoundException becomes 22; measured on 4.3.1.
  {
    if: { phase: 'Empty', generation: ['current', 'other'], known: false, group: 'unknown' },
    answer: 'ILLEGAL_GENERATION',
  },
  {
    if: { phase: ['PreparingRebalance', 'CompletingRebalance', 'Stable'], known: false },
    answer: 'UNKNOWN_MEMBER_ID',
  },
  { if: { phase: 'Empty', generation: 'other', known: true }, answer: 'ILLEGAL_GENERATION' },
  {
    if: {
      phase: ['PreparingRebalance', 'CompletingRebalance', 'Stable'],
      generation: ['none', 'other'],
      known: true,
    },
    answer: 'ILLEGAL_GENERATION',
  },
  {
    if: { phase: 'CompletingRebalance', generation: 'current', known: true },
    answer: 'REBALANCE_IN_PROGRESS',
  },
  {
    if: { phase: ['Empty', 'PreparingRebalance', 'Stable'], generation: 'current', known: true },
    answer: 'accept',
  },
]

export interface TxnCommitFacts {
  readonly phase: Phase
  readonly member: 'none' | 'stranger' | 'known'
  readonly generation: 'none' | 'current' | 'other'
  readonly group: 'known' | 'unknown'
}

const WITH_MEMBERS = ['PreparingRebalance', 'CompletingRebalance', 'Stable'] as const
const SOME = ['current', 'other'] as const

/**
 * OffsetMetadataManager.validateTransactionalOffsetCommit, ClassicGroup.validateOffsetCommit. Unlike a plain
 * commit it is taken of nobody's member, and while the members wait for their assignment.
 */
export const txnCommitTable: readonly Row<TxnCommitFacts, 'accept' | KafkaError>[] = [
  { if: { phase: 'Empty', generation: 'none' }, answer: 'accept' },
  { if: { phase: 'Empty', generation: SOME, group: 'unknown' }, answer: 'ILLEGAL_GENERATION' },
  {
    if: { phase: 'Empty', generation: SOME, group: 'known', member: ['none', 'stranger'] },
    answer: 'UNKNOWN_MEMBER_ID',
  },
  {
    if: { phase: 'Empty', generation: 'other', group: 'known', member: 'known' },
    answer: 'ILLEGAL_GENERATION',
  },
  {
    if: { phase: 'Empty', generation: 'current', group: 'known', member: 'known' },
    answer: 'accept',
  },
  { if: { phase: WITH_MEMBERS, generation: 'none', member: 'none' }, answer: 'accept' },
  { if: { phase: WITH_MEMBERS, generation: SOME, member: 'none' }, answer: 'UNKNOWN_MEMBER_ID' },
  { if: { phase: WITH_MEMBERS, member: 'stranger' }, answer: 'UNKNOWN_MEMBER_ID' },
  {
    if: { phase: WITH_MEMBERS, member: 'known', generation: ['none', 'other'] },
    answer: 'ILLEGAL_GENERATION',
  },
  { if: { phase: WITH_MEMBERS, member: 'known', generation: 'current' }, answer: 'accept' },
]

export function txnCommitFacts(s: CoordinatorState, e: TxnOffsetCommit): TxnCommitFacts {
  const current = e.generation === s.generation ? 'current' : 'other'
  return {
    phase: s.phase,
    member: e.member === '' ? 'none' : isKnown(s, e.member) ? 'known' : 'stranger',
    generation: e.generation < 0 ? 'none' : current,
    group: isUnknownGroup(s) ? 'unknown' : 'known',
  }
}

/** SyncGroup: park until the leader has sent the assignment, or answer at once. */
export const syncTable: readonly Row<RequestFacts, 'park' | 'answer' | KafkaError>[] = [
  { if: { known: false }, answer: 'UNKNOWN_MEMBER_ID' },
  { if: { known: true, generation: ['none', 'other'] }, answer: 'ILLEGAL_GENERATION' },
  { if: { known: true, generation: 'current', phase: 'Empty' }, answer: 'UNKNOWN_MEMBER_ID' },
  {
    if: { known: true, generation: 'current', phase: 'PreparingRebalance' },
    answer: 'REBALANCE_IN_PROGRESS',
  },
  { if: { known: true, generation: 'current', phase: 'CompletingRebalance' }, answer: 'park' },
  { if: { known: true, generation: 'current', phase: 'Stable' }, answer: 'answer' },
]

/** Heartbeat: parked while all is well. A member that has its JoinGroup answer may beat before the sync. */
export const heartbeatTable: readonly Row<
  RequestFacts,
  'park' | 'UNKNOWN_MEMBER_ID' | 'ILLEGAL_GENERATION' | 'REBALANCE_IN_PROGRESS'
>[] = [
  { if: { known: false }, answer: 'UNKNOWN_MEMBER_ID' },
  { if: { known: true, generation: ['none', 'other'] }, answer: 'ILLEGAL_GENERATION' },
  { if: { known: true, generation: 'current', phase: 'Empty' }, answer: 'UNKNOWN_MEMBER_ID' },
  {
    if: { known: true, generation: 'current', phase: 'PreparingRebalance' },
    answer: 'REBALANCE_IN_PROGRESS',
  },
  {
    if: { known: true, generation: 'current', phase: ['CompletingRebalance', 'Stable'] },
    answer: 'park',
  },
]

export interface JoinFacts {
  readonly phase: Phase
  readonly member: 'new' | 'known' | 'removed'
  readonly leader: boolean
  /** Its topics, its protocols or what it owns are not what it said last. */
  readonly changed: boolean
  /** ClassicGroup.supportsProtocols: it offers an assignor that all who are there offer. */
  readonly shared: boolean
}

function isShared({ members }: CoordinatorState, e: JoinGroup): boolean {
  return e.protocols.some((name) => members.every(({ protocols }) => protocols.includes(name)))
}

/**
 * admit: a new member. rejoin: its word is noted; a rebalance begins unless one is being prepared already.
 * repeat: it is told again what it was told (it may not have received it).
 */
export const joinTable: readonly Row<JoinFacts, 'admit' | 'rejoin' | 'repeat' | KafkaError>[] = [
  // Measured: this is looked at before anything else, also when a member asks that is there already.
  { if: { shared: false }, answer: 'INCONSISTENT_GROUP_PROTOCOL' },
  { if: { shared: true, member: 'new' }, answer: 'admit' },
  { if: { shared: true, member: 'removed' }, answer: 'UNKNOWN_MEMBER_ID' },
  { if: { shared: true, member: 'known', phase: 'Empty' }, answer: 'UNKNOWN_MEMBER_ID' },
  { if: { shared: true, member: 'known', phase: 'PreparingRebalance' }, answer: 'rejoin' },
  {
    if: { shared: true, member: 'known', phase: 'CompletingRebalance', changed: true },
    answer: 'rejoin',
  },
  {
    if: { shared: true, member: 'known', phase: 'CompletingRebalance', changed: false },
    answer: 'repeat',
  },
  // The leader joins again when it sees that partitions were added: always a reason to rebalance.
  { if: { shared: true, member: 'known', phase: 'Stable', leader: true }, answer: 'rejoin' },
  {
    if: { shared: true, member: 'known', phase: 'Stable', leader: false, changed: true },
    answer: 'rejoin',
  },
  {
    if: { shared: true, member: 'known', phase: 'Stable', leader: false, changed: false },
    answer: 'repeat',
  },
]

export function joinFacts(s: CoordinatorState, e: JoinGroup): JoinFacts {
  const member = memberOf(s, e.member)
  const leader = s.leader === e.member
  const shared = isShared(s, e)
  if (member === undefined) {
    const removed = s.removed[actorOf(e.member)] === e.member
    return { phase: s.phase, member: removed ? 'removed' : 'new', leader, changed: false, shared }
  }
  const { topics, owned, protocols, userData = null } = member
  const said = JSON.stringify([topics, owned, protocols, userData])
  const changed = said !== JSON.stringify([e.topics, e.owned, e.protocols, e.userData ?? null])
  return { phase: s.phase, member: 'known', leader, changed, shared }
}
