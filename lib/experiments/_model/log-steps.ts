// Steps of an administrator, and of another client, on the model.
import type { Log } from '../../brokers/kafka/log.ts'
import { EMPTY_LOG, messageIn } from '../../brokers/kafka/log.ts'
import { laneName, type NodeState } from '../../brokers/kafka/node-state.ts'
import { murmur2, utf8 } from '../../brokers/kafka/partitioner.ts'
import type {
  DeleteRecordsResponse,
  IncrementalAlterConfigsResponse,
  ProduceResponse,
} from '../../brokers/kafka/protocol.ts'
import { slice } from '../../engine/tape.ts'
import { partitionsOf } from '../_topics.ts'
import type { StepOf } from '../types.ts'
import { answersTo, ask, done, noAnswer } from './asking.ts'
import { askNode, heardOfNode, nodeAsked } from './asking-nodes.ts'
import { nodesOf } from './cluster.ts'
import { type Moment, type Setup, stateOf } from './moment.ts'
import { messageOf } from './raw-steps.ts'
import { type Meaning, WITHIN_MS } from './steps.ts'
import { MAIN, portOf, valueIn } from './system.ts'

const hears = (setup: Setup, moment: Moment, node: string): boolean =>
  stateOf<NodeState>(setup, moment, node).life === 'running'

/** The controller takes it and tells the nodes: one that is dead hears of it when it starts again. */
export const alterTopic: Meaning<StepOf<'alterTopic'>> = {
  begin: (moment, { topic, settings }, setup) => {
    const told = nodesOf(setup.experiment).filter((node) => hears(setup, moment, node))
    const request = { kind: 'IncrementalAlterConfigs', topic, settings }
    const asked = told.reduce((now, node) => ask(setup, now, portOf(MAIN, node), request), moment)
    return { ...asked, noted: told.length }
  },
  finish: (moment, step, setup) => {
    const kind = 'IncrementalAlterConfigsResponse'
    const answers = answersTo<IncrementalAlterConfigsResponse>(setup, moment, step, kind)
    const [first] = answers
    if (first === undefined || answers.length < (moment.noted as number)) return null
    return done(moment, first.answer.error ?? 'ok')
  },
  expired: noAnswer,
}

export const deleteRecords: Meaning<StepOf<'deleteRecords'>> = {
  begin: (moment, step, setup) => {
    const { topic, partition = 0, before } = step
    return askNode(setup, moment, step, { kind: 'DeleteRecords', topic, partition, before })
  },
  finish: (moment, step, setup) => {
    const kind = 'DeleteRecordsResponse'
    const answer = heardOfNode<DeleteRecordsResponse>(setup, moment, step, kind)
    if (answer === null) return null
    if (typeof answer === 'string') return done(moment, answer)
    return done(moment, answer.error ?? answer.start)
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}

function logOf(setup: Setup, moment: Moment, step: StepOf<'waitUntil'>): Log {
  const leader = nodeAsked(setup, moment, step)
  if (leader === '') return EMPTY_LOG
  const { replicas } = stateOf<NodeState>(setup, moment, leader)
  return replicas[laneName(step.topic, step.partition ?? 0)]?.log ?? EMPTY_LOG
}

/** All there is to read, as a fetch from its first offset on tells it. */
function told(log: Log): readonly string[] {
  return slice(log.records, log.start).flatMap((record, i) => {
    if (record !== null && 'control' in record) return [`${log.start + i}:<${record.control}>`]
    const message = messageIn(record)
    return message === null ? [] : [`${log.start + i}:${valueIn(message.type)}`]
  })
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i])

export const waitUntil: Meaning<StepOf<'waitUntil'>> = {
  finish: (moment, step, setup) => {
    const { starts, log } = step
    const now = logOf(setup, moment, step)
    const isThere = starts === undefined || now.start === starts
    return isThere && (log === undefined || same(told(now), log)) ? done(moment, 'reached') : null
  },
  patienceMs: (step) => step.withinMs ?? WITHIN_MS,
  expired: noAnswer,
}

/** @platformatic/kafka's own way: the hash without its sign, where Java takes the sign bit away. */
function partitionOf(setup: Setup, { topic, key }: StepOf<'platformaticSend'>): number {
  return (murmur2(utf8(key)) >>> 0) % partitionsOf(setup.experiment.topics[topic])
}

export const platformaticSend: Meaning<StepOf<'platformaticSend'>> = {
  begin: (moment, step, setup) => {
    const messages = [messageOf(step.value, step.key)]
    const batch = { producerId: -1, epoch: -1, firstSequence: -1, messages }
    const partition = partitionOf(setup, step)
    const place = { topic: step.topic, partition, correlation: moment.at }
    const request = { kind: 'Produce', ...place, acks: 'all', batch }
    return askNode(setup, moment, { ...step, partition }, request)
  },
  finish: (moment, step, setup) => {
    const answer = heardOfNode<ProduceResponse>(setup, moment, step, 'ProduceResponse')
    if (answer === null) return null
    if (typeof answer === 'string') return done(moment, answer)
    return done(moment, answer.error ?? `${answer.partition}@${answer.baseOffset}`)
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}
