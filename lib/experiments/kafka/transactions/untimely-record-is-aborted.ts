// A record that send() has thrown of waits in the accumulator; an abort takes what waits there.
import type { Experiment } from '../../types.ts'

export const untimelyRecordIsAborted: Experiment = {
  version: 1,
  id: 'untimely-record-is-aborted',
  title: 'A record sent before its transaction, and an abort',
  source: 'RecordAccumulator.abortUndrainedBatches',
  class: 'deterministic',
  topics: { orders: 1 },
  producers: { shop: { topic: 'orders', keys: 0, settings: { 'transactional.id': 'shop' } } },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'initTransactions', producer: 'shop' },
    { do: 'send', as: 'too early', producer: 'shop', value: 'A' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'abortTransaction', as: 'aborted', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'send', as: 'sent', producer: 'shop', value: 'B' },
    { do: 'commitTransaction', as: 'committed', producer: 'shop' },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    'too early': 'IllegalStateException',
    aborted: 'ok',
    sent: '0@0',
    committed: 'ok',
    log: ['0:B', '1:<COMMIT>'],
  },
}
