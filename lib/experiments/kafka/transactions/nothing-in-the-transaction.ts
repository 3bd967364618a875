// There is none then; and one that announced a partition and wrote nothing still leaves its mark there.
import type { Experiment } from '../../types.ts'

export const nothingInTheTransaction: Experiment = {
  version: 1,
  id: 'nothing-in-the-transaction',
  title: 'Ending a transaction in which nothing was announced',
  source: 'TransactionCoordinator.endTransaction; a control record takes an offset',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'endTxn', as: 'nothing announced', producer: 'shop', result: 'commit' },
    { do: 'endTxn', as: 'nothing to abort', producer: 'shop', result: 'abort' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    { do: 'endTxn', as: 'nothing written', producer: 'shop', result: 'commit' },
    { do: 'produce', as: 'plain', topic: 'orders', values: ['B'] },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    'nothing announced': 'INVALID_TXN_STATE',
    'nothing to abort': 'INVALID_TXN_STATE',
    'nothing written': 'ok',
    plain: 'ok@1',
    log: ['0:<COMMIT>', '1:B'],
  },
}
