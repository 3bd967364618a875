// Heartbeats of KIP-848 on the model. One that the coordinator keeps, as there is no news, is one whose answer
// says nothing new; the member falls silent after each, as it does in the classic protocol here.
import type { ConsumerGroupHeartbeatResponse } from '../../brokers/kafka/protocol.ts'
import type { StepOf } from '../types.ts'
import { ask, done, heard } from './asking.ts'
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
import type { Meaning } from './steps.ts'

type Step = StepOf<'consumerGroupHeartbeat'>

function knownAs(moment: Moment, step: Step): MemberKnown {
  const before = moment.known.members[step.member]
  const fresh = before === undefined || step.fresh === true
  const ids = (before?.ids ?? -1) + (fresh ? 1 : 0)
  const id = fresh ? `${step.member}#${ids}` : before.id
  const generation = fresh ? 0 : before.generation
  return { group: step.group, id, generation, ids, ...namedBy(step, before) }
}

export const consumerGroupHeartbeat: Meaning<Step> = {
  begin: (moment, step, setup) => {
    const known = knownAs(moment, step)
    const memberEpoch = step.epoch ?? known.generation
    const { topics, assignor } = step
    const owned = step.owned ?? (memberEpoch === 0 ? [] : undefined)
    const beat = {
      ...{ kind: 'ConsumerGroupHeartbeat', about: known.id, member: known.id, memberEpoch },
      ...instanceOf(known),
      ...(topics === undefined ? {} : { topics }),
      ...(assignor === undefined ? {} : { assignor }),
      ...(owned === undefined ? {} : { owned: assignmentOf(owned) }),
    }
    const next = knowing(moment, 'members', step.member, known)
    return ask(setup, next, memberPort(next, step.member), beat)
  },
  finish: (moment, step, setup) => {
    const kind = 'ConsumerGroupHeartbeatResponse'
    const answer = heard<ConsumerGroupHeartbeatResponse>(setup, moment, step, kind)
    if (answer === null) return null
    if (answer.error !== undefined) return done(moment, answer.error)
    const { memberEpoch: epoch, assignment } = answer
    const known = { ...memberOf(moment, step.member), generation: epoch }
    const told = assignment === undefined ? null : lanesOf(assignment)
    return done(knowing(moment, 'members', step.member, known), { epoch, assignment: told })
  },
  expired: (moment, step, setup) => {
    const { generation } = memberOf(moment, step.member)
    const epoch = step.epoch ?? generation
    return done(silent(setup, moment, step.member), { epoch, assignment: null })
  },
}
