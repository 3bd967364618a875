// The later commit stands: the end of the transaction does not set the group back.
import type { Experiment } from '../../types.ts'

export const plainCommitBesideAPendingOne: Experiment = {
  version: 1,
  id: 'plain-commit-beside-a-pending-one',
  title: 'A plain commit while an offset is pending',
  source: 'OffsetMetadataManager.replayEndTransactionMarker',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addOffsetsToTxn', producer: 'shop', group: 'billing' },
    { do: 'txnOffsetCommit', producer: 'shop', group: 'billing', offsets: { 'orders/0': 5 } },
    { do: 'commitOffsets', as: 'plain', group: 'billing', offsets: { 'orders/0': 9 } },
    { do: 'fetchOffsets', as: 'meanwhile', group: 'billing', lane: 'orders/0' },
    {
      do: 'fetchOffsets',
      as: 'meanwhile stable',
      group: 'billing',
      lane: 'orders/0',
      requireStable: true,
    },
    { do: 'endTxn', producer: 'shop', result: 'commit' },
    {
      do: 'fetchOffsets',
      as: 'committed',
      group: 'billing',
      lane: 'orders/0',
      requireStable: true,
    },
  ],
  expect: { plain: 'ok', meanwhile: 9, 'meanwhile stable': 'UNSTABLE_OFFSET_COMMIT', committed: 9 },
}
