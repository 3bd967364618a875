// Heartbeats of KIP-848 on the real broker.
import * as kafka from '@platformatic/kafka'
import type { Json } from '../../../lib/engine/types.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import { answered } from './raw.ts'
import { lineToGroup } from './route.ts'
import { known, type MemberKnown, type Session } from './session.ts'

type Step = StepOf<'consumerGroupHeartbeat'>

const POLL_INTERVAL_MS = 300_000
const UNSAID = -1

function knownAs(session: Session, step: Step): MemberKnown {
  const before = session.members.get(step.member)
  const instance = step.instance ?? before?.instance
  const named = instance === undefined ? {} : { instance }
  if (before !== undefined && step.fresh !== true) return { ...before, ...named }
  const ids = (before?.ids ?? -1) + 1
  return { group: step.group, id: `${step.member}-${ids}`, generation: 0, ids, ...named }
}

function byTopic(session: Session, lanes: readonly string[]) {
  const grouped = Object.groupBy(lanes, (lane) => lane.split('/')[0] ?? '')
  return Object.entries(grouped).map(([topic, of = []]) => ({
    topicId: known(session.topicIds, topic, 'is no topic of this experiment'),
    partitions: of.map((lane) => Number(lane.split('/')[1])),
  }))
}

interface Assigned {
  readonly topicPartitions: readonly {
    readonly topicId: string
    readonly partitions: readonly number[]
  }[]
}

function lanesIn(session: Session, assignment: Assigned | null) {
  if (assignment === null) return null
  const named = new Map([...session.topicIds].map(([topic, id]) => [id, topic]))
  return assignment.topicPartitions
    .flatMap(({ topicId, partitions }) => partitions.map((p) => `${named.get(topicId)}/${p}`))
    .sort()
}

export async function consumerGroupHeartbeat(session: Session, step: Step): Promise<Json> {
  const member = knownAs(session, step)
  session.members.set(step.member, member)
  const line = await lineToGroup(session, step.member, step.group)
  const epoch = step.epoch ?? member.generation
  const { topics = null, assignor = null } = step
  const owned = step.owned ?? (epoch === 0 ? [] : null)
  const interval = session.experiment.groups?.[step.group]?.['max.poll.interval.ms']
  const asked = kafka.consumerGroupHeartbeatV1.api.async(
    line,
    session.real(step.group),
    member.id,
    epoch,
    member.instance ?? null,
    null,
    topics === null ? UNSAID : Number(interval ?? POLL_INTERVAL_MS),
    topics?.map(session.real) ?? null,
    null,
    assignor,
    owned === null ? null : byTopic(session, owned),
  )
  const said = await answered(asked, (answer) => {
    session.members.set(step.member, { ...member, generation: answer.memberEpoch })
    return { epoch: answer.memberEpoch, assignment: lanesIn(session, answer.assignment) }
  })
  return said as Json
}
