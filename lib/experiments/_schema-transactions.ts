// The steps of experiments about transactions, at the level of the protocol (version 1 of it, in which the
// client announces partitions) and of an application on the Java clients (version 2).
import * as z from 'zod/mini'
import { field, list, whole } from '../scenario/schema-parts.ts'
import {
  client,
  consumer,
  generation,
  group,
  lane,
  later,
  MINUTES_MS,
  name,
  OFFSETS,
  optional,
  producer,
  step,
} from './_schema-fields.ts'

export const isolation = () =>
  field(
    optional(z.enum(['read_uncommitted', 'read_committed'])),
    'Isolation',
    'What a client library of that isolation.level shows; without it, the whole log: ends of transactions are <COMMIT> and <ABORT>.',
  )

const own = () =>
  field(name(), 'Producer', 'A producer that an `initProducerId` step initialised with an id.')
const epoch = () =>
  field(optional(whole(0, 32_767)), 'Epoch', 'The epoch it names; without it, the one got.')
const transactionalId = () =>
  field(
    optional(name()),
    'transactional.id',
    'Two producers with the same one are one after the other.',
  )

/** What steps that are older than transactions take besides. */
export const ofTransactions = {
  initProducerId: {
    transactionalId: transactionalId(),
    timeoutMs: field(
      optional(whole(1, MINUTES_MS)),
      'Timeout',
      'transaction.timeout.ms, without it 60,000.',
    ),
  },
  produce: {
    transactional: field(
      optional(z.literal(true)),
      'Transactional',
      'The batch is part of a transaction of that producer.',
    ),
  },
  fetchOffsets: {
    requireStable: field(
      optional(z.literal(true)),
      'Require stable',
      'Is refused while a transaction has yet to decide about the offset.',
    ),
  },
}

const rawTransactionSteps = [
  step('addPartitionsToTxn', 'Announces partitions that a transaction is going to write to.', {
    producer: own(),
    lanes: field(list(lane(), 1, 20), 'Lanes', 'Each a topic and a partition, as "orders/0".'),
    epoch: epoch(),
  }),
  step('addOffsetsToTxn', 'Announces that a transaction is going to commit offsets of a group.', {
    producer: own(),
    group: group(),
    epoch: epoch(),
  }),
  step('txnOffsetCommit', 'Commits offsets of a group inside a transaction.', {
    producer: own(),
    group: group(),
    member: field(
      optional(name()),
      'Member',
      'Whose membership is told: a member, or a stranger by that name; without it nobody’s.',
    ),
    generation: generation(),
    offsets: field(z.record(lane(), whole(0, OFFSETS)), 'Offsets', 'By partition.'),
    epoch: epoch(),
  }),
  step('endTxn', 'Commits or aborts a transaction.', {
    client: client(),
    producer: own(),
    result: field(z.enum(['commit', 'abort']), 'Result', 'How it ends.'),
    epoch: epoch(),
    later: later(),
  }),
  step('describeTransaction', 'What the coordinator knows: the state, and the producer’s epoch.', {
    transactionalId: field(name(), 'transactional.id', 'The transactional id.'),
  }),
] as const

const clientTransactionSteps = [
  step('initTransactions', 'The application calls initTransactions().', { producer: producer() }),
  step('beginTransaction', 'The application calls beginTransaction().', { producer: producer() }),
  step('commitTransaction', 'The application calls commitTransaction().', {
    producer: producer(),
  }),
  step('abortTransaction', 'The application calls abortTransaction().', { producer: producer() }),
  step(
    'sendOffsets',
    'The application calls sendOffsetsToTransaction() with the positions of a consumer of its own.',
    { producer: producer(), consumer: consumer() },
  ),
] as const

export const transactionSteps = [...rawTransactionSteps, ...clientTransactionSteps] as const
