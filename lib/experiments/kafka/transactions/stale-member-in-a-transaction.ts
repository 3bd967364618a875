// Its commit inside the transaction is refused, and with it the transaction can only be aborted.
import type { Experiment } from '../../types.ts'

export const staleMemberInATransaction: Experiment = {
  version: 1,
  id: 'stale-member-in-a-transaction',
  title: 'Offsets of a member that its group has shut out',
  source: 'KIP-447: fencing by group metadata',
  class: 'deterministic',
  topics: { orders: 1, invoices: 1 },
  producers: {
    writer: { topic: 'invoices', keys: 0, settings: { 'transactional.id': 'billing' } },
  },
  consumers: {
    reader: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 1000,
        'max.poll.interval.ms': 6000,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'start', who: 'reader' },
    { do: 'start', who: 'writer' },
    { do: 'initTransactions', producer: 'writer' },
    { do: 'poll', as: 'read', consumer: 'reader', count: 2 },
    { do: 'beginTransaction', producer: 'writer' },
    { do: 'send', as: 'written', producer: 'writer', value: 'a' },
    { do: 'wait', ms: 9000 },
    { do: 'sendOffsets', as: 'offsets', producer: 'writer', consumer: 'reader' },
    { do: 'commitTransaction', as: 'commits', producer: 'writer' },
    { do: 'abortTransaction', as: 'aborts', producer: 'writer' },
    { do: 'fetchOffsets', as: 'position', group: 'billing', lane: 'orders/0', requireStable: true },
    { do: 'fetch', as: 'invoices', topic: 'invoices', isolation: 'read_committed' },
  ],
  expect: {
    read: ['0@0:A', '0@1:B'],
    written: '0@0',
    offsets: 'CommitFailedException',
    commits: 'KafkaException',
    aborts: 'ok',
    position: -1,
    invoices: [],
  },
}
