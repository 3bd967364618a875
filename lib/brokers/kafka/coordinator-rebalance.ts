// A rebalance of the classic protocol: prepare (everybody joins), complete (the leader assigns), stable.
// Each function takes the group as it is and returns it as it is then, with what is sent and seen.
import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { decide } from '../_decision.ts'
import {
  actorOf,
  type CoordinatorState,
  heartbeatAnswer,
  infoOf,
  isStopped,
  type Member,
  memberOf,
  rebalanceTimeout,
  type Self,
  type Sends,
  withMember,
  withNewMember,
} from './coordinator-state.ts'
import { comesBack, fencedInstance, replaced, whoIsReplaced } from './coordinator-static.ts'
import { joinFacts, joinTable, requestFacts, syncTable } from './coordinator-tables.ts'
import type {
  Assignment,
  AssignorName,
  JoinGroup,
  JoinGroupResponse,
  KafkaError,
  SyncGroup,
  SyncGroupResponse,
} from './protocol.ts'

export interface Change {
  readonly self: CoordinatorState
  readonly send: Sends
  readonly observe: readonly Seen[]
}

const NOTHING: Assignment = {}

function syncAnswer(assignment: Assignment, error?: KafkaError): SyncGroupResponse {
  const answer = { kind: 'SyncGroupResponse', assignment } as const
  return error === undefined ? answer : { ...answer, error }
}

function joinRefusal(member: string, error: KafkaError): JoinGroupResponse {
  const none = { generation: -1, protocol: 'range', leader: '', members: [] } as const
  return { kind: 'JoinGroupResponse', about: member, member, error, ...none }
}

export function joinAnswer(s: CoordinatorState, id: string): JoinGroupResponse {
  return {
    kind: 'JoinGroupResponse',
    about: id,
    member: id,
    generation: s.generation,
    protocol: s.protocol,
    leader: s.leader,
    members: s.leader === id ? s.members.map(infoOf) : [],
  }
}

/** Both changes, one after the other. */
function andThen(first: Change, second: Change): Change {
  return {
    self: second.self,
    send: [...first.send, ...second.send],
    observe: [...first.observe, ...second.observe],
  }
}

const onlySelf = (self: CoordinatorState): Change => ({ self, send: [], observe: [] })

/**
 * Calls a rebalance, unless one is being prepared: whoever waits for its assignment or for news is told.
 * An empty group first waits a little for more members (group.initial.rebalance.delay.ms).
 */
export function prepareRebalance(s: CoordinatorState): Change {
  if (s.phase === 'PreparingRebalance') return onlySelf(s)
  const send = s.members.flatMap((member): Sends => {
    if (member.parked === 'SyncGroup') {
      return [[member.port, syncAnswer(NOTHING, 'REBALANCE_IN_PROGRESS')]]
    }
    if (member.parked !== 'Heartbeat') return []
    return [[member.port, heartbeatAnswer('REBALANCE_IN_PROGRESS')]]
  })
  const members = s.members.map((member): Member => {
    const waits = member.parked === 'SyncGroup' || member.parked === 'Heartbeat'
    return { ...member, unsynced: false, parked: waits ? '' : member.parked }
  })
  const self = {
    ...s,
    phase: 'PreparingRebalance',
    members,
    assignments: {},
    delays: s.phase === 'Empty' ? 0 : -1,
  } as const
  return { self, send, observe: [] }
}

/** Completes the rebalance as soon as every member has joined it. */
export function maybeComplete(s: CoordinatorState): Change {
  const waits = s.phase !== 'PreparingRebalance' || s.delays >= 0
  if (waits || s.members.some((member) => !member.joined)) return onlySelf(s)
  return completeJoin(s)
}

/** ClassicGroup counts votes in a hash map, and of equals takes the first of it: whoever joined first is no matter. */
const IN_THE_MAP: readonly AssignorName[] = ['sticky', 'range', 'roundrobin', 'cooperative-sticky']

/** The protocol that most members put first among those that all of them offer. */
function selectProtocol(members: readonly Member[]): AssignorName {
  const offered = IN_THE_MAP.filter((name) =>
    members.every((member) => member.protocols.includes(name)),
  )
  const votes = (name: AssignorName) =>
    members.filter((member) => member.protocols.find((each) => offered.includes(each)) === name)
      .length
  return offered.reduce((best, name) => (votes(name) > votes(best) ? name : best))
}

/** maybeElectNewJoinedLeader: a leader that has not joined leads no more. */
function newJoinedLeader({ leader, members }: CoordinatorState): string {
  const joined = members.filter((member) => member.joined)
  return joined.some(({ id }) => id === leader) ? leader : (joined[0]?.id ?? leader)
}

/** A new generation. A static member that has not joined belongs to it and hears nothing of it. */
export function completeJoin(s: CoordinatorState): Change {
  const generation = s.generation + 1
  const cleared = {
    ...{ ...s, generation, delays: -1, newMember: false },
    ...{ postponed: false, assignments: {}, leader: newJoinedLeader(s) },
  }
  if (s.members.length === 0) return onlySelf({ ...cleared, phase: 'Empty', leader: '' })
  const members = s.members.map(
    (member) => ({ ...member, joined: false, unsynced: true, parked: '' }) as const,
  )
  const protocol = selectProtocol(members)
  const self = { ...cleared, phase: 'CompletingRebalance', members, protocol } as const
  const answered = s.members.filter((member) => member.parked === 'JoinGroup')
  const send = answered.map((member) => [member.port, joinAnswer(self, member.id)] as const)
  return { self, send, observe: [] }
}

/**
 * The rebalance timeout: those who have not joined are out; the rest go on without them. Static members stay
 * until their sessions end; when there is nobody else to go on with, there is another timeout.
 */
export function dropMissing(s: CoordinatorState, me: Self): Change {
  const missing = s.members
    .filter((member) => !member.joined && member.instance === undefined)
    .map((member) => member.id)
  const left = missing.map((id) => forget(id, 'it did not rejoin within max.poll.interval.ms'))
  const removed = left.reduce((change, next) => andThen(change, next(change.self, me)), onlySelf(s))
  const { members } = removed.self
  const goesOn = members.length === 0 || members.some((member) => member.joined)
  const later = { ...removed.self, postponed: !s.postponed }
  return andThen(removed, goesOn ? completeJoin(removed.self) : onlySelf(later))
}

/** Those who have not asked for their assignment within a rebalance timeout are out (expirePendingSync). */
export function dropUnsynced(s: CoordinatorState, me: Self): Change {
  const left = s.members
    .filter((member) => member.unsynced)
    .map(({ id }) => forget(id, 'it did not sync within max.poll.interval.ms'))
  const removed = left.reduce((change, next) => andThen(change, next(change.self, me)), onlySelf(s))
  const prepared = prepareRebalance(removed.self)
  return andThen(andThen(removed, prepared), maybeComplete(prepared.self))
}

/** Takes one member out and says so; the leader's place goes to the first of those who stay. */
function forget(id: string, reason: string) {
  return (s: CoordinatorState, me: Self): Change => {
    const members = s.members.filter((member) => member.id !== id)
    const leader = s.leader === id ? (members[0]?.id ?? '') : s.leader
    const removed = { ...s.removed, [actorOf(id)]: id }
    const { group } = me.settings
    const member = actorOf(id)
    const seen: Seen = { kind: 'memberRemoved', actor: me.id, group, member, reason }
    return { self: { ...s, members, leader, removed }, send: [], observe: [seen] }
  }
}

/** A member is gone for good: what it owned must be shared anew. */
export function removeMember(s: CoordinatorState, id: string, reason: string, me: Self): Change {
  const without = forget(id, reason)(s, me)
  const prepared = prepareRebalance(without.self)
  return andThen(andThen(without, prepared), maybeComplete(prepared.self))
}

type Word = Omit<Member, 'id' | 'joined' | 'unsynced' | 'parked'>

/** What a member says of itself when it joins. */
function wordOf(e: JoinGroup, port: string): Word {
  const { topics, owned, protocols, instance, userData } = e
  return {
    ...{ port, topics, owned, protocols, silent: false },
    ...(instance === undefined ? {} : { instance }),
    ...(userData === undefined ? {} : { userData }),
  }
}

export function join(s: CoordinatorState, e: JoinGroup, me: Self): Out<CoordinatorState> {
  const { member: id } = e
  const { port } = me
  const facts = joinFacts(s, e)
  const isAsked = facts.shared && facts.member !== 'new'
  const fenced = !isAsked ? null : fencedInstance(s, e)
  if (fenced !== null) return { reply: joinRefusal(id, fenced) }
  const answer = decide(joinTable, facts)
  const said = wordOf(e, port)
  if (answer === 'repeat') {
    return { self: withMember(s, id, { ...said, parked: '' }), reply: joinAnswer(s, id) }
  }
  if (answer !== 'admit' && answer !== 'rejoin') return { reply: joinRefusal(id, answer) }
  const here = { ...said, joined: true, unsynced: false, parked: 'JoinGroup' } as const
  const before = whoIsReplaced(s, e)
  if (before !== undefined) return takePlace(s, before, { id, ...here }, me)
  const admitted = answer === 'admit' ? withNewMember(s, { id, ...here }) : s
  const prepared = prepareRebalance(admitted)
  const joined = withMember(prepared.self, id, here)
  return andThen(prepared, maybeComplete(joined))
}

/**
 * A static member has come back: it takes the place of the process before it. In a stable group nothing else
 * happens, unless with it another assignor would be chosen (updateStaticMemberThenRebalanceOrCompleteJoin).
 */
function takePlace(s: CoordinatorState, before: Member, now: Member, me: Self): Change {
  const { self, send } = replaced(s, before, now)
  if (comesBack(self, selectProtocol(self.members))) {
    const answer = joinAnswer(self, now.id)
    const told = self.leader === now.id ? ({ ...answer, skipAssignment: true } as const) : answer
    const settled = withMember(self, now.id, { joined: false, parked: '' })
    // Another process under the same name owns from now on what its namesake had.
    const observe = actorOf(before.id) === actorOf(now.id) ? [] : [ownersSeen(settled, me)]
    return { self: settled, send: [...send, [now.port, told]], observe }
  }
  const prepared = prepareRebalance(withMember(self, now.id, { joined: false, parked: '' }))
  const joined = withMember(prepared.self, now.id, { joined: true, parked: 'JoinGroup' })
  const change = andThen(prepared, maybeComplete(joined))
  return { ...change, send: [...send, ...change.send] }
}

/** The initial delay has run out: once more if members came meanwhile and there is time left. */
export function endInitialDelay(s: CoordinatorState, me: Self): Change {
  const used = (s.delays + 1) * me.settings['group.initial.rebalance.delay.ms']
  if (s.newMember && used < rebalanceTimeout(s, me.settings)) {
    return onlySelf({ ...s, delays: s.delays + 1, newMember: false })
  }
  return completeJoin(s)
}

export function sync(s: CoordinatorState, e: SyncGroup, me: Self): Out<CoordinatorState> {
  const fenced = fencedInstance(s, e)
  if (fenced !== null) return { reply: syncAnswer(NOTHING, fenced) }
  const answer = decide(syncTable, requestFacts(s, e))
  if (answer === 'answer') {
    const self = withMember(s, e.member, { unsynced: false })
    return { self, reply: syncAnswer(s.assignments[e.member] ?? NOTHING) }
  }
  if (answer !== 'park') return { reply: syncAnswer(NOTHING, answer) }
  const self = withMember(s, e.member, { parked: 'SyncGroup', unsynced: false, silent: false })
  return e.assignments === undefined || e.member !== s.leader
    ? { self }
    : stabilise(self, e.assignments, me)
}

/** The leader's word: everybody who waits gets its part. */
function stabilise(
  s: CoordinatorState,
  assignments: Readonly<Record<string, Assignment>>,
  me: Self,
): Change {
  const waiting = s.members.filter((member) => member.parked === 'SyncGroup')
  const send = waiting.map(
    (member) => [member.port, syncAnswer(assignments[member.id] ?? NOTHING)] as const,
  )
  const members = s.members.map(
    (member): Member => (member.parked === 'SyncGroup' ? { ...member, parked: '' } : member),
  )
  const self = { ...s, phase: 'Stable', assignments, members } as const
  return { self, send, observe: [ownersSeen(self, me)] }
}

function ownersSeen(s: CoordinatorState, me: Self): Seen {
  const { group } = me.settings
  return { kind: 'assigned', actor: me.id, group, generation: s.generation, owners: ownersOf(s) }
}

/**
 * Who owns what from now on. A partition that a cooperative member still holds, and that is withheld from
 * everybody until it is given up, stays that member's (KIP-429).
 */
function ownersOf(s: CoordinatorState): Readonly<Record<string, string>> {
  const held = s.members.flatMap((member) => lanesOf(member.owned, member.id))
  const given = Object.entries(s.assignments).flatMap(([id, mine]) => lanesOf(mine, id))
  const owners = Object.fromEntries([...held, ...given])
  return Object.fromEntries(Object.entries(owners).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function lanesOf(assignment: Assignment, id: string): [string, string][] {
  return Object.entries(assignment).flatMap(([topic, partitions]) =>
    partitions.map((partition): [string, string] => [`${topic}/${partition}`, actorOf(id)]),
  )
}

/** The connection of some members is gone. Their sessions run on: a broker learns of death by silence. */
export function loseConnection(s: CoordinatorState, port: string, cut: boolean): CoordinatorState {
  const members = s.members.map((member): Member => {
    if (member.port !== port) return member
    const silent = cut && !isStopped(member) ? 'cut off' : 'stopped'
    return { ...member, parked: '', silent }
  })
  return { ...s, members }
}

/** No more heartbeats come; what else it asked for is still answered. */
export function quieten(s: CoordinatorState, id: string): CoordinatorState {
  const member = memberOf(s, id)
  if (member === undefined) return s
  const parked = member.parked === 'Heartbeat' ? '' : member.parked
  return withMember(s, id, { parked, silent: 'stopped' })
}
