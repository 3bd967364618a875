// Each partition has both ends, in one order or the other.
import type { Experiment } from '../../types.ts'

export const twoEndsRace: Experiment = {
  version: 1,
  id: 'two-ends-race',
  title: 'Two transactions end at the same time',
  source: 'KIP-98: coordinators write markers on their own',
  class: 'set',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'one', transactionalId: 'one' },
    { do: 'initProducerId', producer: 'two', transactionalId: 'two' },
    { do: 'addPartitionsToTxn', producer: 'one', lanes: ['orders/0'] },
    { do: 'addPartitionsToTxn', producer: 'two', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['A'],
      producer: 'one',
      sequence: 0,
      transactional: true,
    },
    {
      do: 'produce',
      topic: 'orders',
      values: ['B'],
      producer: 'two',
      sequence: 0,
      transactional: true,
    },
    { do: 'endTxn', as: 'first', client: 'one', producer: 'one', result: 'commit', later: true },
    { do: 'endTxn', as: 'second', client: 'two', producer: 'two', result: 'abort', later: true },
    { do: 'await', step: 'first' },
    { do: 'await', step: 'second' },
    { do: 'wait', ms: 200 },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'fetch', as: 'committed', topic: 'orders', isolation: 'read_committed' },
  ],
  never: {
    observed: { committed: ['0:A', '1:B'] },
    because: 'the second transaction is aborted: no read_committed reader is shown a record of it',
  },
}
