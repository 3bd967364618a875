// What a transactional producer may not do yet is thrown by its own state, at once. A record that it may not send
// is in the accumulator by then, and goes along with the first of the next transaction.
import type { Experiment } from '../../types.ts'

export const clientSendsTooEarly: Experiment = {
  version: 1,
  id: 'client-sends-too-early',
  title: 'send() before initTransactions() and before beginTransaction()',
  source: 'TransactionManager.failIfNotReadyForSend, called after RecordAccumulator.append',
  class: 'deterministic',
  topics: { orders: 1 },
  producers: {
    shop: { topic: 'orders', keys: 0, settings: { 'transactional.id': 'shop' } },
    plain: { topic: 'orders', keys: 0, settings: {} },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'start', who: 'plain' },
    { do: 'initTransactions', as: 'without an id', producer: 'plain' },
    { do: 'send', as: 'goes on', producer: 'plain', value: 'P' },
    { do: 'send', as: 'before its epoch', producer: 'shop', value: 'A' },
    { do: 'initTransactions', as: 'initialised', producer: 'shop' },
    { do: 'send', as: 'before it begins', producer: 'shop', value: 'B' },
    { do: 'send', producer: 'shop', value: 'C', later: true },
    { do: 'beginTransaction', as: 'begun', producer: 'shop' },
    { do: 'send', as: 'inside', producer: 'shop', value: 'D' },
    { do: 'send', as: 'next', producer: 'shop', value: 'E' },
    { do: 'commitTransaction', as: 'committed', producer: 'shop' },
    { do: 'send', as: 'afterwards', producer: 'shop', value: 'F' },
    { do: 'wait', ms: 1000 },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    'without an id': 'IllegalStateException',
    'goes on': '0@0',
    'before its epoch': 'IllegalStateException',
    initialised: 'ok',
    'before it begins': 'IllegalStateException',
    begun: 'ok',
    inside: '0@4',
    next: '0@5',
    committed: 'ok',
    afterwards: 'IllegalStateException',
    log: ['0:P', '1:A', '2:B', '3:C', '4:D', '5:E', '6:<COMMIT>'],
  },
}
