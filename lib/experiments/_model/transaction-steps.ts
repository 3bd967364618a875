// Steps about transactions on the model: requests of the test client to the transaction coordinator, and what
// an application asks of the model's own producer.
import type { ConsumerState } from '../../brokers/kafka/consumer.ts'
import { laneOf } from '../../brokers/kafka/node-state.ts'
import type { ProducerState } from '../../brokers/kafka/producer-state.ts'
import {
  abort,
  begin,
  inPhase,
  withOffsets,
  withTransaction,
} from '../../brokers/kafka/producer-transactions.ts'
import type { KafkaError } from '../../brokers/kafka/protocol.ts'
import type { TransactionCoordinatorState } from '../../brokers/kafka/transaction-state.ts'
import type { Envelope, Json } from '../../engine/types.ts'
import type { StepOf } from '../types.ts'
import { ask, done, heard, noAnswer, notedLater } from './asking.ts'
import { UNKNOWN } from './asking-nodes.ts'
import { timed } from './clock.ts'
import { coordinatorOf, isThere } from './cluster.ts'
import { exceptionFor } from './exceptions.ts'
import { knowing, type Moment, type Setup, stateOf, withState } from './moment.ts'
import { offsetsOf, whoCommits } from './offset-steps.ts'
import { type Done, type Meaning, WITHIN_MS } from './steps.ts'
import { MAIN, portOf, TRANSACTIONS } from './system.ts'

const toCoordinator = portOf(MAIN, TRANSACTIONS)

interface Answer {
  readonly error?: KafkaError
}
type Named = { readonly producer: string; readonly epoch?: number }

/** Who asks, in every request of a transaction. */
function whoOf(moment: Moment, step: Named) {
  const known = moment.known.producers[step.producer]
  if (known?.transactionalId === undefined) throw new Error(`${step.producer} has no id yet`)
  const { transactionalId, id: producerId } = known
  return { transactionalId, producerId, epoch: step.epoch ?? known.epoch }
}

const orOk = (answer: Answer | null, moment: Moment): Done | null =>
  answer === null ? null : done(moment, answer.error ?? 'ok')

/** KafkaApis.handleAddPartitionsToTxnRequest: the coordinator is not asked about partitions that are not there. */
function lacksOne(setup: Setup, moment: Moment, lanes: readonly string[]): boolean {
  return lanes.map(laneOf).some((lane) => !isThere(setup, moment, lane.topic, lane.partition))
}

export const addPartitionsToTxn: Meaning<StepOf<'addPartitionsToTxn'>> = {
  begin: (moment, step, setup) => {
    if (lacksOne(setup, moment, step.lanes)) return { ...moment, noted: UNKNOWN }
    const asked = { participants: step.lanes, verifyOnly: false, version: 1 }
    const request = { kind: 'AddPartitionsToTxn', ...whoOf(moment, step), ...asked }
    return ask(setup, moment, toCoordinator, request)
  },
  finish: (moment, step, setup) =>
    moment.noted === UNKNOWN
      ? done(moment, UNKNOWN)
      : orOk(heard<Answer>(setup, moment, step, 'AddPartitionsToTxnResponse'), moment),
  expired: noAnswer,
}

export const addOffsetsToTxn: Meaning<StepOf<'addOffsetsToTxn'>> = {
  begin: (moment, step, setup) => {
    const request = { kind: 'AddOffsetsToTxn', ...whoOf(moment, step), group: step.group }
    return ask(setup, moment, toCoordinator, request)
  },
  finish: (moment, step, setup) =>
    orOk(heard<Answer>(setup, moment, step, 'AddOffsetsToTxnResponse'), moment),
  expired: noAnswer,
}

const committerPort = (step: StepOf<'txnOffsetCommit'>) =>
  portOf(step.member ?? MAIN, coordinatorOf(step.group))

export const txnOffsetCommit: Meaning<StepOf<'txnOffsetCommit'>> = {
  begin: (moment, step, setup) => {
    const { member, generation } = whoCommits(moment, step)
    const offsets = offsetsOf(step.offsets)
    const told = { member, generation, offsets, version: 1 }
    const request = { kind: 'TxnOffsetCommit', ...whoOf(moment, step), ...told }
    return ask(setup, moment, committerPort(step), request)
  },
  finish: (moment, step, setup) =>
    orOk(heard<Answer>(setup, moment, step, 'TxnOffsetCommitResponse'), moment),
  expired: noAnswer,
}

function endRequest(moment: Moment, step: StepOf<'endTxn'>): Envelope {
  const committed = step.result === 'commit'
  return { kind: 'EndTxn', ...whoOf(moment, step), committed, version: 1 } as Envelope
}

const endPort = (step: StepOf<'endTxn'>) => portOf(step.client ?? MAIN, TRANSACTIONS)

export const endTxn: Meaning<StepOf<'endTxn'>> = {
  begin: (moment, step, setup) => ask(setup, moment, endPort(step), endRequest(moment, step)),
  finish: (moment, step, setup) => {
    const later = notedLater(moment, step)
    if (later !== null) return later
    return orOk(heard<Answer>(setup, moment, step, 'EndTxnResponse'), moment)
  },
  expired: noAnswer,
}

export const describeTransaction: Meaning<StepOf<'describeTransaction'>> = {
  atRest: true,
  finish: (moment, step, setup) => {
    const { transactions } = stateOf<TransactionCoordinatorState>(setup, moment, TRANSACTIONS)
    const known = transactions[step.transactionalId]
    if (known === undefined) return done(moment, 'TRANSACTIONAL_ID_NOT_FOUND')
    return done(moment, { state: known.state, epoch: known.epoch })
  },
  expired: noAnswer,
}

// ---- the application on the model's producer ----
type Call = { readonly producer: string }

function producerOf(setup: Setup, moment: Moment, step: Call): ProducerState {
  return stateOf<ProducerState>(setup, moment, step.producer)
}

function with_(setup: Setup, moment: Moment, step: Call, state: ProducerState): Moment {
  return timed(setup, withState(setup, moment, step.producer, state as unknown as Json))
}

const ITSELF = ['ProducerFencedException', 'InvalidProducerEpochException']

/**
 * What a call throws of an error there is; `late`: it was there before the call, which is then refused with
 * a KafkaException for most of them (TransactionManager.maybeFailWithError).
 */
function thrown(s: ProducerState, late: boolean): string | null {
  if (!inPhase(s, 'fatal', 'abortable')) return null
  const why = exceptionFor(s.transaction?.why ?? '')
  return late && !ITSELF.includes(why) ? 'KafkaException' : why
}
const TOO_LATE = 'it could do nothing more before'
const wasLate = (moment: Moment): boolean => moment.noted === TOO_LATE

export const initTransactions: Meaning<StepOf<'initTransactions'>> = {
  begin: (moment, step, setup) => {
    const s = producerOf(setup, moment, step)
    if (inPhase(s, 'fatal', 'abortable')) return { ...moment, noted: TOO_LATE }
    return inPhase(s, 'uninitialised') ? moment : { ...moment, noted: NOT_NOW }
  },
  allows: (_moment, step, option) =>
    option.actor === step.producer && option.rule === 'InitTransactions',
  finish: (moment, step, setup) => {
    if (moment.noted === NOT_NOW) return done(moment, 'IllegalStateException')
    const s = producerOf(setup, moment, step)
    if (inPhase(s, 'ready')) return done(moment, 'ok')
    const why = thrown(s, wasLate(moment))
    return why === null ? null : done(moment, why)
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}

export const beginTransaction: Meaning<StepOf<'beginTransaction'>> = {
  finish: (moment, step, setup) => {
    const s = producerOf(setup, moment, step)
    const why = thrown(s, true)
    if (why !== null) return done(moment, why)
    if (!inPhase(s, 'ready')) return done(moment, 'IllegalStateException')
    return done(with_(setup, moment, step, begin(s)), 'ok')
  },
  expired: noAnswer,
}

/** RecordAccumulator.abortUndrainedBatches: what send() threw of goes, too. It is what would be sent next. */
function withoutUntimely(moment: Moment, step: Call, s: ProducerState) {
  const count = moment.known.untimely[step.producer] ?? 0
  const left = knowing(moment, 'untimely', step.producer, 0)
  return [left, step, { ...s, next: s.next + count }] as const
}

/** Ends the open transaction, one way or the other, and says what the call comes to. */
function ending(result: 'commit' | 'abort'): Meaning<Call> {
  return {
    begin: (moment, step, setup) => {
      const s = producerOf(setup, moment, step)
      const mayAbort = result === 'abort' && inPhase(s, 'abortable')
      if (inPhase(s, 'fatal', 'abortable') && !mayAbort) return { ...moment, noted: TOO_LATE }
      if (!mayAbort && !inPhase(s, 'open')) return { ...moment, noted: NOT_NOW }
      if (result === 'abort') {
        const aborted = abort(s, 'TransactionAborted')
        return with_(setup, ...withoutUntimely(moment, step, aborted))
      }
      // What lingers is sent without its wait, which is over within the step.
      const committing = withTransaction(s, { phase: 'committing', committed: true })
      return with_(setup, moment, step, committing)
    },
    finish: (moment, step, setup) => {
      const s = producerOf(setup, moment, step)
      const why = thrown(s, wasLate(moment) || inPhase(s, 'abortable'))
      if (why !== null) return done(moment, why)
      if (moment.noted === NOT_NOW) return done(moment, 'IllegalStateException')
      return inPhase(s, 'ready') ? done(moment, 'ok') : null
    },
    patienceMs: () => WITHIN_MS,
    expired: noAnswer,
  }
}
const NOT_NOW = 'no transaction is open'

export const commitTransaction: Meaning<StepOf<'commitTransaction'>> = ending('commit')
export const abortTransaction: Meaning<StepOf<'abortTransaction'>> = ending('abort')

/** The positions of the consumer, and what it knows of its membership at this moment. */
export const sendOffsets: Meaning<StepOf<'sendOffsets'>> = {
  begin: (moment, step, setup) => {
    const consumer = stateOf<ConsumerState>(setup, moment, step.consumer)
    const { member, generation } = consumer.joinedAs
    const offsets = consumer.lanes
      .filter(({ position }) => position >= 0)
      .map(({ topic, partition, position }) => ({ topic, partition, offset: position }))
    const group = setup.experiment.consumers?.[step.consumer]?.group ?? ''
    const told = { port: coordinatorOf(group), member, generation, offsets }
    const s = producerOf(setup, moment, step)
    if (inPhase(s, 'fatal', 'abortable')) return { ...moment, noted: TOO_LATE }
    if (!inPhase(s, 'open')) return { ...moment, noted: NOT_NOW }
    return with_(setup, moment, step, withOffsets(s, told))
  },
  finish: (moment, step, setup) => {
    const s = producerOf(setup, moment, step)
    const why = thrown(s, wasLate(moment))
    if (why !== null) return done(moment, why)
    if (moment.noted === NOT_NOW) return done(moment, 'IllegalStateException')
    return s.transaction?.offsets === null ? done(moment, 'ok') : null
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}
