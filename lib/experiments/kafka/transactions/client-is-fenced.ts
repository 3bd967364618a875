// Its next batch is refused; after that it can only abort, and that is refused for good.
import type { Experiment } from '../../types.ts'

export const clientIsFenced: Experiment = {
  version: 1,
  id: 'client-is-fenced',
  title: 'A Java producer whose transactional.id somebody else has taken',
  source: 'KIP-588; KafkaProducer: ProducerFencedException',
  class: 'deterministic',
  topics: { orders: 1 },
  producers: {
    old: { topic: 'orders', keys: 0, settings: { 'transactional.id': 'shop' } },
    new: { topic: 'orders', keys: 0, settings: { 'transactional.id': 'shop' } },
  },
  steps: [
    { do: 'start', who: 'old' },
    { do: 'start', who: 'new' },
    { do: 'initTransactions', producer: 'old' },
    { do: 'beginTransaction', producer: 'old' },
    { do: 'send', as: 'before', producer: 'old', value: 'A' },
    { do: 'initTransactions', as: 'taken over', producer: 'new' },
    { do: 'describeTransaction', as: 'known', transactionalId: 'shop' },
    { do: 'send', as: 'zombie sends', producer: 'old', value: 'B' },
    { do: 'abortTransaction', as: 'zombie aborts', producer: 'old' },
    { do: 'beginTransaction', as: 'zombie goes on', producer: 'old' },
    { do: 'beginTransaction', producer: 'new' },
    { do: 'send', as: 'new sends', producer: 'new', value: 'C' },
    { do: 'commitTransaction', as: 'new commits', producer: 'new' },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'fetch', as: 'committed', topic: 'orders', isolation: 'read_committed' },
  ],
  expect: {
    before: '0@0',
    'taken over': 'ok',
    known: { state: 'Empty', epoch: 2 },
    'zombie sends': 'InvalidProducerEpochException',
    'zombie aborts': 'ProducerFencedException',
    'zombie goes on': 'ProducerFencedException',
    'new sends': '0@2',
    'new commits': 'ok',
    log: ['0:A', '1:<ABORT>', '2:C', '3:<COMMIT>'],
    committed: ['2:C'],
  },
}
