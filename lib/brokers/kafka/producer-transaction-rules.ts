// The rules by which a producer with a transactional.id works. What belongs together is the application's
// own word: so many events, or whatever the service decides whose producer it is.
import { neverWhere, ruleFor } from '../../engine/rule.ts'
import type { Range } from '../../engine/types.ts'
import type { ProducerSettings, ProducerState, Self } from './producer-state.ts'
import {
  abort,
  askCoordinatorAgain,
  begin,
  commit,
  end,
  endAnswered,
  initTransactions,
  inPhase,
  isFlushed,
  offsetsAnswered,
  offsetsRequest,
  type ProducerTransaction,
  sendOffsets,
  TO_COORDINATOR,
} from './producer-transactions.ts'
import type { KafkaEnvelope } from './protocol.ts'

const rule = ruleFor<ProducerState, ProducerSettings, KafkaEnvelope>()
const AT_ONCE: Range = [0, 0]

/** How long it waits before it asks once more; the first time not at all. */
function beforeAsking(settings: ProducerSettings, s: ProducerState): Range {
  const ms = settings['retry.backoff.ms']
  return s.transaction?.again === true ? [ms, ms] : AT_ONCE
}

const ownsItsGroups = (_s: ProducerState, me: Self) => me.settings.together > 0

function hasMore(s: ProducerState, me: Self): boolean {
  return s.outbox.length > 0 || s.next < me.settings.workload.count
}

/** As many events as belong together, or all that are left. */
function isWhole(s: ProducerState, me: Self): boolean {
  const { written } = s.transaction as ProducerTransaction
  return written.length >= me.settings.together || !hasMore(s, me)
}

/** Whether a send() belongs into the transaction as it is, or needs none. */
export function mayWrite(s: ProducerState, me: Self): boolean {
  if (s.transaction === null) return true
  const { together } = me.settings
  return inPhase(s, 'open') && (together === 0 || s.transaction.written.length < together)
}

const hasOffsetsToSend = ({ transaction }: ProducerState): boolean =>
  transaction !== null && transaction.offsets !== null && !transaction.offsetsSent

const waitsForOffsets = ({ transaction }: ProducerState): boolean =>
  transaction !== null && transaction.offsets !== null && transaction.offsetsSent

const isGroupCoordinator = (s: ProducerState, me: Self): boolean =>
  waitsForOffsets(s) && s.transaction?.offsets?.port === me.port

export const producerTransactionRules = neverWhere(
  (settings: Self['settings']) => settings['transactional.id'] === '',
  [
    rule({
      name: 'InitTransactions',
      reads: ['transactional.id', 'transaction.timeout.ms'],
      cites: 'KafkaProducer.initTransactions; CONCURRENT_TRANSACTIONS: asked again after a while',
      ready: { 'it has a transactional.id and no epoch yet': (s) => inPhase(s, 'uninitialised') },
      takes: beforeAsking,
      then: (s, _e, _x, me) => initTransactions(s, me),
    }),
    rule({
      name: 'BeginTransaction',
      cites: 'KafkaProducer.beginTransaction: nobody is told',
      ready: {
        'no transaction is open, and it may begin one': (s) => inPhase(s, 'ready'),
        'it decides itself what belongs together': ownsItsGroups,
        'there is more to publish': hasMore,
      },
      then: (s) => ({ self: begin(s) }),
    }),
    rule({
      name: 'CommitTransaction',
      cites: 'KafkaProducer.commitTransaction: flushes first',
      ready: {
        'a transaction is open': (s) => inPhase(s, 'open'),
        'it decides itself what belongs together': ownsItsGroups,
        'all that belongs together has been sent': isWhole,
      },
      then: (s, _e, _x, me) => commit(s, me),
    }),
    rule({
      name: 'AbortTransaction',
      cites: 'KafkaProducer.abortTransaction, after an error that leaves nothing else',
      ready: {
        'its transaction can only be aborted': (s) => inPhase(s, 'abortable'),
        'nobody else has yet to hear of it': (s, me) =>
          ownsItsGroups(s, me) || s.serving?.call === 'end',
      },
      then: (s) => ({ self: abort(s, '') }),
    }),
    rule({
      name: 'TxnOffsetCommit',
      cites: 'KafkaProducer.sendOffsetsToTransaction (KIP-447)',
      ready: { 'offsets are to be part of the transaction': hasOffsetsToSend },
      takes: beforeAsking,
      then: (s, _e, _x, me) => sendOffsets(s, me),
    }),
    rule({
      name: 'TxnOffsetCommitResponse',
      on: 'TxnOffsetCommitResponse',
      cites: 'TransactionManager.TxnOffsetCommitHandler',
      ready: { 'it waits for it': waitsForOffsets },
      then: (s, e, _x, me) => offsetsAnswered(s, e, me),
    }),
    rule({
      name: 'IgnoreTxnOffsetCommitResponse',
      on: 'TxnOffsetCommitResponse',
      ready: { 'it waits for none': (s) => !waitsForOffsets(s) },
      then: () => ({}),
    }),
    rule({
      name: 'EndTxn',
      cites: 'TransactionManager.beginCompletingTransaction',
      ready: {
        'it wants to commit or to abort': (s) => inPhase(s, 'committing', 'aborting'),
        'nothing of the transaction is unanswered': isFlushed,
      },
      takes: beforeAsking,
      then: (s, _e, _x, me) => end(s, me),
    }),
    rule({
      name: 'EndTxnResponse',
      on: 'EndTxnResponse',
      cites: 'TransactionManager.EndTxnHandler; in version 2 it brings the next epoch (KIP-890)',
      then: (s, e, _x, me) => endAnswered(s, e, me),
    }),
    rule({
      name: 'TransactionCoordinatorDisconnected',
      on: 'ConnectionClosed',
      reads: ['retry.backoff.ms'],
      ready: { 'it was the transaction coordinator': (_s, me) => me.port === TO_COORDINATOR },
      takes: (settings) => [settings['retry.backoff.ms'], settings['retry.backoff.ms']],
      then: (s, _e, _x, me) => ({ send: askCoordinatorAgain(s, me) }),
    }),
    rule({
      name: 'GroupCoordinatorDisconnected',
      on: 'ConnectionClosed',
      ready: { 'it waits for a group’s coordinator there': isGroupCoordinator },
      takes: (settings) => [settings['retry.backoff.ms'], settings['retry.backoff.ms']],
      then: (s, _e, _x, me) => ({ send: [offsetsRequest(s, me)] }),
    }),
    rule({
      name: 'ApplicationAborts',
      fault: { kind: 'abort-transaction' },
      cites: 'KafkaProducer.abortTransaction: the application finds that it cannot finish',
      ready: {
        'a transaction is open': (s) => inPhase(s, 'open'),
        'it decides itself what belongs together': ownsItsGroups,
      },
      then: (s) => ({ self: abort(s, 'the application aborted its transaction') }),
    }),
  ],
)
