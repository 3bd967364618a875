// With acks=0 nobody is told that there is no transaction to write to: the connection is closed, and that is all.
import type { Experiment } from '../../types.ts'

const batch = { topic: 'orders', producer: 'shop', transactional: true } as const

export const refusedInSilence: Experiment = {
  version: 1,
  id: 'refused-in-silence',
  title: 'acks=0 inside and after a transaction',
  source: 'KafkaApis.handleProduceRequest: with acks=0 an error closes the connection; KIP-890',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    { do: 'produce', as: 'first', ...batch, values: ['A'], sequence: 0, acks: '0' },
    { do: 'wait', ms: 500 },
    { do: 'produce', as: 'gap', ...batch, values: ['C'], sequence: 2, acks: '0' },
    { do: 'wait', ms: 500 },
    { do: 'produce', as: 'second', ...batch, values: ['B'], sequence: 1 },
    { do: 'endTxn', as: 'ends', producer: 'shop', result: 'commit' },
    { do: 'produce', as: 'too late', ...batch, values: ['C'], sequence: 2 },
    { do: 'produce', as: 'too late, acks 0', ...batch, values: ['C'], sequence: 2, acks: '0' },
    { do: 'wait', ms: 500 },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    first: 'sent',
    gap: 'sent',
    second: 'ok@1',
    ends: 'ok',
    'too late': 'INVALID_TXN_STATE',
    'too late, acks 0': 'sent',
    log: ['0:A', '1:B', '2:<COMMIT>'],
  },
}
