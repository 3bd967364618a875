// Steps at the level of the protocol on the model: each is an envelope of the test client, and its answer.
import type {
  FetchResponse,
  HeartbeatResponse,
  JoinGroupResponse,
  KafkaError,
  OffsetCommitResponse,
  OffsetFetchResponse,
  ProduceResponse,
  SyncGroupResponse,
} from '../../brokers/kafka/protocol.ts'
import type { Message } from '../../clients/types.ts'
import type { Envelope, Json } from '../../engine/types.ts'
import type { StepOf } from '../types.ts'
import { acted, asJson } from './clock.ts'
import { knowing, type MemberKnown, type Moment, type Setup, stateOf, withState } from './moment.ts'
import { type Done, type Meaning, NO_ANSWER, WITHIN_MS } from './steps.ts'
import { CLIENT, CONTROLLER, coordinatorOf, MAIN, NODE, portOf, valueIn } from './system.ts'
import type { TestClient } from './test-client.ts'

/** Asks on a connection, having forgotten what was heard on it before. */
export function ask(
  setup: Setup,
  moment: Moment,
  port: string,
  ...envelopes: readonly object[]
): Moment {
  const client = stateOf<TestClient>(setup, moment, CLIENT)
  const inbox = client.inbox.filter((heard) => heard.port !== port)
  const asked = envelopes.map((envelope) => [port, envelope as Envelope] as const)
  const state = { ...client, inbox, outbox: [...client.outbox, ...asked] }
  return withState(setup, moment, CLIENT, state as unknown as Json)
}

export function heard<E>(setup: Setup, moment: Moment, port: string, kind: string): E | null {
  const { inbox } = stateOf<TestClient>(setup, moment, CLIENT)
  const found = inbox.find((each) => each.port === port && each.envelope.kind === kind)
  return (found?.envelope as E | undefined) ?? null
}

export const done = (moment: Moment, result: unknown): Done => ({ moment, result: asJson(result) })
const orOk = (error: KafkaError | undefined): string => error ?? 'ok'
export const noAnswer = (moment: Moment): Done => done(moment, NO_ANSWER)

/** A step that goes on `later` is done at once; `await` asks its meaning again. */
function notedLater(moment: Moment, step: { readonly as?: string; readonly later?: true }) {
  if (step.later !== true) return null
  return done(knowing(moment, 'pending', step.as ?? '', moment.at), null)
}

function messageOf(value: string): Message {
  const { source, subject } = { source: CLIENT, subject: '' }
  return { id: value, n: 0, source, type: value, subject, key: null, seq: 1, order: 0 }
}

const nodePort = (step: { readonly client?: string }) => portOf(step.client ?? MAIN, NODE)

export const initProducerId: Meaning<StepOf<'initProducerId'>> = {
  begin: (moment, _step, setup) =>
    ask(setup, moment, portOf(MAIN, CONTROLLER), { kind: 'InitProducerId' }),
  finish: (moment, step, setup) => {
    type Answer = { readonly producerId: number; readonly epoch: number }
    const port = portOf(MAIN, CONTROLLER)
    const answer = heard<Answer>(setup, moment, port, 'InitProducerIdResponse')
    if (answer === null) return null
    const { producerId: id, epoch } = answer
    return done(knowing(moment, 'producers', step.producer, { id, epoch }), { epoch })
  },
  expired: noAnswer,
}

function batchOf(moment: Moment, step: StepOf<'produce'>) {
  const messages = step.values.map(messageOf)
  if (step.producer === undefined) {
    return { producerId: -1, epoch: -1, firstSequence: -1, messages }
  }
  const known = moment.known.producers[step.producer]
  if (known === undefined) throw new Error(`${step.producer} has asked for no producer id yet`)
  const { id: producerId, epoch } = known
  return { producerId, epoch: step.epoch ?? epoch, firstSequence: step.sequence ?? 0, messages }
}

export const produce: Meaning<StepOf<'produce'>> = {
  begin: (moment, step, setup) => {
    const { topic, partition = 0, acks = 'all' } = step
    const batch = batchOf(moment, step)
    const request = { kind: 'Produce', topic, partition, correlation: 0, acks, batch }
    return ask(setup, moment, nodePort(step), request)
  },
  finish: (moment, step, setup) => {
    const later = notedLater(moment, step)
    if (later !== null) return later
    const answer = heard<ProduceResponse>(setup, moment, nodePort(step), 'ProduceResponse')
    if (answer === null) return null
    return done(moment, answer.error ?? `ok@${answer.baseOffset}`)
  },
  // With acks=0 nothing is answered.
  expired: (moment, step) => done(moment, step.acks === '0' ? 'sent' : NO_ANSWER),
}

export const fetch: Meaning<StepOf<'fetch'>> = {
  begin: (moment, step, setup) => {
    const { topic, partition = 0, offset = 0 } = step
    const request = { kind: 'Fetch', topic, partition, offset, maxRecords: 1000 }
    return ask(setup, moment, nodePort(step), request)
  },
  finish: (moment, step, setup) => {
    const answer = heard<FetchResponse>(setup, moment, nodePort(step), 'FetchResponse')
    if (answer === null || answer.fetchOffset !== (step.offset ?? 0)) return null
    if (answer.error !== undefined) return done(moment, answer.error)
    return done(
      moment,
      answer.records.map(({ offset, message }) => `${offset}:${valueIn(message.type)}`),
    )
  },
  // A fetch at the end of the log is parked; a real one comes back empty after fetch.max.wait.ms.
  expired: (moment) => done(moment, []),
}

export const listOffsets: Meaning<StepOf<'listOffsets'>> = {
  begin: (moment, step, setup) => {
    const { topic, partition = 0, at } = step
    return ask(setup, moment, nodePort(step), { kind: 'ListOffsets', topic, partition, at })
  },
  finish: (moment, step, setup) => {
    type Answer = { readonly offset: number }
    const answer = heard<Answer>(setup, moment, nodePort(step), 'ListOffsetsResponse')
    return answer === null ? null : done(moment, answer.offset)
  },
  expired: noAnswer,
}

export function memberOf(moment: Moment, name: string): MemberKnown {
  const known = moment.known.members[name]
  if (known === undefined) throw new Error(`${name} has joined no group yet`)
  return known
}

export const memberPort = (moment: Moment, name: string): string =>
  portOf(name, coordinatorOf(memberOf(moment, name).group))

/** Sorted by topic, partitions ascending, as a member tells what it has. */
export function lanesOf(
  assignment: Readonly<Record<string, readonly number[]>>,
): readonly string[] {
  return Object.entries(assignment)
    .flatMap(([topic, partitions]) => partitions.map((partition) => `${topic}/${partition}`))
    .sort()
}

export function assignmentOf(
  lanes: readonly string[],
): Readonly<Record<string, readonly number[]>> {
  const topics = [...new Set(lanes.map((lane) => lane.split('/')[0] as string))]
  return Object.fromEntries(
    topics.map((topic) => [
      topic,
      lanes
        .filter((lane) => lane.startsWith(`${topic}/`))
        .map((lane) => Number(lane.split('/')[1])),
    ]),
  )
}

/** Its group.instance.id as a field of a request. */
export const instanceOf = ({ instance }: MemberKnown) =>
  instance === undefined ? {} : ({ instance } as const)

/** Told once, or again for somebody new. */
export function namedBy(
  step: { readonly instance?: string },
  before: MemberKnown | undefined,
): { readonly instance?: string } {
  const instance = step.instance ?? before?.instance
  return instance === undefined ? {} : { instance }
}

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
    const port = memberPort(moment, step.member)
    const answer = heard<JoinGroupResponse>(setup, moment, port, 'JoinGroupResponse')
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
    const port = memberPort(moment, step.member)
    const answer = heard<SyncGroupResponse>(setup, moment, port, 'SyncGroupResponse')
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
    const port = memberPort(moment, step.member)
    const answer = heard<HeartbeatResponse>(setup, moment, port, 'HeartbeatResponse')
    if (answer === null) return null
    return done(silent(setup, moment, step.member), answer.error)
  },
  // One that is parked means that all is well.
  expired: (moment, step, setup) => done(silent(setup, moment, step.member), 'ok'),
}

export function silent(setup: Setup, moment: Moment, name: string): Moment {
  const { id: member } = memberOf(moment, name)
  const stop = { kind: 'HeartbeatsStop', about: member, member }
  return ask(setup, moment, memberPort(moment, name), stop)
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

const committerPort = (step: StepOf<'commitOffsets'>) =>
  portOf(step.member ?? step.client ?? MAIN, coordinatorOf(step.group))

export const commitOffsets: Meaning<StepOf<'commitOffsets'>> = {
  begin: (moment, step, setup) => {
    const known = step.member === undefined ? undefined : moment.known.members[step.member]
    const member = known?.id ?? step.member ?? ''
    const generation = step.generation ?? known?.generation ?? -1
    const offsets = Object.entries(step.offsets)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([lane, offset]) => {
        const [topic, partition] = lane.split('/')
        return { topic, partition: Number(partition), offset }
      })
    const commit = {
      ...{ kind: 'OffsetCommit', member, generation, correlation: 0, offsets },
      ...(known === undefined ? {} : instanceOf(known)),
      ...(step.old === true ? { old: true } : {}),
    }
    return ask(setup, moment, committerPort(step), commit)
  },
  finish: (moment, step, setup) => {
    const later = notedLater(moment, step)
    if (later !== null) return later
    const port = committerPort(step)
    const answer = heard<OffsetCommitResponse>(setup, moment, port, 'OffsetCommitResponse')
    return answer === null ? null : done(moment, orOk(answer.error))
  },
  expired: noAnswer,
}

export const fetchOffsets: Meaning<StepOf<'fetchOffsets'>> = {
  begin: (moment, step, setup) => {
    const [topic, partition] = step.lane.split('/')
    const partitions = [{ topic, partition: Number(partition) }]
    const port = portOf(MAIN, coordinatorOf(step.group))
    return ask(setup, moment, port, { kind: 'OffsetFetch', partitions })
  },
  finish: (moment, step, setup) => {
    const port = portOf(MAIN, coordinatorOf(step.group))
    const answer = heard<OffsetFetchResponse>(setup, moment, port, 'OffsetFetchResponse')
    return answer === null ? null : done(moment, answer.offsets[0]?.offset ?? -1)
  },
  expired: noAnswer,
}

export const addPartitions: Meaning<StepOf<'addPartitions'>> = {
  begin: (moment, step, setup) =>
    acted(setup, moment, { actor: CONTROLLER, rule: 'AddPartitions', arg: step.partitions }),
  finish: (moment) => done(moment, 'ok'),
  expired: noAnswer,
}

export const disconnect: Meaning<StepOf<'disconnect'>> = {
  begin: (moment, step, setup) => {
    const prefix = portOf(step.client, '')
    const links = setup.system.links.filter(
      (link) => link.from === CLIENT && link.port.startsWith(prefix),
    )
    return links.reduce(
      (now, link) => acted(setup, now, { link: link.id, rule: 'CutConnection' }),
      moment,
    )
  },
  finish: (moment) => done(moment, 'disconnected'),
  expired: noAnswer,
}

export const wait: Meaning<StepOf<'wait'>> = {
  finish: () => null,
  patienceMs: (step) => step.ms,
  expired: (moment) => done(moment, 'waited'),
}
