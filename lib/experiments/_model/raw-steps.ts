// Steps at the level of the protocol on the model: each is an envelope of the test client, and its answer.
import { readable } from '../../brokers/kafka/consumer-isolation.ts'
import type {
  FetchResponse,
  HeartbeatResponse,
  InitProducerIdResponse,
  JoinGroupResponse,
  KafkaError,
  OffsetCommitResponse,
  OffsetFetchResponse,
  ProduceResponse,
  SyncGroupResponse,
} from '../../brokers/kafka/protocol.ts'
import type { Message } from '../../clients/types.ts'
import type { Envelope, Json } from '../../engine/types.ts'
import { NO_VALUE } from '../_topics.ts'
import type { StepOf } from '../types.ts'
import { acted, asJson } from './clock.ts'
import { CONTROLLER, coordinatorOf, leaderOf, NODE, type NodeAsked, nodeMeant } from './cluster.ts'
import { knowing, type MemberKnown, type Moment, type Setup, stateOf, withState } from './moment.ts'
import { type Done, type Meaning, NO_ANSWER, WITHIN_MS } from './steps.ts'
import { CLIENT, MAIN, portOf, TRANSACTIONS, valueIn } from './system.ts'
import type { TestClient } from './test-client.ts'

/** Asks on a connection, having forgotten what was heard on it before, except what a later step awaits. */
export function ask(
  setup: Setup,
  moment: Moment,
  port: string,
  ...envelopes: readonly object[]
): Moment {
  const client = stateOf<TestClient>(setup, moment, CLIENT)
  const inbox = client.inbox.filter((each) => each.port !== port || 'correlation' in each.envelope)
  const asked = envelopes.map((envelope) => [port, envelope as Envelope] as const)
  const state = { ...client, inbox, outbox: [...client.outbox, ...asked] }
  return withState(setup, moment, CLIENT, state as unknown as Json)
}

export function heard<E>(setup: Setup, moment: Moment, port: string, kind: string): E | null {
  const { inbox } = stateOf<TestClient>(setup, moment, CLIENT)
  const found = inbox.find((each) => each.port === port && each.envelope.kind === kind)
  return (found?.envelope as E | undefined) ?? null
}

/** The answer to this very step: several may be under way on one connection. */
export function heardOf<E extends { readonly correlation: number }>(
  setup: Setup,
  moment: Moment,
  kind: string,
  step: { readonly as?: string },
): E | null {
  const asked = moment.known.pending[step.as ?? ''] ?? moment.at
  const { inbox } = stateOf<TestClient>(setup, moment, CLIENT)
  const answers = inbox.filter(({ envelope }) => envelope.kind === kind)
  const found = answers.find(({ envelope }) => (envelope as unknown as E).correlation === asked)
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

export function messageOf(value: string | null, key: string | null): Message {
  const type = value ?? NO_VALUE
  const about = { source: CLIENT, subject: key ?? '', key, seq: 1, order: 0 }
  const message = { id: type, n: 0, type, ...about }
  return value === null ? { ...message, gone: true } : message
}

/** How long the test client's produce requests let a leader wait. */
const PRODUCE_MS = 5000

interface NodeStep {
  readonly as?: string
  readonly client?: string
  readonly node?: NodeAsked
  readonly topic: string
  readonly partition?: number
}

/** The node that a step names, else the leader; '' while there is none. */
function nodeAsked(setup: Setup, moment: Moment, step: NodeStep): string {
  if (setup.experiment.cluster === undefined) return NODE
  if (step.node !== undefined) return nodeMeant(setup, moment, step.node)
  return leaderOf(setup, moment, step.topic, step.partition ?? 0)
}

/** Asks a node, and notes by which port: who leads may be another by the time of the answer. */
function askNode(setup: Setup, moment: Moment, step: NodeStep, request: object): Moment {
  const node = nodeAsked(setup, moment, step)
  if (node === '') return knowing(moment, 'ports', step.as ?? '', '')
  const port = portOf(step.client ?? MAIN, node)
  return ask(setup, knowing(moment, 'ports', step.as ?? '', port), port, request)
}

const NO_LEADER = 'LEADER_NOT_AVAILABLE'

/** What the node has answered; that there is no leader to be asked; or that the connection is closed. */
function heardOfNode<E>(
  setup: Setup,
  moment: Moment,
  step: NodeStep,
  kind: string,
): E | string | null {
  const port = moment.known.ports[step.as ?? ''] ?? ''
  if (port === '') return NO_LEADER
  const answer = heard<E>(setup, moment, port, kind)
  if (answer !== null) return answer
  return heard(setup, moment, port, 'ConnectionClosed') === null ? null : 'disconnected'
}

const initPort = (step: StepOf<'initProducerId'>) =>
  portOf(MAIN, step.transactionalId === undefined ? CONTROLLER : TRANSACTIONS)

export const initProducerId: Meaning<StepOf<'initProducerId'>> = {
  begin: (moment, step, setup) => {
    const { transactionalId, timeoutMs = TRANSACTION_TIMEOUT_MS } = step
    const own = transactionalId === undefined ? {} : { transactionalId, timeoutMs }
    return ask(setup, moment, initPort(step), { kind: 'InitProducerId', ...own })
  },
  finish: (moment, step, setup) => {
    type Answer = Pick<InitProducerIdResponse, 'producerId' | 'epoch' | 'error'>
    const answer = heard<Answer>(setup, moment, initPort(step), 'InitProducerIdResponse')
    if (answer === null) return null
    const { producerId: id, epoch, error } = answer
    if (error !== undefined) return done(moment, error)
    const { transactionalId } = step
    const known = transactionalId === undefined ? { id, epoch } : { id, epoch, transactionalId }
    return done(knowing(moment, 'producers', step.producer, known), { epoch })
  },
  expired: noAnswer,
}
const TRANSACTION_TIMEOUT_MS = 60_000

function batchOf(moment: Moment, step: StepOf<'produce'>) {
  const messages = step.values.map((value, i) => messageOf(value, step.keys?.[i] ?? null))
  const records = step.bytes === undefined ? { messages } : { messages, bytes: step.bytes }
  if (step.producer === undefined) {
    return { producerId: -1, epoch: -1, firstSequence: -1, ...records }
  }
  const known = moment.known.producers[step.producer]
  if (known === undefined) throw new Error(`${step.producer} has asked for no producer id yet`)
  const { id: producerId, epoch } = known
  const numbers = { producerId, epoch: step.epoch ?? epoch, firstSequence: step.sequence ?? 0 }
  const part = step.transactional === true ? { transactional: true } : {}
  return { ...numbers, ...part, ...records }
}

/** Produce up to v11: the client has announced the partition before. */
function transactionOf(moment: Moment, step: StepOf<'produce'>) {
  if (step.transactional !== true) return {}
  const id = moment.known.producers[step.producer ?? '']?.transactionalId
  return { transaction: { id, version: 1 } }
}

/** Several may be under way on one connection, and who asked for what is told by the correlation. */
function producedOf(setup: Setup, moment: Moment, step: StepOf<'produce'>) {
  const answer = heardOf<ProduceResponse>(setup, moment, 'ProduceResponse', step)
  return answer ?? heardOfNode<ProduceResponse>(setup, moment, step, 'no such envelope')
}

export const produce: Meaning<StepOf<'produce'>> = {
  begin: (moment, step, setup) => {
    const { topic, partition = 0, acks = 'all' } = step
    const batch = batchOf(moment, step)
    const place = { kind: 'Produce', topic, partition, correlation: moment.at } as const
    const part = transactionOf(moment, step)
    return askNode(setup, moment, step, { ...place, acks, timeoutMs: PRODUCE_MS, ...part, batch })
  },
  finish: (moment, step, setup) => {
    const later = notedLater(moment, step)
    if (later !== null) return later
    const answer = producedOf(setup, moment, step)
    if (answer === null) return null
    if (typeof answer === 'string') return done(moment, answer)
    return done(moment, answer.error ?? `ok@${answer.baseOffset}`)
  },
  patienceMs: (step) => (step.acks === '0' || step.later === true ? 0 : WITHIN_MS),
  // With acks=0 nothing is answered.
  expired: (moment, step) => done(moment, step.acks === '0' ? 'sent' : NO_ANSWER),
}

/** Requests name the isolation level only where it is not the default. */
function isolationOf({ isolation }: { readonly isolation?: string }) {
  return isolation === 'read_committed' ? { isolation } : {}
}

/** What lies in the log, or, with an isolation level named, what a client library shows of it. */
function shown(answer: FetchResponse, step: StepOf<'fetch'>): readonly string[] {
  const records = step.isolation === undefined ? answer.records : readable(answer)
  return records.flatMap((record) => {
    if ('control' in record) return `${record.offset}:<${record.control}>`
    return record.message === null ? [] : `${record.offset}:${valueIn(record.message.type)}`
  })
}

export const fetch: Meaning<StepOf<'fetch'>> = {
  begin: (moment, step, setup) => {
    const { topic, partition = 0, offset = 0 } = step
    const place = { kind: 'Fetch', topic, partition, offset } as const
    const asked = { maxRecords: 1000, leaderEpoch: -1, ...isolationOf(step) }
    return askNode(setup, moment, step, { ...place, ...asked })
  },
  finish: (moment, step, setup) => {
    const answer = heardOfNode<FetchResponse>(setup, moment, step, 'FetchResponse')
    if (typeof answer === 'string') return done(moment, answer)
    if (answer === null || answer.fetchOffset !== (step.offset ?? 0)) return null
    if (answer.topic !== step.topic || answer.partition !== (step.partition ?? 0)) return null
    if (answer.error !== undefined) return done(moment, answer.error)
    return done(moment, shown(answer, step))
  },
  // A fetch at the end of the log is parked; a real one comes back empty after fetch.max.wait.ms.
  expired: (moment) => done(moment, []),
}

export const listOffsets: Meaning<StepOf<'listOffsets'>> = {
  begin: (moment, step, setup) => {
    const { topic, partition = 0, at } = step
    const request = { kind: 'ListOffsets', topic, partition, at, ...isolationOf(step) }
    return askNode(setup, moment, step, request)
  },
  finish: (moment, step, setup) => {
    type Answer = { readonly offset: number; readonly error?: string }
    const answer = heardOfNode<Answer>(setup, moment, step, 'ListOffsetsResponse')
    if (answer === null) return null
    if (typeof answer === 'string') return done(moment, answer)
    return done(moment, answer.error ?? answer.offset)
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

interface Committer {
  readonly member?: string
  readonly generation?: number
}

/** The membership that a commit tells: of a member, of a stranger, or none. */
export function whoCommits(moment: Moment, step: Committer) {
  const known = step.member === undefined ? undefined : moment.known.members[step.member]
  const member = known?.id ?? step.member ?? ''
  return { member, generation: step.generation ?? known?.generation ?? -1 }
}

export function offsetsOf(offsets: Readonly<Record<string, number>>) {
  return Object.entries(offsets)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([lane, offset]) => {
      const [topic = '', partition] = lane.split('/')
      return { topic, partition: Number(partition), offset }
    })
}

export const commitOffsets: Meaning<StepOf<'commitOffsets'>> = {
  begin: (moment, step, setup) => {
    const known = moment.known.members[step.member ?? '']
    const { member, generation } = whoCommits(moment, step)
    const offsets = offsetsOf(step.offsets)
    const commit = {
      ...{ kind: 'OffsetCommit', member, generation, correlation: moment.at, offsets },
      ...(known === undefined ? {} : instanceOf(known)),
      ...(step.old === true ? { old: true } : {}),
    }
    return ask(setup, moment, committerPort(step), commit)
  },
  finish: (moment, step, setup) => {
    const later = notedLater(moment, step)
    if (later !== null) return later
    const answer = heardOf<OffsetCommitResponse>(setup, moment, 'OffsetCommitResponse', step)
    return answer === null ? null : done(moment, orOk(answer.error))
  },
  expired: noAnswer,
}

export const fetchOffsets: Meaning<StepOf<'fetchOffsets'>> = {
  begin: (moment, step, setup) => {
    const [topic, partition] = step.lane.split('/')
    const partitions = [{ topic, partition: Number(partition) }]
    const port = portOf(MAIN, coordinatorOf(step.group))
    const stable = step.requireStable === true ? { requireStable: true } : {}
    return ask(setup, moment, port, { kind: 'OffsetFetch', partitions, ...stable })
  },
  finish: (moment, step, setup) => {
    const port = portOf(MAIN, coordinatorOf(step.group))
    const answer = heard<OffsetFetchResponse>(setup, moment, port, 'OffsetFetchResponse')
    if (answer === null) return null
    const [told] = answer.offsets
    return done(moment, told?.error ?? told?.offset ?? -1)
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
