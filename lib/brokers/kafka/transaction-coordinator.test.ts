import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { topicConfig } from './settings.ts'
import { transactionCoordinatorKind } from './transaction-coordinator.ts'
import type {
  TransactionCoordinatorSettings,
  TransactionCoordinatorState,
} from './transaction-state.ts'

const settings: TransactionCoordinatorSettings = {
  nodes: ['broker-0', 'broker-1'],
  topics: { orders: topicConfig({ partitions: 2 }) },
  groups: { billing: 'billing-coordinator' },
  'transaction.max.timeout.ms': 900_000,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
  longestMs: { slow: 60_000 },
}
const PORTS = {
  shop: 'connection',
  other: 'connection',
  'broker-0': 'connection',
  'broker-1': 'connection',
  'billing-coordinator': 'connection',
} as const

let it_: Bench<TransactionCoordinatorState>
beforeEach(() => {
  it_ = benchOf(transactionCoordinatorKind, 'transaction-coordinator', settings, PORTS)
})

const init = (transactionalId = 'shop', timeoutMs = 1000, port = 'shop') => {
  it_.hears(port, { kind: 'InitProducerId', transactionalId, timeoutMs } as never)
  return it_.sent(port)[0]
}
const who = (epoch = 0, transactionalId = 'shop') => ({ transactionalId, producerId: 1000, epoch })
const add = (participants: readonly string[], change: object = {}) => {
  const asked = { kind: 'AddPartitionsToTxn', ...who(), verifyOnly: false, version: 2 }
  it_.hears('shop', { ...asked, participants, ...change } as never)
  return it_.sent('shop')[0]?.error ?? 'ok'
}
const end = (committed: boolean, change: object = {}) => {
  it_.hears('shop', { kind: 'EndTxn', ...who(), committed, version: 2, ...change } as never)
  return it_.sent('shop')[0]
}
const marked = (
  port: string,
  participants: readonly string[],
  epoch: number,
  not: { readonly refused?: readonly string[]; readonly unsafe?: readonly string[] } = {},
) => {
  const answer = { kind: 'WriteTxnMarkersResponse', transactionalId: 'shop', epoch }
  return it_.hears(port, { ...answer, participants, refused: [], unsafe: [], ...not } as never)
}
const shop = () => it_.state.transactions['shop']

describe('InitProducerId', () => {
  test('the first gets an id of this coordinator, the next the same id and a higher epoch', () => {
    expect(init()).toMatchObject({ producerId: 1000, epoch: 0 })
    expect(init()).toMatchObject({ producerId: 1000, epoch: 1 })
    expect(init('other')).toMatchObject({ producerId: 1001, epoch: 0 })
  })
  test('one that is in a transaction is fenced first, and asked to come again', () => {
    init()
    add(['orders/0'])
    expect(init().error).toBe('CONCURRENT_TRANSACTIONS')
    expect(shop()).toMatchObject({ state: 'PrepareAbort', epoch: 1 })
    expect(it_.sent('broker-0')).toMatchObject([{ committed: false, epoch: 1 }])
    expect(init().error).toBe('CONCURRENT_TRANSACTIONS')
    marked('broker-0', ['orders/0'], 1)
    expect(init()).toMatchObject({ producerId: 1000, epoch: 2 })
  })
  test('a timeout beyond the limit is refused', () => {
    expect(init('shop', 900_001)).toMatchObject({ error: 'INVALID_TRANSACTION_TIMEOUT', epoch: -1 })
    expect(init('shop', 900_000).error).toBeUndefined()
  })
})

describe('who takes part', () => {
  test('is noted once, in order, and a question finds it', () => {
    expect(add(['orders/0'])).toBe('INVALID_PRODUCER_ID_MAPPING')
    init()
    expect(add(['orders/1'], { verifyOnly: true })).toBe('INVALID_TXN_STATE')
    expect(add(['orders/1', 'orders/0'])).toBe('ok')
    expect(add(['orders/1'])).toBe('ok')
    expect(shop()).toMatchObject({ state: 'Ongoing', participants: ['orders/0', 'orders/1'] })
    expect(add(['orders/1'], { verifyOnly: true })).toBe('ok')
    expect(add(['orders/1'], { epoch: 5 })).toBe('PRODUCER_FENCED')
  })
  test('also a group, for its offsets', () => {
    init()
    const asked = { kind: 'AddOffsetsToTxn', ...who(), group: 'billing' }
    it_.hears('shop', asked as never)
    expect(it_.sent('shop')).toEqual([{ kind: 'AddOffsetsToTxnResponse', about: 'shop' }])
    expect(shop()).toMatchObject({ participants: ['billing'], version: 1 })
    it_.hears('shop', { ...asked, epoch: 9 } as never)
    expect(it_.sent('shop')).toMatchObject([{ error: 'PRODUCER_FENCED' }])
  })
})

describe('EndTxn', () => {
  test('is answered when it is decided; each leader and coordinator is told once', () => {
    init()
    add(['orders/0', 'orders/1', 'billing'])
    expect(end(true)).toEqual({ kind: 'EndTxnResponse', about: 'shop', epoch: 1 })
    expect(it_.sent('broker-0')).toMatchObject([{ participants: ['orders/0'], committed: true }])
    expect(it_.sent('broker-1')).toMatchObject([{ participants: ['orders/1'], epoch: 1 }])
    expect(it_.sent('billing-coordinator')).toMatchObject([{ participants: ['billing'] }])
    expect(marked('broker-0', ['orders/0'], 1)).toBe('WriteTxnMarkersResponse')
    expect(marked('broker-1', ['orders/1'], 1)).toBe('WriteTxnMarkersResponse')
    expect(shop()?.state).toBe('PrepareCommit')
    marked('billing-coordinator', ['billing'], 1)
    expect(shop()).toMatchObject({ state: 'CompleteCommit', participants: [], epoch: 1 })
    expect(end(true)).toMatchObject({ epoch: 1 })
    expect(end(false).error).toBe('INVALID_TXN_STATE')
  })
  test('keeps the epoch in version 1', () => {
    init()
    add(['orders/0'], { version: 1 })
    expect(end(false, { version: 1 })).toMatchObject({ epoch: 0 })
    expect(shop()).toMatchObject({ state: 'PrepareAbort', epoch: 0 })
  })
  test('an abort of nothing is over at once', () => {
    init()
    expect(end(false)).toMatchObject({ epoch: 1 })
    expect(shop()?.state).toBe('CompleteAbort')
  })
})

describe('markers', () => {
  beforeEach(() => {
    init()
    add(['orders/0', 'orders/1'])
    end(true)
    it_.sent('broker-0')
    it_.sent('broker-1')
  })
  test('that are refused are written again', () => {
    marked('broker-0', [], 1, { refused: ['orders/0'] })
    expect(it_.can()).toContain('RetryMarkers')
    it_.does('RetryMarkers')
    expect(it_.sent('broker-0')).toMatchObject([{ participants: ['orders/0'], committed: true }])
    expect(it_.sent('broker-1')).toEqual([])
    expect(it_.can()).not.toContain('RetryMarkers')
  })
  test('go to another replica where they were refused, and to the same where too few were in sync', () => {
    const topics = { orders: topicConfig({ partitions: 2, 'replication.factor': 2 }) }
    it_ = benchOf(transactionCoordinatorKind, 'it', { ...settings, topics }, PORTS)
    init()
    add(['orders/0', 'orders/1'])
    end(true)
    for (const node of settings.nodes) it_.sent(node)
    marked('broker-0', [], 1, { unsafe: ['orders/0'] })
    it_.does('RetryMarkers')
    expect(it_.sent('broker-0')).toMatchObject([{ participants: ['orders/0'] }])
    marked('broker-1', [], 1, { refused: ['orders/1'] })
    it_.does('RetryMarkers')
    expect(it_.sent('broker-0')).toMatchObject([{ participants: ['orders/1'] }])
    expect(it_.sent('broker-1')).toEqual([])
  })
  test('on a connection that is gone are written again, unless they stood by then', () => {
    expect(it_.hears('broker-1', { kind: 'ConnectionClosed' })).toBe('ParticipantDisconnected')
    marked('broker-1', ['orders/1'], 1)
    it_.does('RetryMarkers')
    expect(it_.sent('broker-1')).toEqual([])
    it_.hears('broker-0', { kind: 'ConnectionClosed' })
    it_.does('RetryMarkers')
    expect(it_.sent('broker-0')).toMatchObject([{ participants: ['orders/0'] }])
  })
  test('of a transaction that is over are not written again', () => {
    it_.hears('broker-0', { kind: 'ConnectionClosed' })
    marked('broker-0', ['orders/0'], 1)
    marked('broker-1', ['orders/1'], 1)
    it_.does('RetryMarkers')
    expect(it_.sent('broker-0')).toEqual([])
    it_.hears('broker-0', { kind: 'ConnectionClosed' })
    expect(it_.state.unmarked).toEqual([])
  })
  test('of an earlier transaction say nothing', () => {
    expect(marked('broker-0', ['orders/0'], 0)).toBe('IgnoreWriteTxnMarkersResponse')
    marked('broker-0', ['orders/0'], 1)
    marked('broker-1', ['orders/1'], 1)
    expect(marked('broker-1', ['orders/1'], 1)).toBe('IgnoreWriteTxnMarkersResponse')
    expect(shop()?.state).toBe('CompleteCommit')
  })
})

const timer = transactionCoordinatorKind.rules.find(
  (each) => each.name === 'TransactionTimeoutExpires',
)
const isUsual = (id: string) =>
  timer?.usual?.(it_.state, undefined, id, { id: '', settings, port: '', ports: [] })

describe('a transaction that stays open for too long', () => {
  test('is aborted, and its producer is shut out', () => {
    init()
    expect(it_.can()).not.toContain('TransactionTimeoutExpires')
    add(['orders/0'])
    expect(timer?.takes?.(settings, it_.state, undefined, 'shop')).toEqual([1000, 1500])
    it_.does('TransactionTimeoutExpires')
    expect(shop()).toMatchObject({ state: 'PrepareAbort', epoch: 1 })
    expect(it_.sent('broker-0')).toMatchObject([{ committed: false }])
    expect(it_.can()).not.toContain('TransactionTimeoutExpires')
  })
  test('is expected where its producer is gone, or may take so long', () => {
    init()
    init('slow', 60_000, 'other')
    expect([isUsual('shop'), isUsual('slow')]).toEqual([false, true])
    it_.hears('shop', { kind: 'ConnectionClosed', cut: true } as never)
    expect(isUsual('shop')).toBe(false)
    expect(it_.hears('shop', { kind: 'ConnectionClosed' })).toBe('ProducerDisconnected')
    expect(isUsual('shop')).toBe(true)
    expect(it_.state.transactions['slow']?.owner).toBe('other')
  })
})
