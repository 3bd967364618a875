import { describe, expect, test } from 'vitest'
import { deadRows, illMatched } from '../_decision.fixture.ts'
import { decide } from '../_decision.ts'
import { phases, type TxnCommitFacts, txnCommitTable } from './coordinator-tables.ts'
import type { EndTxn } from './protocol-transactions.ts'
import { type Transaction, transactionStates } from './transaction-state.ts'
import { endFacts, endTable, identityOf, partitionTable } from './transaction-tables.ts'

const identity = ['unknown', 'current', 'one before', 'other epoch'] as const
const partitions = {
  identity,
  state: transactionStates,
  asks: ['to add', 'whether added'],
  added: [true, false],
} as const
const ends = {
  identity,
  state: transactionStates,
  version: [1, 2],
  result: ['commit', 'abort'],
} as const
const commits = {
  phase: phases,
  member: ['none', 'stranger', 'known'],
  generation: ['none', 'current', 'other'],
  group: ['known', 'unknown'],
} as const

const known: Transaction = {
  producerId: 7,
  epoch: 3,
  state: 'Ongoing',
  timeoutMs: 1000,
  version: 2,
  participants: [],
  owner: 'shop',
}
const who = (producerId: number, epoch: number) => ({ transactionalId: 'x', producerId, epoch })

describe('every combination of facts meets exactly one row, and no row is idle', () => {
  test('who may take part', () => {
    expect(illMatched(partitionTable, partitions)).toEqual([])
    expect(deadRows(partitionTable, partitions)).toEqual([])
  })
  test('how a transaction may end', () => {
    expect(illMatched(endTable, ends)).toEqual([])
    expect(deadRows(endTable, ends)).toEqual([])
  })
  test('whose offsets are taken', () => {
    expect(illMatched(txnCommitTable, commits)).toEqual([])
    expect(deadRows(txnCommitTable, commits)).toEqual([])
  })
})

describe('who asks', () => {
  test.each([
    [undefined, 7, 3, 'unknown'],
    [known, 8, 3, 'unknown'],
    [known, 7, 3, 'current'],
    [known, 7, 2, 'one before'],
    [known, 7, 1, 'other epoch'],
    [known, 7, 4, 'other epoch'],
  ] as const)('%o, id %i, epoch %i: %s', (transaction, id, epoch, told) => {
    expect(identityOf(transaction, who(id, epoch))).toBe(told)
  })
})

describe('the version', () => {
  const asks: EndTxn = { kind: 'EndTxn', ...who(7, 3), committed: true, version: 1 }
  test('is the request’s while nothing has ended', () => {
    expect(endFacts(known, asks).version).toBe(1)
    expect(endFacts(undefined, asks).version).toBe(1)
    expect(endFacts({ ...known, state: 'Empty' }, asks).version).toBe(1)
  })
  test('is that of the end afterwards', () => {
    expect(endFacts({ ...known, state: 'CompleteAbort' }, asks)).toEqual({
      identity: 'current',
      state: 'CompleteAbort',
      version: 2,
      result: 'commit',
    })
  })
})

describe('the same end once more', () => {
  test('is well by the old epoch in version 2, and by the same one in version 1', () => {
    const done = { state: 'CompleteCommit', result: 'commit' } as const
    expect(decide(endTable, { ...done, identity: 'one before', version: 2 })).toBe('again')
    expect(decide(endTable, { ...done, identity: 'current', version: 1 })).toBe('again')
    expect(decide(endTable, { ...done, identity: 'one before', version: 1 })).toBe(
      'PRODUCER_FENCED',
    )
    expect(decide(endTable, { ...done, identity: 'current', version: 2 })).toBe('INVALID_TXN_STATE')
  })
  test('an abort of nothing gives a client of version 2 its next epoch', () => {
    const nothing = { identity: 'current', state: 'Empty', result: 'abort' } as const
    expect(decide(endTable, { ...nothing, version: 2 })).toBe('prepare')
    expect(decide(endTable, { ...nothing, version: 1 })).toBe('INVALID_TXN_STATE')
  })
})

test('a member that is named is held against the group, nobody is not', () => {
  const stable = { phase: 'Stable', group: 'known' } as const
  const told = (facts: Pick<TxnCommitFacts, 'member' | 'generation'>) =>
    decide(txnCommitTable, { ...stable, ...facts })
  expect(told({ member: 'none', generation: 'none' })).toBe('accept')
  expect(told({ member: 'stranger', generation: 'current' })).toBe('UNKNOWN_MEMBER_ID')
  expect(told({ member: 'known', generation: 'other' })).toBe('ILLEGAL_GENERATION')
  expect(told({ member: 'known', generation: 'current' })).toBe('accept')
})
