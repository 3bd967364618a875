// One heartbeat of KIP-848 does everything: it joins, leaves, says what is owned and hears what is to be had
// (GroupMetadataManager.consumerGroupHeartbeat, consumerGroupLeave).

import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { decide } from '../_decision.ts'
import { actorOf } from './coordinator-state.ts'
import { withTargets } from './modern-assignors.ts'
import { hasSameLanes, reconcile } from './modern-reconcile.ts'
import {
  assignedTo,
  type Change,
  heartbeatError,
  type ModernGroupState,
  type ModernMember,
  modernMember,
  newMember,
  type Self,
  type Sends,
  seenOwners,
  withModern,
} from './modern-state.ts'
import { epochFacts, epochTable, nameTable } from './modern-tables.ts'
import type {
  ConsumerGroupHeartbeat,
  ConsumerGroupHeartbeatResponse,
  KafkaError,
} from './protocol.ts'

export const LEAVES = -1
export const LEAVES_FOR_A_WHILE = -2

const ASSIGNORS = ['uniform', 'range', '']

/** throwIfConsumerGroupHeartbeatRequestIsInvalid: who joins says what it reads, and owns nothing. */
function isInvalid(e: ConsumerGroupHeartbeat): boolean {
  if (e.memberEpoch === 0) return e.topics === undefined || Object.keys(e.owned ?? {}).length > 0
  return e.memberEpoch < LEAVES && (e.instance === undefined || e.memberEpoch < LEAVES_FOR_A_WHILE)
}

function answerTo(member: ModernMember, tellsAll: boolean): ConsumerGroupHeartbeatResponse {
  const { id, epoch } = member
  const answer = { about: id, member: id, memberEpoch: epoch }
  const assignment = tellsAll ? { assignment: assignedTo(member) } : {}
  return { kind: 'ConsumerGroupHeartbeatResponse', ...answer, ...assignment }
}

/** Whoever waits for news and has some is told: it would hear within its heartbeat interval. */
function tell(s: ModernGroupState): Change {
  let self = s
  const send: (readonly [string, ConsumerGroupHeartbeatResponse])[] = []
  for (const { id } of s.members) {
    const before = modernMember(self, id) as ModernMember
    if (!before.parked) continue
    const after = reconcile(self, before, null)
    const sameLanes = hasSameLanes(before.assigned, after.assigned)
    const isNews = !sameLanes || before.epoch !== after.epoch
    self = withModern(self, { ...after, parked: !isNews })
    if (isNews) send.push([after.port, answerTo(after, !sameLanes)])
  }
  return { self, send, observe: [] }
}

/** After a change of who is there or what there is. Targets are made by the next heartbeat there is. */
export function tellOthers(before: ModernGroupState, s: ModernGroupState, me: Self): Change {
  const awaited = s.members.some((member) => member.parked)
  return seenOwners(before, tell(awaited ? withTargets(s) : s), me)
}

type Found =
  | { readonly s: ModernGroupState; readonly member: ModernMember }
  | { readonly error: KafkaError }

/** A member that joins or goes on; a static one may come in the place of one that is away. */
function find(s: ModernGroupState, e: ConsumerGroupHeartbeat, port: string): Found {
  const known = modernMember(s, e.member)
  if (e.instance === undefined) {
    if (known !== undefined) return checked(s, known, e)
    if (e.memberEpoch !== 0) return { error: 'UNKNOWN_MEMBER_ID' }
    return { s, member: newMember(e.member, port, undefined) }
  }
  const holder = holderOf(s, e.instance)
  const answer = decide(nameTable, {
    asks: e.memberEpoch === 0 ? 'to join' : 'anything else',
    holder: holder === undefined ? 'nobody' : holder.id === e.member ? 'itself' : 'another',
    away: holder?.epoch === LEAVES_FOR_A_WHILE,
  })
  switch (answer) {
    case 'new':
      return { s, member: newMember(e.member, port, e.instance) }
    case 'replace':
      return replaced(s, holder as ModernMember, e.member)
    case 'itself':
      return checked(s, holder as ModernMember, e)
    default:
      return { error: answer }
  }
}

function checked(s: ModernGroupState, member: ModernMember, e: ConsumerGroupHeartbeat): Found {
  const answer = e.memberEpoch < 0 ? 'accept' : decide(epochTable, epochFacts(member, e))
  return answer === 'accept' ? { s, member } : { error: answer }
}

function holderOf(s: ModernGroupState, instance: string): ModernMember | undefined {
  return s.members.find((member) => member.instance === instance)
}

/** It has what the one before it had, and is told all of it: it begins at epoch 0. */
function replaced(s: ModernGroupState, holder: ModernMember, id: string): Found {
  const members = s.members.filter((member) => member.id !== holder.id)
  return { s: { ...s, members }, member: { ...holder, id, epoch: 0, previousEpoch: 0 } }
}

/** What it says of itself; the group epoch moves when it reads other topics than before. */
function updated(
  s: ModernGroupState,
  member: ModernMember,
  e: ConsumerGroupHeartbeat,
  port: string,
) {
  const topics = e.topics === undefined ? member.topics : [...e.topics].sort()
  const assignor = e.assignor ?? member.assignor
  const said = { ...member, port, topics, assignor, parked: false, silent: false } as const
  const bumped = String(topics) === String(member.topics) ? 0 : 1
  // A group begins at epoch 1, before its first member moves it.
  const epoch = Math.max(s.epoch, 1) + bumped
  return { group: withModern({ ...s, epoch }, said), said }
}

export function heartbeat(
  s: ModernGroupState,
  e: ConsumerGroupHeartbeat,
  me: Self,
): Out<ModernGroupState> {
  const refuse = (error: KafkaError) => ({ reply: heartbeatError(e.member, e.memberEpoch, error) })
  if (isInvalid(e)) return refuse('INVALID_REQUEST')
  if (!ASSIGNORS.includes(e.assignor ?? '')) return refuse('UNSUPPORTED_ASSIGNOR')
  if (s.epoch === 0 && e.memberEpoch !== 0) return refuse('GROUP_ID_NOT_FOUND')
  const found = find(s, e, me.port)
  if ('error' in found) return refuse(found.error)
  if (e.memberEpoch < 0) return leave(s, found.member, e, me)
  const { group, said } = updated(found.s, found.member, e, me.port)
  const planned = withTargets(group)
  const now = modernMember(planned, said.id) as ModernMember
  const joins = e.memberEpoch === 0
  const after = reconcile(planned, now, joins ? (e.owned ?? {}) : (e.owned ?? null))
  const isFull = joins || (e.topics !== undefined && e.owned !== undefined)
  const tellsAll = isFull || !hasSameLanes(now.assigned, after.assigned)
  const isNews = tellsAll || after.epoch !== e.memberEpoch
  const self = withModern(planned, { ...after, parked: !isNews })
  const { self: told, send, observe } = tellOthers(s, self, me)
  const watches = watch(told, said.topics)
  const out = { self: watches.self, send: [...send, ...watches.send], observe }
  return isNews ? { ...out, reply: answerTo(after, tellsAll) } : out
}

/** The broker follows the metadata of what its groups read. */
function watch(s: ModernGroupState, topics: readonly string[]) {
  const fresh = topics.filter((topic) => !s.watched.includes(topic))
  if (fresh.length === 0) return { self: s, send: [] }
  const self = { ...s, watched: [...s.watched, ...fresh].sort() }
  return { self, send: fresh.map((topic) => ['controller', askFor(topic, [])] as const) }
}

/** Answered when there are other partitions, or leaders, than those whose epochs are known. */
export function askFor(topic: string, known: readonly number[]) {
  return { kind: 'Metadata', about: topic, topic, known } as const
}

/** A member is out: what it had is free for others. */
export function fence(s: ModernGroupState, id: string, reason: string, me: Self): Change {
  const { parked, port } = modernMember(s, id) as ModernMember
  const members = s.members.filter((each) => each.id !== id)
  const change = tellOthers(s, { ...s, members, epoch: s.epoch + 1 }, me)
  const farewell: Sends = parked ? [[port, heartbeatError(id, LEAVES, 'UNKNOWN_MEMBER_ID')]] : []
  const member = actorOf(id)
  const { group } = me.settings
  const seen: Seen = { kind: 'memberRemoved', actor: me.id, group, member, reason }
  return { ...change, send: [...farewell, ...change.send], observe: [seen, ...change.observe] }
}

function leave(
  s: ModernGroupState,
  member: ModernMember,
  e: ConsumerGroupHeartbeat,
  me: Self,
): Out<ModernGroupState> {
  const { memberEpoch } = e
  const about = { about: e.member, member: e.member, memberEpoch }
  const reply = { kind: 'ConsumerGroupHeartbeatResponse', ...about } as const
  const quiet = withModern(s, { ...member, parked: false })
  if (memberEpoch === LEAVES) {
    return { ...fence(quiet, member.id, 'it leaves', me), reply }
  }
  // ConsumerGroupMember.Builder.resetAssignedPartitionsEpochsToZero: who comes back may commit by any epoch.
  const assigned = Object.fromEntries(Object.keys(member.assigned).map((lane) => [lane, 0]))
  const away = {
    ...member,
    epoch: memberEpoch,
    assigned,
    revoking: {},
    parked: false,
    silent: 'stopped',
  } as const
  return { self: withModern(s, away), reply }
}
