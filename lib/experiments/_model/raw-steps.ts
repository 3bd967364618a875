// Steps at the level of the protocol on the model, asked of nodes and their lines: each is an envelope of the test
// client, and its answer. Those asked of a group's coordinator are in member-steps, offset-steps and group-steps.
import { readable } from '../../brokers/kafka/consumer-isolation.ts'
import type { NodeState } from '../../brokers/kafka/node-state.ts'
import type {
  FetchResponse,
  InitProducerIdResponse,
  ProduceResponse,
} from '../../brokers/kafka/protocol.ts'
import type { Message } from '../../clients/types.ts'
import { NO_VALUE } from '../_topics.ts'
import type { StepOf } from '../types.ts'
import { ask, done, heard, noAnswer, notedLater } from './asking.ts'
import { askNode, DISCONNECTED, heardOfNode, nodeAsked, UNKNOWN } from './asking-nodes.ts'
import { acted } from './clock.ts'
import { CONTROLLER } from './cluster.ts'
import { knowing, type Moment, type Setup, stateOf } from './moment.ts'
import { type Meaning, NO_ANSWER, WITHIN_MS } from './steps.ts'
import { CLIENT, MAIN, portOf, TRANSACTIONS, valueIn } from './system.ts'

export function messageOf(value: string | null, key: string | null): Message {
  const type = value ?? NO_VALUE
  const about = { source: CLIENT, subject: key ?? '', key, seq: 1, order: 0 }
  const message = { id: type, n: 0, type, ...about }
  return value === null ? { ...message, gone: true } : message
}

/** How long the test client's produce requests let a leader wait. */
const PRODUCE_MS = 5000

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
    const answer = heard<Answer>(setup, moment, step, 'InitProducerIdResponse')
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

/** With acks=0: whoever listens has the request, also if all it does is to close the connection. */
function isSentAllTheSame(
  setup: Setup,
  moment: Moment,
  step: StepOf<'produce'>,
  said: string,
): boolean {
  if (step.acks !== '0') return false
  if (said !== DISCONNECTED) return said === UNKNOWN
  return stateOf<NodeState>(setup, moment, nodeAsked(setup, moment, step)).life === 'running'
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
    const answer = heardOfNode<ProduceResponse>(setup, moment, step, 'ProduceResponse')
    if (answer === null) return null
    if (typeof answer === 'string') {
      return done(moment, isSentAllTheSame(setup, moment, step, answer) ? 'sent' : answer)
    }
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
    if (answer === null) return null
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

const toController = portOf(MAIN, CONTROLLER)

export const addPartitions: Meaning<StepOf<'addPartitions'>> = {
  begin: (moment, { topic, partitions: count }, setup) =>
    ask(setup, moment, toController, { kind: 'CreatePartitions', topic, count }),
  finish: (moment, step, setup) => {
    type Answer = { readonly error?: string }
    const answer = heard<Answer>(setup, moment, step, 'CreatePartitionsResponse')
    return answer === null ? null : done(moment, answer.error ?? 'ok')
  },
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
