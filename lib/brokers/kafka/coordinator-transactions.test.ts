import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { settings } from './coordinator.fixture.ts'
import { coordinatorKind } from './coordinator.ts'
import type { CoordinatorState } from './coordinator-state.ts'
import { modernSettings } from './modern.fixture.ts'
import { modernCoordinatorKind } from './modern-coordinator.ts'
import type { ModernGroupState } from './modern-state.ts'

const ports = {
  shop: 'connection',
  other: 'connection',
  transactions: 'connection',
  markers: 'connection',
  controller: 'connection',
} as const
const ofBilling = { group: 'billing' }
const groupOf = {
  classic: () =>
    benchOf(coordinatorKind, 'billing-coordinator', { ...settings, ...ofBilling }, ports),
  consumer: () =>
    benchOf(
      modernCoordinatorKind,
      'billing-coordinator',
      { ...modernSettings, ...ofBilling },
      ports,
    ),
}

let group: Bench<CoordinatorState> | Bench<ModernGroupState>

const commit = (offset: number, change: object = {}) => {
  const who = { transactionalId: 'shop', producerId: 7, epoch: 0 }
  const offsets = [{ topic: 'orders', partition: 0, offset }]
  const told = { member: '', generation: -1, offsets, version: 2 }
  return group.hears('shop', { kind: 'TxnOffsetCommit', ...who, ...told, ...change } as never)
}
const allowed = (error?: string) =>
  group.hears('transactions', {
    kind: 'AddPartitionsToTxnResponse',
    ...(error ? { error } : {}),
  } as never)
const ends = (committed: boolean, producerId = 7) => {
  const who = { transactionalId: 'shop', producerId, epoch: 0, participants: ['billing'] }
  return group.hears('markers', { kind: 'WriteTxnMarkers', ...who, committed } as never)
}
const asks = (requireStable = true) => {
  const partitions = [{ topic: 'orders', partition: 0 }]
  const stable = requireStable ? { requireStable } : {}
  group.hears('other', { kind: 'OffsetFetch', partitions, ...stable } as never)
  const [{ offset, error }] = group.sent('other')[0].offsets
  return error ?? offset
}
const plainCommit = (offset: number) => {
  const offsets = [{ topic: 'orders', partition: 0, offset }]
  const asked = { kind: 'OffsetCommit', member: '', generation: -1, correlation: 0, offsets }
  group.hears('other', asked as never)
  group.sent('other')
}

describe.each(['classic', 'consumer'] as const)('group.protocol=%s', (protocol) => {
  beforeEach(() => {
    group = groupOf[protocol]()
  })

  describe('an offset in a transaction', () => {
    test('is asked about once, and pending until the transaction ends', () => {
      expect(commit(5)).toBe('VerifyTransaction')
      expect(group.sent('transactions')).toMatchObject([
        { participants: ['billing'], verifyOnly: false, epoch: 0, version: 2 },
      ])
      expect(group.sent('shop')).toEqual([])
      expect(allowed()).toBe('AddPartitionsToTxnResponse')
      expect(group.sent('shop')).toEqual([{ kind: 'TxnOffsetCommitResponse', about: 'shop' }])
      expect(commit(6)).toBe('TxnOffsetCommit')
      expect([asks(), asks(false)]).toEqual(['UNSTABLE_OFFSET_COMMIT', -1])
      expect(ends(true)).toBe('WriteTxnMarkers')
      expect(group.seen).toMatchObject([
        { kind: 'committed', group: 'billing', offset: 6, lane: 0 },
      ])
      expect(asks()).toBe(6)
      expect(group.sent('markers')).toMatchObject([{ participants: ['billing'], refused: [] }])
    })
    test('is forgotten when it is aborted', () => {
      commit(5)
      allowed()
      ends(false)
      expect([asks(), group.state.pending]).toEqual([-1, []])
    })
    test('of another epoch is asked about again', () => {
      commit(5)
      allowed()
      expect(commit(5, { epoch: 1 })).toBe('VerifyTransaction')
      expect(commit(5, { producerId: 8, version: 1 })).toBe('VerifyTransaction')
      expect(group.sent('transactions').at(-1)).toMatchObject({ verifyOnly: true })
    })
    test.each([
      ['INVALID_TXN_STATE', 'INVALID_TXN_STATE'],
      ['PRODUCER_FENCED', 'INVALID_PRODUCER_EPOCH'],
    ])('%s is told as %s', (error, told) => {
      commit(5)
      allowed(error)
      expect(group.sent('shop')).toMatchObject([{ error: told }])
      expect(group.state.pending).toEqual([])
    })
    test('of a stranger is refused, and that is seen', () => {
      plainCommit(1)
      commit(5, { member: 'a#0', generation: 3 })
      allowed()
      expect(group.sent('shop')).toMatchObject([{ error: 'UNKNOWN_MEMBER_ID' }])
      expect(group.seen).toMatchObject([{ kind: 'commitRefused', by: 'a' }])
    })
    test('makes the group known, also while it is pending', () => {
      commit(5)
      allowed()
      commit(6, { member: 'a#0', generation: 3 })
      expect(group.sent('shop').at(-1)).toMatchObject({ error: 'UNKNOWN_MEMBER_ID' })
    })
  })

  describe('two commits of one partition: the later one stands, whichever ends last', () => {
    test('a plain one after it', () => {
      commit(5)
      allowed()
      plainCommit(9)
      ends(true)
      expect(asks()).toBe(9)
    })
    test('a transactional one after it', () => {
      commit(5)
      allowed()
      commit(7, { producerId: 8 })
      allowed()
      ends(true, 8)
      expect(group.state.pending).toMatchObject([{ producerId: 7, superseded: true }])
      ends(true, 7)
      expect([asks(), group.state.pending]).toEqual([7, []])
    })
    test('one before it does not matter', () => {
      commit(5)
      allowed()
      commit(7, { producerId: 8 })
      allowed()
      ends(true, 7)
      expect(group.state.pending).toMatchObject([{ producerId: 8, superseded: false }])
      ends(true, 8)
      expect(asks()).toBe(7)
    })
  })

  describe('connections', () => {
    test('whose client is gone: the commit is taken and answered to nobody', () => {
      commit(5)
      group.hears('other', { kind: 'ConnectionClosed' })
      expect(group.state.verifying[0]?.port).toBe('shop')
      expect(group.hears('shop', { kind: 'ConnectionClosed' })).toBe('ConnectionClosed')
      allowed()
      expect([group.sent('shop'), group.state.pending.length]).toEqual([[], 1])
    })
    test('to the transaction coordinator: it asks again', () => {
      commit(5)
      group.sent('transactions')
      const closed = group.hears('transactions', { kind: 'ConnectionClosed' })
      expect(closed).toBe('TransactionCoordinatorDisconnected')
      expect(group.sent('transactions')).toMatchObject([{ participants: ['billing'] }])
    })
  })
})
