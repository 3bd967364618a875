// Static membership in the classic protocol (KIP-345; ClassicGroup.replaceStaticMember, validateMember): who
// has a group.instance.id keeps its place under a new member id; whoever had it before is fenced.
import {
  actorOf,
  type CoordinatorState,
  heartbeatAnswer,
  type Member,
  type Sends,
} from './coordinator-state.ts'
import type {
  AssignorName,
  JoinGroup,
  JoinGroupResponse,
  KafkaError,
  SyncGroupResponse,
} from './protocol.ts'

interface Named {
  readonly member: string
  readonly instance?: string
}

function holderOf(s: CoordinatorState, instance: string | undefined): Member | undefined {
  if (instance === undefined) return undefined
  return s.members.find((member) => member.instance === instance)
}

/** ClassicGroup.validateMember: null for a dynamic member, and for the one who has the name now. */
export function fencedInstance(
  s: CoordinatorState,
  { member, instance }: Named,
): (KafkaError & ('FENCED_INSTANCE_ID' | 'UNKNOWN_MEMBER_ID')) | null {
  if (instance === undefined) return null
  const holder = holderOf(s, instance)
  if (holder === undefined) return 'UNKNOWN_MEMBER_ID'
  return holder.id === member ? null : 'FENCED_INSTANCE_ID'
}

/** The member whose group.instance.id this newcomer brings. */
export function whoIsReplaced(s: CoordinatorState, e: JoinGroup): Member | undefined {
  const holder = holderOf(s, e.instance)
  return holder?.id === e.member ? undefined : holder
}

/** Whoever still waits under the old id is told at once, and would be told with its next heartbeat. */
function farewell({ id, parked, port }: Member): Sends {
  const error = 'FENCED_INSTANCE_ID'
  if (parked === 'Heartbeat') return [[port, heartbeatAnswer(error)]]
  if (parked === 'SyncGroup') {
    const answer: SyncGroupResponse = { kind: 'SyncGroupResponse', assignment: {}, error }
    return [[port, answer]]
  }
  if (parked !== 'JoinGroup') return []
  const none = { generation: -1, protocol: 'range', leader: '', members: [] } as const
  const answer: JoinGroupResponse = {
    ...{ kind: 'JoinGroupResponse', about: id, member: id },
    ...{ ...none, error },
  }
  return [[port, answer]]
}

/** The group with the one in the place of the other: its partitions, and the lead if it had it. */
export function replaced(
  s: CoordinatorState,
  before: Member,
  now: Member,
): { readonly self: CoordinatorState; readonly send: Sends } {
  const members = s.members
    .map((each) => (each.id === before.id ? now : each))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const given = Object.entries(s.assignments).map(
    ([id, mine]) => [id === before.id ? now.id : id, mine] as const,
  )
  const self = {
    ...s,
    members,
    assignments: Object.fromEntries(given),
    leader: s.leader === before.id ? now.id : s.leader,
    removed: { ...s.removed, [actorOf(before.id)]: before.id },
  }
  return { self, send: farewell(before) }
}

/** Whether nothing has to be shared anew for it. */
export function comesBack(s: CoordinatorState, protocol: AssignorName): boolean {
  return s.phase === 'Stable' && protocol === s.protocol
}
