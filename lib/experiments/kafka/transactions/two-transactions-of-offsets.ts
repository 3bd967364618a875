// The one that was told later stands, whichever ends last.
import type { Experiment } from '../../types.ts'

export const twoTransactionsOfOffsets: Experiment = {
  version: 1,
  id: 'two-transactions-of-offsets',
  title: 'Two transactions commit the same offset',
  source: 'OffsetMetadataManager.replayEndTransactionMarker',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'one', transactionalId: 'one' },
    { do: 'initProducerId', producer: 'two', transactionalId: 'two' },
    { do: 'addOffsetsToTxn', producer: 'one', group: 'billing' },
    { do: 'addOffsetsToTxn', producer: 'two', group: 'billing' },
    { do: 'txnOffsetCommit', producer: 'one', group: 'billing', offsets: { 'orders/0': 5 } },
    { do: 'txnOffsetCommit', producer: 'two', group: 'billing', offsets: { 'orders/0': 7 } },
    { do: 'endTxn', producer: 'two', result: 'commit' },
    { do: 'fetchOffsets', as: 'second ended', group: 'billing', lane: 'orders/0' },
    {
      do: 'fetchOffsets',
      as: 'first pending',
      group: 'billing',
      lane: 'orders/0',
      requireStable: true,
    },
    { do: 'endTxn', producer: 'one', result: 'commit' },
    {
      do: 'fetchOffsets',
      as: 'both ended',
      group: 'billing',
      lane: 'orders/0',
      requireStable: true,
    },
  ],
  expect: { 'second ended': 7, 'first pending': 'UNSTABLE_OFFSET_COMMIT', 'both ended': 7 },
}
