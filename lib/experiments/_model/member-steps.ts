// Membership of the classic protocol on the model: joining, syncing, beating and leaving.
import type {
  HeartbeatResponse,
  JoinGroupResponse,
  SyncGroupResponse,
} from '../../brokers/kafka/protocol.ts'
import type { StepOf } from '../types.ts'
import { ask, done, heard, noAnswer, notedLater } from './asking.ts'
import { coordinatorOf } from './cluster.ts'
import {
  assignmentOf,
  instanceOf,
  lanesOf,
  memberOf,
  memberPort,
  namedBy,
  silent,
} from './members.ts'
import { knowing, type MemberKnown, type Moment } from './moment.ts'
import { type Meaning, WITHIN_MS } from './steps.ts'
import { portOf } from './system.ts'

const settled = ({ before: _, ...known }: MemberKnown): MemberKnown => known

/** Who asked for a new id and was refused is who it was before. */
function refused(moment: Moment, name: string): Moment {
  const { ids, before } = memberOf(moment, name)
  if (before === undefined) return moment
  if (before !== null) return knowing(moment, 'members', name, { ...before, ids })
  const { [name]: _, ...others } = moment.known.members
  return { ...moment, known: { ...moment.known, members: others } }
}

export const joinGroup: Meaning<StepOf<'joinGroup'>> = {
  begin: (moment, step, setup) => {
    const before = moment.known.members[step.member]
    const fresh = before === undefined || step.fresh === true
    const ids = (before?.ids ?? -1) + (fresh ? 1 : 0)
    const id = fresh ? `${step.member}#${ids}` : before.id
    const known: MemberKnown = {
      ...{ group: step.group, id, generation: before?.generation ?? -1, ids },
      ...namedBy(step, before),
      ...(fresh ? { before: before === undefined ? null : settled(before) } : {}),
    }
    const { topics, protocols = ['range'] } = step
    const request = {
      kind: 'JoinGroup',
      about: id,
      member: id,
      topics,
      owned: {},
      protocols,
      ...instanceOf(known),
    }
    const port = portOf(step.member, coordinatorOf(step.group))
    return ask(setup, knowing(moment, 'members', step.member, known), port, request)
  },
  finish: (moment, step, setup) => {
    const later = notedLater(moment, step)
    if (later !== null) return later
    const known = memberOf(moment, step.member)
    const answer = heard<JoinGroupResponse>(setup, moment, step, 'JoinGroupResponse')
    if (answer === null) return null
    if (answer.error !== undefined) return done(refused(moment, step.member), answer.error)
    const { generation } = answer
    const joined = { ...settled(known), generation }
    const next = knowing(moment, 'members', step.member, joined)
    const leads = answer.leader === known.id
    return done(next, { generation, leads, members: answer.members.length })
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}

export const syncGroup: Meaning<StepOf<'syncGroup'>> = {
  begin: (moment, step, setup) => {
    const known = memberOf(moment, step.member)
    const { id: member, generation } = known
    const request = { kind: 'SyncGroup', about: member, member, ...instanceOf(known), generation }
    const assignments = Object.entries(step.assign ?? {}).map(
      ([name, lanes]) => [memberOf(moment, name).id, assignmentOf(lanes)] as const,
    )
    const full =
      step.assign === undefined
        ? request
        : { ...request, assignments: Object.fromEntries(assignments) }
    return ask(setup, moment, memberPort(moment, step.member), full)
  },
  finish: (moment, step, setup) => {
    const later = notedLater(moment, step)
    if (later !== null) return later
    const answer = heard<SyncGroupResponse>(setup, moment, step, 'SyncGroupResponse')
    return answer === null ? null : done(moment, answer.error ?? lanesOf(answer.assignment))
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}

export const heartbeat: Meaning<StepOf<'heartbeat'>> = {
  begin: (moment, step, setup) => {
    const known = memberOf(moment, step.member)
    const { id: member, generation } = known
    const beat = {
      kind: 'Heartbeat',
      about: member,
      member,
      ...instanceOf(known),
      generation: step.generation ?? generation,
    }
    return ask(setup, moment, memberPort(moment, step.member), beat)
  },
  finish: (moment, step, setup) => {
    const answer = heard<HeartbeatResponse>(setup, moment, step, 'HeartbeatResponse')
    if (answer === null) return null
    return done(silent(setup, moment, step.member), answer.error)
  },
  // One that is parked means that all is well.
  expired: (moment, step, setup) => done(silent(setup, moment, step.member), 'ok'),
}

export const leaveGroup: Meaning<StepOf<'leaveGroup'>> = {
  begin: (moment, step, setup) => {
    const { id: member } = memberOf(moment, step.member)
    const leave = { kind: 'LeaveGroup', about: member, member, reason: 'the script says so' }
    return ask(setup, moment, memberPort(moment, step.member), leave)
  },
  finish: () => null,
  // The model's coordinator answers nobody who leaves.
  expired: (moment) => done(moment, 'left'),
}
