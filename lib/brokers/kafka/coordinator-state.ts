// What a group coordinator knows of its one group, classic protocol (ClassicGroup, ClassicGroupMember):
// members, generation, phase, assignment, committed offsets.
import type { Envelope, Me } from '../../engine/types.ts'
import type { Hosted, HostedSettings } from './coordinator-host.ts'
import type { OffsetsOfTransactions } from './coordinator-transactions.ts'
import type {
  Assignment,
  AssignorName,
  HeartbeatResponse,
  MemberInfo,
  StickyUserData,
} from './protocol.ts'

export type Phase = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable'

/** What a member sends in JoinGroup: its session, and for how long a rebalance is to wait for it. */
export interface Timeouts {
  readonly 'session.timeout.ms': number
  readonly 'max.poll.interval.ms': number
}

export interface CoordinatorSettings extends HostedSettings, Timeouts {
  /** Group id; also the service's id. */
  readonly group: string
  /** By actor, where members do not agree on their timeouts as those of one service do. */
  readonly told?: Readonly<Record<string, Timeouts>>
  readonly 'group.initial.rebalance.delay.ms': number
  /**
   * The longest a member may work between two polls by the scenario's own durations. Search lets the
   * rebalance timeout fire against a live member only if this reaches max.poll.interval.ms.
   */
  readonly longestPollMs: number
}

export type Parked = 'JoinGroup' | 'SyncGroup' | 'Heartbeat'

/**
 * Members choose their ids, '<actor>#<incarnation>': the extra round trip in which a broker hands out an
 * id (MEMBER_ID_REQUIRED, KIP-394) is left out.
 */
export interface Member {
  readonly id: string
  /** Where its answers go: the port of its process. */
  readonly port: string
  /** Its group.instance.id, of a static member (KIP-345). */
  readonly instance?: string
  readonly userData?: StickyUserData
  readonly topics: readonly string[]
  readonly owned: Assignment
  readonly protocols: readonly AssignorName[]
  /** It has joined the rebalance that is being prepared. */
  readonly joined: boolean
  /** It has yet to ask for its assignment in this generation (ClassicGroup.pendingSyncMembers). */
  readonly unsynced: boolean
  /** Which of its requests awaits an answer; '' for none. */
  readonly parked: Parked | ''
  /**
   * Why no heartbeat will come, so that its session runs out: its process stopped beating or is gone, or
   * its line was cut. The coordinator does the same in both cases; only searches ask which it is.
   */
  readonly silent: false | 'stopped' | 'cut off'
}

/** The group as it stands in __consumer_offsets: what there was when it was last at rest. */
export type GroupRecord = Pick<
  CoordinatorState,
  'generation' | 'protocol' | 'leader' | 'members' | 'assignments'
>

export interface CoordinatorState extends Hosted, OffsetsOfTransactions {
  readonly phase: Phase
  /** Counts completed rebalances. */
  readonly generation: number
  readonly protocol: AssignorName
  /** Member id; '' when there is none. */
  readonly leader: string
  /** Sorted by id. */
  readonly members: readonly Member[]
  /** By member id; {} until the leader has sent it. */
  readonly assignments: Readonly<Record<string, Assignment>>
  /** Initial delays that have run out since an empty group got its first member; -1: no initial delay runs. */
  readonly delays: number
  /** Someone joined during the present initial delay, so it is prolonged. */
  readonly newMember: boolean
  /**
   * Turns over each time the rebalance timeout has run out and nobody had joined, while there are static
   * members left: it is counted anew then.
   */
  readonly postponed: boolean
  /** Per actor, the id of its process that was removed last: it must come back under another. */
  readonly removed: Readonly<Record<string, string>>
  /** By 'topic/partition': the NEXT offset to read. */
  readonly offsets: Readonly<Record<string, number>>
  /** Null where nodes are not told apart, and while nothing was written. */
  readonly written: GroupRecord | null
}

export type Self = Me<CoordinatorSettings>
export type Sends = readonly (readonly [port: string, envelope: Envelope])[]

export const EMPTY_GROUP: CoordinatorState = {
  phase: 'Empty',
  generation: 0,
  protocol: 'range',
  leader: '',
  members: [],
  assignments: {},
  delays: -1,
  newMember: false,
  postponed: false,
  removed: {},
  offsets: {},
  host: null,
  written: null,
  pending: [],
  verifying: [],
}

export function actorOf(member: string): string {
  const hash = member.lastIndexOf('#')
  return hash < 0 ? member : member.slice(0, hash)
}

const timeoutsOf = (settings: CoordinatorSettings, id: string): Timeouts =>
  settings.told?.[actorOf(id)] ?? settings

export const sessionOf = (settings: CoordinatorSettings, id: string): number =>
  timeoutsOf(settings, id)['session.timeout.ms']

/** ClassicGroup.rebalanceTimeoutMs: a rebalance waits as long as the most patient of its members asks for. */
export function rebalanceTimeout({ members }: CoordinatorState, settings: CoordinatorSettings) {
  if (settings.told === undefined) return settings['max.poll.interval.ms']
  return Math.max(0, ...members.map(({ id }) => timeoutsOf(settings, id)['max.poll.interval.ms']))
}

export function memberOf(s: CoordinatorState, id: string): Member | undefined {
  for (const member of s.members) if (member.id === id) return member
  return undefined
}

/** Whether its process fell silent, and not its line alone. */
export function isStopped(member: Member | undefined): boolean {
  return member?.silent === 'stopped'
}

export function isKnown(s: CoordinatorState, id: string): boolean {
  return memberOf(s, id) !== undefined
}

/** The group with one member changed; members that are not named stay the same objects. */
export function withMember(
  s: CoordinatorState,
  id: string,
  change: Partial<Member>,
): CoordinatorState {
  const members = s.members.map((each) => (each.id === id ? { ...each, ...change } : each))
  return { ...s, members }
}

export function withNewMember(s: CoordinatorState, member: Member): CoordinatorState {
  // A process that comes under a new id will not beat under the old one again.
  const others = s.members.map((each): Member => {
    const gone = each.port === member.port && each.silent !== false
    return gone ? { ...each, silent: 'stopped' } : each
  })
  const members = [...others, member].sort((a, b) => (a.id < b.id ? -1 : 1))
  // Only members that come while the initial delay runs prolong it, not the one that started it.
  const newMember = s.delays >= 0
  return { ...s, members, newMember, leader: s.leader === '' ? member.id : s.leader }
}

export function infoOf({ id, owned, topics, instance, userData }: Member): MemberInfo {
  return {
    member: id,
    owned,
    topics,
    ...(instance === undefined ? {} : { instance }),
    ...(userData === undefined ? {} : { userData }),
  }
}

export function heartbeatAnswer(error: HeartbeatResponse['error']): HeartbeatResponse {
  return { kind: 'HeartbeatResponse', error }
}

/**
 * ClassicGroupMember.hasSatisfiedHeartbeat: no heartbeat is asked of a member while the coordinator owes it
 * the answer to a join or a sync.
 */
export function isWaiting(s: CoordinatorState, id: string): boolean {
  const member = memberOf(s, id)
  return member !== undefined && (member.joined || member.parked === 'SyncGroup')
}
