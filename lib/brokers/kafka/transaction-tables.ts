// The transaction coordinator's decisions with three or more conditions, as tables (TransactionCoordinator;
// KIP-98, KIP-890).
import type { Row } from '../_decision.ts'
import type { KafkaError } from './protocol.ts'
import type { EndTxn, Transactional } from './protocol-transactions.ts'
import type { Transaction, TransactionState } from './transaction-state.ts'

/** Who asks, held against what is known of that transactional id. */
export type Identity = 'unknown' | 'current' | 'one before' | 'other epoch'

export function identityOf(known: Transaction | undefined, e: Transactional): Identity {
  if (known === undefined || known.producerId !== e.producerId) return 'unknown'
  if (known.epoch === e.epoch) return 'current'
  return known.epoch === e.epoch + 1 ? 'one before' : 'other epoch'
}

export interface PartitionFacts {
  readonly identity: Identity
  readonly state: TransactionState
  readonly asks: 'to add' | 'whether added'
  /** Every participant it names is in the transaction already. */
  readonly added: boolean
}

const OLD = ['one before', 'other epoch'] as const
const ENDING = ['PrepareCommit', 'PrepareAbort'] as const
const NOT_ENDING = ['Empty', 'Ongoing', 'CompleteCommit', 'CompleteAbort'] as const

/** handleAddPartitionsToTransaction and handleVerifyPartitionsInTransaction. */
export const partitionTable: readonly Row<PartitionFacts, 'add' | 'yes' | KafkaError>[] = [
  { if: { identity: 'unknown' }, answer: 'INVALID_PRODUCER_ID_MAPPING' },
  { if: { identity: OLD }, answer: 'PRODUCER_FENCED' },
  { if: { identity: 'current', state: ENDING }, answer: 'CONCURRENT_TRANSACTIONS' },
  { if: { identity: 'current', state: NOT_ENDING, asks: 'to add' }, answer: 'add' },
  {
    if: { identity: 'current', state: NOT_ENDING, asks: 'whether added', added: true },
    answer: 'yes',
  },
  {
    if: { identity: 'current', state: NOT_ENDING, asks: 'whether added', added: false },
    answer: 'INVALID_TXN_STATE',
  },
]

export interface EndFacts {
  readonly identity: Identity
  readonly state: TransactionState
  /** Of the transaction that is ending or has ended, else of the request. */
  readonly version: 1 | 2
  readonly result: 'commit' | 'abort'
}

/**
 * prepare: the end is decided, markers are to be written. again: it was so decided before, and its answer
 * may have been lost. In version 2 such a retry is known by its epoch, since the end has raised that.
 */
export const endTable: readonly Row<EndFacts, 'prepare' | 'again' | KafkaError>[] = [
  { if: { identity: 'unknown' }, answer: 'INVALID_PRODUCER_ID_MAPPING' },
  { if: { identity: 'other epoch' }, answer: 'PRODUCER_FENCED' },
  { if: { identity: 'one before', version: 1 }, answer: 'PRODUCER_FENCED' },
  {
    if: { identity: 'one before', version: 2, state: ['Empty', 'Ongoing'] },
    answer: 'PRODUCER_FENCED',
  },
  { if: { identity: 'current', state: 'Ongoing' }, answer: 'prepare' },
  { if: { identity: 'current', version: 1, state: 'Empty' }, answer: 'INVALID_TXN_STATE' },
  {
    if: { identity: 'current', version: 2, state: 'Empty', result: 'commit' },
    answer: 'INVALID_TXN_STATE',
  },
  // A client that failed before it wrote anything may abort to be given a new epoch.
  { if: { identity: 'current', version: 2, state: 'Empty', result: 'abort' }, answer: 'prepare' },
  { if: { identity: 'current', version: 2, state: ENDING }, answer: 'PRODUCER_FENCED' },
  ...retries('current', 1),
  ...retries('one before', 2),
  {
    if: {
      identity: 'current',
      version: 2,
      state: ['CompleteCommit', 'CompleteAbort'],
      result: 'commit',
    },
    answer: 'INVALID_TXN_STATE',
  },
  {
    if: {
      identity: 'current',
      version: 2,
      state: ['CompleteCommit', 'CompleteAbort'],
      result: 'abort',
    },
    answer: 'prepare',
  },
]

/** The same end once more is well; the other one is not. */
function retries(identity: Identity, version: 1 | 2): readonly (typeof endTable)[number][] {
  const of = { identity, version }
  return [
    { if: { ...of, state: 'PrepareCommit', result: 'commit' }, answer: 'CONCURRENT_TRANSACTIONS' },
    { if: { ...of, state: 'PrepareAbort', result: 'abort' }, answer: 'CONCURRENT_TRANSACTIONS' },
    { if: { ...of, state: 'CompleteCommit', result: 'commit' }, answer: 'again' },
    { if: { ...of, state: 'CompleteAbort', result: 'abort' }, answer: 'again' },
    {
      if: { ...of, state: ['PrepareCommit', 'CompleteCommit'], result: 'abort' },
      answer: 'INVALID_TXN_STATE',
    },
    {
      if: { ...of, state: ['PrepareAbort', 'CompleteAbort'], result: 'commit' },
      answer: 'INVALID_TXN_STATE',
    },
  ]
}

export function endFacts(known: Transaction | undefined, e: EndTxn): EndFacts {
  const state = known?.state ?? 'Empty'
  const begun = known !== undefined && state !== 'Empty' && state !== 'Ongoing'
  return {
    identity: identityOf(known, e),
    state,
    version: begun ? known.version : e.version,
    result: e.committed ? 'commit' : 'abort',
  }
}
