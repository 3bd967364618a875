// The decisions of the coordinator of a group with group.protocol=consumer, as tables (GroupMetadataManager
// .throwIfConsumerGroupMemberEpochIsInvalid, getOrMaybeSubscribeStaticConsumerGroupMember,
// ConsumerGroup.validateOffsetCommit; measured on 4.3.1).

import { decide, type Row } from '../_decision.ts'
import { lanesIn, nameOf } from './assignor-lanes.ts'
import { type ModernGroupState, type ModernMember, modernMember } from './modern-state.ts'
import { laneName } from './node-state.ts'
import type { ConsumerGroupHeartbeat, KafkaError, OffsetCommit } from './protocol.ts'
import type { TxnOffsetCommit } from './protocol-transactions.ts'

export interface EpochFacts {
  readonly epoch: 'join' | 'current' | 'previous' | 'other'
  /** Whether it says what it owns, and that is no more than what it was assigned. */
  readonly owned: 'within' | 'more or unsaid'
}

/** The answer that raised the epoch may have been lost: its word before that is taken for it. */
export const epochTable: readonly Row<EpochFacts, 'accept' | KafkaError>[] = [
  { if: { epoch: ['join', 'current'] }, answer: 'accept' },
  { if: { epoch: 'previous', owned: 'within' }, answer: 'accept' },
  { if: { epoch: 'previous', owned: 'more or unsaid' }, answer: 'FENCED_MEMBER_EPOCH' },
  { if: { epoch: 'other' }, answer: 'FENCED_MEMBER_EPOCH' },
]

export function epochFacts(member: ModernMember, e: ConsumerGroupHeartbeat): EpochFacts {
  const owned =
    e.owned !== undefined && lanesIn(e.owned).every((lane) => nameOf(lane) in member.assigned)
  return { epoch: epochFact(member, e.memberEpoch), owned: owned ? 'within' : 'more or unsaid' }
}

function epochFact(member: ModernMember, received: number): EpochFacts['epoch'] {
  if (received === 0) return 'join'
  if (received === member.epoch) return 'current'
  return received === member.previousEpoch ? 'previous' : 'other'
}

export interface NameFacts {
  readonly asks: 'to join' | 'anything else'
  /** Who has its group.instance.id. */
  readonly holder: 'nobody' | 'itself' | 'another'
  /** Whether that one has said that it goes away for a while. */
  readonly away: boolean
}

/** What a static member may do. A name is free when nobody has it, or when its holder has left with -2. */
export const nameTable: readonly Row<NameFacts, 'new' | 'replace' | 'itself' | KafkaError>[] = [
  { if: { asks: 'to join', holder: 'nobody' }, answer: 'new' },
  { if: { asks: 'to join', holder: ['itself', 'another'], away: true }, answer: 'replace' },
  {
    if: { asks: 'to join', holder: ['itself', 'another'], away: false },
    answer: 'UNRELEASED_INSTANCE_ID',
  },
  { if: { asks: 'anything else', holder: 'nobody' }, answer: 'UNKNOWN_MEMBER_ID' },
  { if: { asks: 'anything else', holder: 'another' }, answer: 'FENCED_INSTANCE_ID' },
  { if: { asks: 'anything else', holder: 'itself' }, answer: 'itself' },
]

export interface ModernCommitFacts {
  /** simple: a client outside the group protocol, while the group has no members. */
  readonly who: 'simple' | 'stranger' | 'member' | 'member by an old request'
  readonly epoch: 'current' | 'earlier' | 'later'
  /** All that it commits it has had since the epoch it names, or before (KIP-1251). */
  readonly held: boolean
  readonly group: 'known' | 'unknown'
}

export const modernCommitTable: readonly Row<ModernCommitFacts, 'accept' | KafkaError>[] = [
  { if: { who: 'simple' }, answer: 'accept' },
  { if: { who: 'stranger', group: 'known' }, answer: 'UNKNOWN_MEMBER_ID' },
  { if: { who: 'stranger', group: 'unknown' }, answer: 'ILLEGAL_GENERATION' },
  { if: { who: 'member by an old request' }, answer: 'UNSUPPORTED_VERSION' },
  { if: { who: 'member', epoch: 'current' }, answer: 'accept' },
  { if: { who: 'member', epoch: 'earlier', held: true }, answer: 'accept' },
  { if: { who: 'member', epoch: 'earlier', held: false }, answer: 'STALE_MEMBER_EPOCH' },
  { if: { who: 'member', epoch: 'later' }, answer: 'STALE_MEMBER_EPOCH' },
]

/** No member and no commit has made it yet. */
function isUnknownGroup(s: ModernGroupState): boolean {
  return s.epoch === 0 && Object.keys(s.offsets).length === 0 && s.pending.length === 0
}

/** Who commits what, in a transaction or not. */
type Commit = Pick<OffsetCommit, 'member' | 'generation' | 'offsets' | 'old'>

export function modernCommitFacts(s: ModernGroupState, e: Commit): ModernCommitFacts {
  const member = modernMember(s, e.member)
  const group = isUnknownGroup(s) ? 'unknown' : 'known'
  if (member === undefined) {
    const who = s.members.length === 0 && e.generation < 0 ? 'simple' : 'stranger'
    return { who, epoch: 'later', held: false, group }
  }
  const who = e.old === true ? 'member by an old request' : 'member'
  const epoch = e.generation < member.epoch ? 'earlier' : 'later'
  const held = e.offsets.every(({ topic, partition }) => {
    const lane = laneName(topic, partition)
    const since = member.assigned[lane] ?? member.revoking[lane]
    return since !== undefined && since <= e.generation
  })
  return { who, epoch: e.generation === member.epoch ? 'current' : epoch, held, group }
}

/** Its producer may speak for nobody in particular, and knows of no epochs. */
export function modernTxnAnswer(s: ModernGroupState, e: TxnOffsetCommit): 'accept' | KafkaError {
  if (e.member === '' && e.generation === NO_EPOCH) return 'accept'
  const answer = decide(modernCommitTable, modernCommitFacts(s, e))
  return answer === 'STALE_MEMBER_EPOCH' ? 'ILLEGAL_GENERATION' : answer
}
const NO_EPOCH = -1
