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
import { ask, done, heard, heardOf, noAnswer } from './asking.ts'
import { NODE } from './cluster.ts'
import { type Moment, type Setup, stateOf } from './moment.ts'
import { messageOf } from './raw-steps.ts'
import { type Meaning, WITHIN_MS } from './steps.ts'
import { MAIN, portOf, valueIn } from './system.ts'

const PORT = portOf(MAIN, NODE)

export const alterTopic: Meaning<StepOf<'alterTopic'>> = {
  begin: (moment, { topic, settings }, setup) =>
    ask(setup, moment, PORT, { kind: 'IncrementalAlterConfigs', topic, settings }),
  finish: (moment, _step, setup) => {
    const kind = 'IncrementalAlterConfigsResponse'
    const answer = heard<IncrementalAlterConfigsResponse>(setup, moment, PORT, kind)
    return answer === null ? null : done(moment, answer.error ?? 'ok')
  },
  expired: noAnswer,
}

export const deleteRecords: Meaning<StepOf<'deleteRecords'>> = {
  begin: (moment, { topic, partition = 0, before }, setup) =>
    ask(setup, moment, PORT, { kind: 'DeleteRecords', topic, partition, before }),
  finish: (moment, _step, setup) => {
    const answer = heard<DeleteRecordsResponse>(setup, moment, PORT, 'DeleteRecordsResponse')
    return answer === null ? null : done(moment, answer.error ?? answer.start)
  },
  expired: noAnswer,
}

function logOf(setup: Setup, moment: Moment, topic: string, partition: number): Log {
  const { replicas } = stateOf<NodeState>(setup, moment, NODE)
  return replicas[laneName(topic, partition)]?.log ?? EMPTY_LOG
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
    const { starts, log, topic, partition = 0 } = step
    const now = logOf(setup, moment, topic, partition)
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
    return ask(setup, moment, PORT, { kind: 'Produce', ...place, acks: 'all', batch })
  },
  finish: (moment, step, setup) => {
    const answer = heardOf<ProduceResponse>(setup, moment, 'ProduceResponse', step)
    if (answer === null) return null
    return done(moment, answer.error ?? `${answer.partition}@${answer.baseOffset}`)
  },
  expired: noAnswer,
}
