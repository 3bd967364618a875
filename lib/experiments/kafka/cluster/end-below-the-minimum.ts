// The end of a transaction is an append with acks=all: EndTxn is answered as soon as it is decided, but where too few
// are in sync the end is not written, and until it is the transaction is neither over nor may another begin.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const endBelowTheMinimum: Experiment = {
  version: 1,
  id: 'end-below-the-minimum',
  title: 'A transaction is committed while too few replicas are in sync',
  source: 'KafkaApis.handleWriteTxnMarkersRequest, TransactionMarkerRequestCompletionHandler',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes({ 'min.insync.replicas': 3 }),
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    ...sent('A', 0, 'record'),
    { do: 'wait', ms: 1000 },
    { do: 'killNode', node: 2 },
    { do: 'awaitIsr', topic: 'orders', count: 2 },
    ...sent('B', 1, 'refused'),
    { do: 'endTxn', as: 'committed', producer: 'shop', result: 'commit' },
    { do: 'wait', ms: 1500 },
    { do: 'describeTransaction', as: 'deciding', transactionalId: 'shop' },
    { do: 'describePartition', as: 'unwritten', topic: 'orders' },
    { do: 'addPartitionsToTxn', as: 'too early', producer: 'shop', lanes: ['orders/0'] },
    { do: 'fetch', as: 'held back', topic: 'orders', isolation: 'read_committed' },
    { do: 'restartNode', node: 2 },
    { do: 'awaitIsr', topic: 'orders', count: 3 },
    { do: 'wait', ms: 2000 },
    { do: 'describeTransaction', as: 'over', transactionalId: 'shop' },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'fetch', as: 'read', topic: 'orders', isolation: 'read_committed' },
  ],
  expect: {
    record: 'ok@0',
    refused: 'NOT_ENOUGH_REPLICAS',
    committed: 'ok',
    deciding: { state: 'PrepareCommit', epoch: 0 },
    unwritten: {
      leader: 'broker-0',
      isr: ['broker-0', 'broker-1'],
      highWatermark: 1,
      ends: { 'broker-0': 1, 'broker-1': 1 },
    },
    'too early': 'CONCURRENT_TRANSACTIONS',
    'held back': [],
    over: { state: 'CompleteCommit', epoch: 0 },
    log: ['0:A', '1:<COMMIT>'],
    read: ['0:A'],
  },
}

function sent(value: string, sequence: number, as: string): Experiment['steps'] {
  const batch = { topic: 'orders', values: [value], producer: 'shop', sequence } as const
  return [{ do: 'produce', as, ...batch, transactional: true }]
}
