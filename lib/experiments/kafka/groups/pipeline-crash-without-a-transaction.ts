// The record was written and its offset was not: it is read again and its outcome appears twice.
import type { Experiment } from '../../types.ts'

export const pipelineCrashWithoutATransaction: Experiment = {
  version: 1,
  id: 'pipeline-crash-without-a-transaction',
  title: 'Read, process, write: a crash after the write, without transactions',
  row: 'K34',
  source: 'At least once: no transaction spans the write and the commit',
  class: 'deterministic',
  topics: { orders: 1, invoices: 1 },
  producers: {
    writer: { topic: 'invoices', keys: 0, settings: {} },
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
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'start', who: 'reader' },
    { do: 'start', who: 'writer' },
    { do: 'poll', as: 'read', consumer: 'reader', count: 1 },
    { do: 'send', as: 'written', producer: 'writer', value: 'a' },
    { do: 'crash', who: 'reader' },
    { do: 'crash', who: 'writer' },
    { do: 'restart', who: 'writer' },
    { do: 'restart', who: 'reader' },
    { do: 'poll', as: 'read again', consumer: 'reader', count: 1 },
    { do: 'send', as: 'written again', producer: 'writer', value: 'a' },
    { do: 'commit', as: 'committed', consumer: 'reader' },
    { do: 'fetch', as: 'invoices', topic: 'invoices', isolation: 'read_committed' },
  ],
  expect: {
    read: ['0@0:A'],
    written: '0@0',
    'read again': ['0@0:A'],
    'written again': '0@1',
    committed: 'ok',
    invoices: ['0:a', '1:a'],
  },
}
