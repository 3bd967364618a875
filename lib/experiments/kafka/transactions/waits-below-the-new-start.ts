// A fetch of committed records waits at an open transaction. When what it waits for is deleted, it is out of range:
// nothing of the transaction that is gone comes to it, however that ends.
import type { Experiment } from '../../types.ts'

export const waitsBelowTheNewStart: Experiment = {
  version: 1,
  id: 'waits-below-the-new-start',
  title: 'A reader of committed records waits for what is deleted',
  source: 'DelayedFetch; UnifiedLog.read: OFFSET_OUT_OF_RANGE below the log start offset',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    reader: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'isolation.level': 'read_committed',
      },
    },
  },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['A'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'produce', topic: 'orders', values: ['C'] },
    { do: 'start', who: 'reader' },
    { do: 'join', consumers: ['reader'] },
    { do: 'poll', as: 'held back', consumer: 'reader', count: 1, withinMs: 3000 },
    { do: 'deleteRecords', topic: 'orders', before: 2 },
    { do: 'endTxn', as: 'ended', producer: 'shop', result: 'commit' },
    { do: 'poll', as: 'left', consumer: 'reader', count: 1 },
  ],
  expect: { 'held back': [], ended: 'ok', left: ['0@2:C'] },
}
