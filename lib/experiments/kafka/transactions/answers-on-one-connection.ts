// One connection, several requests whose answers are not waited for: each step hears its own, whatever is asked on
// the connection in between.
import type { Experiment } from '../../types.ts'

export const answersOnOneConnection: Experiment = {
  version: 1,
  id: 'answers-on-one-connection',
  title: 'Two ends of transactions on one connection, and who hears what',
  source: 'Kafka protocol: the correlation id; answers come in the order of the requests',
  class: 'deterministic',
  topics: { orders: 2 },
  steps: [
    { do: 'initProducerId', producer: 'one', transactionalId: 'one' },
    { do: 'initProducerId', producer: 'two', transactionalId: 'two' },
    { do: 'addPartitionsToTxn', producer: 'one', lanes: ['orders/0'] },
    { do: 'addPartitionsToTxn', producer: 'two', lanes: ['orders/1'] },
    { do: 'endTxn', as: 'refused', producer: 'one', result: 'commit', epoch: 7, later: true },
    { do: 'endTxn', as: 'taken', producer: 'two', result: 'abort', later: true },
    { do: 'initProducerId', as: 'three', producer: 'three', transactionalId: 'three' },
    { do: 'addPartitionsToTxn', as: 'its part', producer: 'three', lanes: ['orders/0'] },
    { do: 'endTxn', as: 'at once', producer: 'three', result: 'commit' },
    { do: 'await', as: 'what two hears', step: 'taken' },
    { do: 'await', as: 'what one hears', step: 'refused' },
  ],
  expect: {
    three: { epoch: 0 },
    'its part': 'ok',
    'at once': 'ok',
    'what two hears': 'ok',
    'what one hears': 'PRODUCER_FENCED',
  },
}
