// Handlers that teach something beside one another, on whichever broker.
import type { Entry } from './base.ts'
import type { Plain } from './types.ts'

const DATABASE: Plain = { kind: 'database' }
export const KEY: Plain = { kind: 'idempotency-key' }

/** What a handler does about an event that it has had before, and where its effect lands. */
export const handlers: readonly Entry[] = [
  { id: 'none', title: 'Nothing', note: 'settled after the effect', change: {} },
  {
    id: 'in-memory-set',
    title: 'In-memory set',
    note: 'one for each instance, forgotten in a crash',
    change: { service: { strategy: { kind: 'in-memory-set' } } },
  },
  {
    id: 'dedup-before',
    title: 'Dedup table',
    note: 'marked before the effect',
    change: { service: { strategy: { kind: 'dedup-table', marks: 'before' } } },
  },
  {
    id: 'dedup-after',
    title: 'Dedup table',
    note: 'marked after the effect',
    change: { service: { strategy: { kind: 'dedup-table', marks: 'after' } } },
  },
  {
    id: 'idempotency-key',
    title: 'Idempotency key',
    note: 'sent with every charge',
    change: { service: { strategy: KEY } },
  },
  {
    id: 'database-none',
    title: 'Nothing, own database',
    note: 'a stock that is counted down',
    change: { sink: DATABASE, service: { effect: 'decrement' } },
  },
  {
    id: 'transactional-inbox',
    title: 'Transactional inbox',
    note: 'event id and effect in one transaction',
    change: {
      sink: DATABASE,
      service: { effect: 'decrement', strategy: { kind: 'transactional-inbox' } },
    },
  },
  {
    id: 'upsert',
    title: 'Upsert',
    note: 'the event carries the state',
    change: { sink: DATABASE, service: { effect: 'upsert', strategy: { kind: 'upsert' } } },
  },
  {
    id: 'version-guard',
    title: 'Version guard',
    note: 'the row refuses an older state',
    change: { sink: DATABASE, service: { effect: 'upsert', strategy: { kind: 'version-guard' } } },
  },
]
