// The group’s coordinator asks the transaction’s, as a leader does.
import type { Experiment } from '../../types.ts'

export const offsetsNotAnnounced: Experiment = {
  version: 1,
  id: 'offsets-not-announced',
  title: 'Offsets in a transaction that did not announce them',
  source: 'KIP-890; GroupCoordinatorService.commitTransactionalOffsets',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'txnOffsetCommit',
      as: 'not announced',
      producer: 'shop',
      group: 'billing',
      offsets: { 'orders/0': 3 },
    },
    { do: 'addOffsetsToTxn', producer: 'shop', group: 'billing' },
    {
      do: 'txnOffsetCommit',
      as: 'announced',
      producer: 'shop',
      group: 'billing',
      offsets: { 'orders/0': 3 },
    },
    { do: 'endTxn', producer: 'shop', result: 'commit' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: { 'not announced': 'INVALID_TXN_STATE', announced: 'ok', committed: 3 },
}
