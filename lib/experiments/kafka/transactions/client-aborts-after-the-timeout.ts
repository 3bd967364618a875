// The broker takes it for the answer that was lost, and the client goes on with the raised epoch.
import type { Experiment } from '../../types.ts'

export const clientAbortsAfterTheTimeout: Experiment = {
  version: 1,
  id: 'client-aborts-after-the-timeout',
  title: 'A Java producer aborts a transaction that its coordinator has aborted already',
  source: 'KIP-890: a retried EndTxn is known by its epoch',
  class: 'deterministic',
  topics: { orders: 1 },
  producers: {
    shop: {
      topic: 'orders',
      keys: 0,
      settings: { 'transactional.id': 'shop', 'transaction.timeout.ms': 3000 },
    },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'initTransactions', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'send', as: 'in time', producer: 'shop', value: 'A' },
    { do: 'wait', ms: 6000 },
    { do: 'abortTransaction', as: 'aborts', producer: 'shop' },
    { do: 'beginTransaction', as: 'goes on', producer: 'shop' },
    { do: 'send', as: 'sends', producer: 'shop', value: 'B' },
    { do: 'commitTransaction', as: 'commits', producer: 'shop' },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    'in time': '0@0',
    aborts: 'ok',
    'goes on': 'ok',
    sends: '0@2',
    commits: 'ok',
    log: ['0:A', '1:<ABORT>', '2:B', '3:<COMMIT>'],
  },
}
