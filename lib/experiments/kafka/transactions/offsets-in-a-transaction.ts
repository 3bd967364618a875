// Until the transaction ends they are no offsets yet, and whoever requires stable ones is asked to wait.
import type { Experiment } from '../../types.ts'

export const offsetsInATransaction: Experiment = {
  version: 1,
  id: 'offsets-in-a-transaction',
  title: 'Offsets committed inside a transaction: pending, aborted, committed',
  row: 'K14',
  source: 'KIP-447; OffsetMetadataManager.fetchOffsets',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addOffsetsToTxn', as: 'announced', producer: 'shop', group: 'billing' },
    {
      do: 'txnOffsetCommit',
      as: 'pending',
      producer: 'shop',
      group: 'billing',
      offsets: { 'orders/0': 5 },
    },
    { do: 'fetchOffsets', as: 'asked', group: 'billing', lane: 'orders/0' },
    {
      do: 'fetchOffsets',
      as: 'asked for a stable one',
      group: 'billing',
      lane: 'orders/0',
      requireStable: true,
    },
    { do: 'endTxn', producer: 'shop', result: 'abort' },
    { do: 'fetchOffsets', as: 'aborted', group: 'billing', lane: 'orders/0', requireStable: true },
    { do: 'addOffsetsToTxn', producer: 'shop', group: 'billing' },
    { do: 'txnOffsetCommit', producer: 'shop', group: 'billing', offsets: { 'orders/0': 7 } },
    { do: 'endTxn', producer: 'shop', result: 'commit' },
    {
      do: 'fetchOffsets',
      as: 'committed',
      group: 'billing',
      lane: 'orders/0',
      requireStable: true,
    },
  ],
  expect: {
    announced: 'ok',
    pending: 'ok',
    asked: -1,
    'asked for a stable one': 'UNSTABLE_OFFSET_COMMIT',
    aborted: -1,
    committed: 7,
  },
}
