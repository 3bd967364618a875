// Steps at the level of the protocol on the real broker.
import * as kafka from '@platformatic/kafka'
import type { Json } from '../../../lib/engine/types.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import {
  answered,
  assignment,
  errorName,
  fetch as fetchFrom,
  lanesIn,
  listOffsets as offsetsOf,
  produce as produceTo,
  soon,
  subscription,
  WITHIN_MS,
  within,
} from './raw.ts'
import { fromNode, fromNodeInTime, lineOfStep, lineToGroup } from './route.ts'
import { known, MAIN, type MemberKnown, type Session } from './session.ts'
import { addPartitionsTo } from './topics.ts'

type Play<S> = (session: Session, step: S) => Promise<Json>

/** How long a request that is not waited for gets to arrive before the script goes on. */
const ARRIVES_MS = 250

/** Waits for the answer, or goes on without it. In a set nobody says which of two requests comes first. */
export async function perhapsLater(
  session: Session,
  step: { readonly as?: string; readonly later?: true },
  asked: Promise<Json>,
): Promise<Json> {
  if (step.later !== true) return await within(asked, WITHIN_MS)
  asked.catch(() => {})
  session.pending.set(step.as ?? '', asked)
  if (session.experiment.class !== 'set') await soon(ARRIVES_MS)
  return null
}

const asJson = (asked: Promise<unknown>) => asked as Promise<Json>

const ACKS = { '0': 0, '1': 1, all: -1 } as const

export const produce: Play<StepOf<'produce'>> = async (session, step) =>
  await perhapsLater(
    session,
    step,
    fromNode(() => produced(session, step)),
  )

async function produced(session: Session, step: StepOf<'produce'>): Promise<unknown> {
  const line = await lineOfStep(session, step)
  const { partition = 0, values, keys, bytes, acks = 'all' } = step
  const numbered =
    step.producer === undefined ? null : known(session.producers, step.producer, 'has no id yet')
  const producer =
    numbered === null
      ? null
      : {
          id: numbered.id,
          epoch: step.epoch ?? numbered.epoch,
          sequence: step.sequence ?? 0,
          ...(step.transactional === true
            ? { transactionalId: numbered.transactionalId ?? '' }
            : {}),
        }
  const topic = session.real(step.topic)
  const records = { values, keys, bytes }
  const asked = produceTo(line, { topic, partition, ...records, acks: ACKS[acks], producer })
  return await answered(asked, (answer) =>
    typeof answer === 'boolean'
      ? 'sent'
      : `ok@${answer.responses[0]?.partitionResponses[0]?.baseOffset}`,
  )
}

export const fetch: Play<StepOf<'fetch'>> = async (session, step) => {
  const { partition = 0, offset = 0 } = step
  const topicId = known(session.topicIds, step.topic, 'is no topic of this experiment')
  return await fromNodeInTime(async () => {
    const line = await lineOfStep(session, step)
    const asked = { topicId, partition, offset, isolation: step.isolation ?? null }
    return await answered(fetchFrom(line, asked), (said) => said)
  })
}

export const listOffsets: Play<StepOf<'listOffsets'>> = async (session, step) => {
  const { partition = 0 } = step
  return await fromNodeInTime(async () => {
    const line = await lineOfStep(session, step)
    const asked = offsetsOf(line, session.real(step.topic), partition, step)
    return await answered(asked, (said) => said)
  })
}

const SESSION_MS = 45_000
const POLL_INTERVAL_MS = 300_000

function timeouts(session: Session, group: string): readonly [session: number, rebalance: number] {
  const settings = session.experiment.groups?.[group]
  return [
    Number(settings?.['session.timeout.ms'] ?? SESSION_MS),
    Number(settings?.['max.poll.interval.ms'] ?? POLL_INTERVAL_MS),
  ]
}

/** KIP-394: who comes without a member id is given one, and joins again with it. */
function givenId(thrown: unknown): string | null {
  if (errorName(thrown) !== 'MEMBER_ID_REQUIRED') return null
  const search = (value: unknown, depth: number): string | null => {
    if (typeof value !== 'object' || value === null || depth > 6) return null
    const { response, errors, cause } = value as Readonly<Record<string, unknown>>
    const id = (response as { readonly memberId?: string } | undefined)?.memberId
    if (id !== undefined) return id
    for (const inner of [...Object.values(errors ?? {}), cause]) {
      const found = search(inner, depth + 1)
      if (found !== null) return found
    }
    return null
  }
  return search(thrown, 0)
}

async function join(session: Session, step: StepOf<'joinGroup'>, member: string): Promise<Json> {
  const instance = step.instance ?? session.members.get(step.member)?.instance
  const named = instance === undefined ? {} : { instance }
  const line = await lineToGroup(session, step.member, step.group)
  const [sessionMs, rebalanceMs] = timeouts(session, step.group)
  const metadata = subscription(step.topics.map(session.real))
  const protocols = (step.protocols ?? ['range']).map((name) => ({ name, metadata }))
  const group = session.real(step.group)
  try {
    const joinGroup = kafka.joinGroupV9.api.async
    const answer = await joinGroup(
      line,
      group,
      sessionMs,
      rebalanceMs,
      member,
      instance ?? null,
      'consumer',
      protocols,
      null,
    )
    const { memberId: id, generationId: generation } = answer
    session.protocols.set(step.group, answer.protocolName ?? 'range')
    session.members.set(step.member, { group: step.group, id, generation, ...named })
    return { generation, leads: answer.leader === id, members: answer.members.length }
  } catch (thrown) {
    const id = givenId(thrown)
    if (id === null) throw thrown
    session.members.set(step.member, { group: step.group, id, generation: -1, ...named })
    return await join(session, step, id)
  }
}

export const joinGroup: Play<StepOf<'joinGroup'>> = async (session, step) => {
  const before = session.members.get(step.member)
  const id = step.fresh === true ? '' : (before?.id ?? '')
  return await perhapsLater(
    session,
    step,
    asJson(answered(join(session, step, id), (said) => said)),
  )
}

const memberOf = (session: Session, name: string): MemberKnown =>
  known(session.members, name, 'has joined no group yet')

function lanesByTopic(session: Session, lanes: readonly string[]) {
  const byTopic: Record<string, number[]> = {}
  for (const lane of lanes) {
    const [topic = '', partition] = lane.split('/')
    const name = session.real(topic)
    byTopic[name] = [...(byTopic[name] ?? []), Number(partition)]
  }
  return byTopic
}

export const syncGroup: Play<StepOf<'syncGroup'>> = async (session, step) => {
  const { group, id, generation, instance = null } = memberOf(session, step.member)
  const line = await lineToGroup(session, step.member, group)
  const assignments = Object.entries(step.assign ?? {}).map(([name, lanes]) => ({
    memberId: memberOf(session, name).id,
    assignment: assignment(lanesByTopic(session, lanes)),
  }))
  const protocol = session.protocols.get(group) ?? 'range'
  const asked = kafka.syncGroupV5.api.async(
    line,
    session.real(group),
    generation,
    id,
    instance,
    'consumer',
    protocol,
    assignments,
  )
  const said = answered(asked, (answer) => lanesIn(answer.assignment).map(session.named))
  return await perhapsLater(session, step, asJson(said))
}

export const heartbeat: Play<StepOf<'heartbeat'>> = async (session, step) => {
  const { group, id, generation, instance = null } = memberOf(session, step.member)
  const line = await lineToGroup(session, step.member, group)
  const named = step.generation ?? generation
  const asked = kafka.heartbeatV4.api.async(line, session.real(group), named, id, instance)
  return await asJson(answered(asked, () => 'ok'))
}

export const leaveGroup: Play<StepOf<'leaveGroup'>> = async (session, step) => {
  const { group, id, instance } = memberOf(session, step.member)
  const line = await lineToGroup(session, step.member, group)
  await answered(
    kafka.leaveGroupV5.api.async(line, session.real(group), [
      { memberId: id, ...(instance === undefined ? {} : { groupInstanceId: instance }) },
    ]),
    Object,
  )
  return 'left'
}

export const commitOffsets: Play<StepOf<'commitOffsets'>> = async (session, step) => {
  const line = await lineToGroup(session, step.member ?? step.client ?? MAIN, step.group)
  const member = step.member === undefined ? undefined : session.members.get(step.member)
  const id = member?.id ?? step.member ?? ''
  const generation = step.generation ?? member?.generation ?? -1
  const byTopic = Object.groupBy(Object.entries(step.offsets), ([lane]) => lane.split('/')[0] ?? '')
  const topics = Object.entries(byTopic).map(([topic, lanes = []]) => ({
    name: session.real(topic),
    partitions: lanes.map(([lane, offset]) => ({
      partitionIndex: Number(lane.split('/')[1]),
      committedOffset: BigInt(offset),
      committedLeaderEpoch: -1,
      committedMetadata: '',
    })),
  }))
  const group = session.real(step.group)
  const isModern = member?.ids !== undefined && step.old !== true
  const commit = isModern ? kafka.offsetCommitV9 : kafka.offsetCommitV8
  const instance = member?.instance ?? null
  const asked = commit.api.async(line, group, generation, id, instance, topics)
  return await perhapsLater(session, step, asJson(answered(asked, () => 'ok')))
}

export const fetchOffsets: Play<StepOf<'fetchOffsets'>> = async (session, step) => {
  const line = await lineToGroup(session, MAIN, step.group)
  const [topic = '', partition] = step.lane.split('/')
  const topics = [{ name: session.real(topic), partitionIndexes: [Number(partition)] }]
  const groups = [{ groupId: session.real(step.group), memberEpoch: -1, topics }]
  const asked = kafka.offsetFetchV8.api.async(line, groups, step.requireStable === true)
  return await asJson(
    answered(asked, (answer) => {
      const found = answer.groups[0]?.topics[0]?.partitions[0]
      return Number(found?.committedOffset ?? -1)
    }),
  )
}

export const addPartitions: Play<StepOf<'addPartitions'>> = async (session, step) => {
  const added = addPartitionsTo(session, step.topic, step.partitions)
  return await asJson(answered(added, () => 'ok'))
}

const await_: Play<StepOf<'await'>> = (session, step) => {
  const asked = known(session.pending, step.step, 'is no step whose answer is awaited')
  return within(asked, step.withinMs ?? WITHIN_MS)
}

export { await_ as await }

export const disconnect: Play<StepOf<'disconnect'>> = async (session, step) => {
  await session.lines.cut(step.client)
  return 'disconnected'
}

export const wait: Play<StepOf<'wait'>> = async (_session, step) => {
  await soon(step.ms)
  return 'waited'
}
