// The partition keeps the lowest number it has asked the coordinator about, until something is written.
import type { Experiment } from '../../types.ts'

const batch = { do: 'produce', topic: 'orders', producer: 'shop' } as const

export const refusedNumberComesFirst: Experiment = {
  version: 1,
  id: 'refused-number-comes-first',
  title: 'After a refused batch, a later number is refused until an end is written',
  source: 'ProducerAppendInfo.checkSequence: VerificationStateEntry.lowestSequence (KIP-890)',
  class: 'deterministic',
  topics: { orders: 2 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { ...batch, as: 'not added', values: ['A'], sequence: 0, transactional: true },
    { ...batch, as: 'later number', values: ['B'], sequence: 2 },
    { ...batch, as: 'elsewhere', partition: 1, values: ['B'], sequence: 2 },
    { ...batch, as: 'outside', values: ['C'], sequence: 0 },
    { ...batch, as: 'next', values: ['D'], sequence: 1 },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    { do: 'endTxn', producer: 'shop', result: 'commit' },
    { ...batch, as: 'next after an end', values: ['D'], sequence: 1 },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    'not added': 'INVALID_TXN_STATE',
    'later number': 'OUT_OF_ORDER_SEQUENCE_NUMBER',
    elsewhere: 'ok@0',
    outside: 'ok@0',
    next: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
    'next after an end': 'ok@2',
    log: ['0:C', '1:<COMMIT>', '2:D'],
  },
}
