// Its coordinator aborts it; the commit that comes later is refused.
import type { Experiment } from '../../types.ts'

export const clientTimesOut: Experiment = {
  version: 1,
  id: 'client-times-out',
  title: 'A Java producer whose transaction stays open for too long',
  row: 'K35',
  source: 'transaction.timeout.ms; TransactionCoordinator.abortTimedOutTransactions',
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
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'describeTransaction', as: 'known', transactionalId: 'shop' },
    { do: 'commitTransaction', as: 'too late', producer: 'shop' },
    { do: 'abortTransaction', as: 'gives up', producer: 'shop' },
    { do: 'beginTransaction', as: 'goes on', producer: 'shop' },
  ],
  expect: {
    'in time': '0@0',
    log: ['0:A', '1:<ABORT>'],
    known: { state: 'CompleteAbort', epoch: 1 },
    'too late': 'InvalidTxnStateException',
    'gives up': 'KafkaException',
    'goes on': 'KafkaException',
  },
}
