// Its batch is refused, since the coordinator has raised the epoch. After that it aborts, and goes on.
import type { Experiment } from '../../types.ts'

export const clientSendsAfterTheTimeout: Experiment = {
  version: 1,
  id: 'client-sends-after-the-timeout',
  title: 'A Java producer sends in a transaction that its coordinator has aborted',
  source: 'KIP-588: INVALID_PRODUCER_EPOCH leaves an abort',
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
    { do: 'send', as: 'too late', producer: 'shop', value: 'B' },
    { do: 'commitTransaction', as: 'commits', producer: 'shop' },
    { do: 'abortTransaction', as: 'aborts', producer: 'shop' },
    { do: 'beginTransaction', as: 'goes on', producer: 'shop' },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    'in time': '0@0',
    'too late': 'InvalidProducerEpochException',
    commits: 'InvalidProducerEpochException',
    aborts: 'ok',
    'goes on': 'ok',
    log: ['0:A', '1:<ABORT>'],
  },
}
