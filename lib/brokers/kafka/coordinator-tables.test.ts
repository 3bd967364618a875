import { describe, expect, test } from 'vitest'
import { combinations, deadRows, illMatched } from '../_decision.fixture.ts'
import { decide } from '../_decision.ts'
import { EMPTY_GROUP, type Member } from './coordinator-state.ts'
import {
  type CommitFacts,
  commitFacts,
  commitTable,
  heartbeatTable,
  type JoinFacts,
  joinFacts,
  joinTable,
  phases,
  type RequestFacts,
  requestFacts,
  syncTable,
} from './coordinator-tables.ts'
import type { JoinGroup } from './protocol.ts'

const request = {
  phase: phases,
  known: [true, false],
  generation: ['none', 'current', 'other'],
} as const
const commit = { ...request, group: ['known', 'unknown'] } as const
const join = {
  phase: phases,
  member: ['new', 'known', 'removed'],
  leader: [true, false],
  changed: [true, false],
  shared: [true, false],
} as const

describe('every combination of facts matches exactly one row, every row some combination', () => {
  test('OffsetCommit', () => {
    expect(illMatched(commitTable, commit)).toEqual([])
    expect(deadRows(commitTable, commit)).toEqual([])
  })
  test('SyncGroup', () => {
    expect(illMatched(syncTable, request)).toEqual([])
    expect(deadRows(syncTable, request)).toEqual([])
  })
  test('Heartbeat', () => {
    expect(illMatched(heartbeatTable, request)).toEqual([])
    expect(deadRows(heartbeatTable, request)).toEqual([])
  })
  test('JoinGroup', () => {
    expect(illMatched(joinTable, join)).toEqual([])
    expect(deadRows(joinTable, join)).toEqual([])
  })
})

/** ClassicGroup.validateOffsetCommit, said once more as the code there says it: as a cascade. */
function cascade({ phase, known, generation, group }: CommitFacts): string {
  if (phase === 'Empty' && generation === 'none') return 'accept'
  if (phase === 'Empty' && group === 'unknown') return 'ILLEGAL_GENERATION'
  if (!known) return 'UNKNOWN_MEMBER_ID'
  if (generation !== 'current') return 'ILLEGAL_GENERATION'
  return phase === 'CompletingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'accept'
}

/** A group that has members is known. */
const possible = combinations<CommitFacts>(commit).filter(
  ({ phase, known, group }) => group === 'known' || (phase === 'Empty' && !known),
)

test.each(possible)('a commit: %o', (facts) => {
  expect(decide(commitTable, facts)).toBe(cascade(facts))
})

test('a group is unknown until somebody has joined it, or committed to it', () => {
  const e = { member: 'a#1', generation: 1 }
  expect(commitFacts(EMPTY_GROUP, e).group).toBe('unknown')
  expect(commitFacts({ ...EMPTY_GROUP, phase: 'PreparingRebalance' }, e).group).toBe('known')
  expect(commitFacts({ ...EMPTY_GROUP, generation: 1 }, e).group).toBe('known')
  expect(commitFacts({ ...EMPTY_GROUP, offsets: { 'orders/0': 3 } }, e).group).toBe('known')
})

const syncs: readonly (readonly [string, Partial<RequestFacts>])[] = [
  ['UNKNOWN_MEMBER_ID', { known: false }],
  ['ILLEGAL_GENERATION', { generation: 'other' }],
  ['ILLEGAL_GENERATION', { generation: 'none' }],
  ['UNKNOWN_MEMBER_ID', { phase: 'Empty' }],
  ['REBALANCE_IN_PROGRESS', { phase: 'PreparingRebalance' }],
  ['park', { phase: 'CompletingRebalance' }],
  ['answer', { phase: 'Stable' }],
]
const good: RequestFacts = { phase: 'Stable', known: true, generation: 'current' }

test.each(syncs)('a sync: %s when %o', (answer, change) => {
  expect(decide(syncTable, { ...good, ...change })).toBe(answer)
})

test.each([
  ['UNKNOWN_MEMBER_ID', { known: false }],
  ['ILLEGAL_GENERATION', { generation: 'other' }],
  ['ILLEGAL_GENERATION', { generation: 'none' }],
  ['UNKNOWN_MEMBER_ID', { phase: 'Empty' }],
  ['REBALANCE_IN_PROGRESS', { phase: 'PreparingRebalance' }],
  ['park', { phase: 'CompletingRebalance' }],
  ['park', { phase: 'Stable' }],
] as const)('a heartbeat: %s when %o', (answer, change) => {
  expect(decide(heartbeatTable, { ...good, ...change })).toBe(answer)
})

const follower: JoinFacts = {
  ...{ phase: 'Stable', member: 'known', leader: false },
  ...{ changed: false, shared: true },
}

test.each([
  ['INCONSISTENT_GROUP_PROTOCOL', { shared: false }],
  ['INCONSISTENT_GROUP_PROTOCOL', { member: 'removed', shared: false }],
  ['admit', { member: 'new' }],
  ['UNKNOWN_MEMBER_ID', { member: 'removed' }],
  ['UNKNOWN_MEMBER_ID', { phase: 'Empty' }],
  ['rejoin', { phase: 'PreparingRebalance' }],
  ['rejoin', { phase: 'CompletingRebalance', changed: true }],
  ['repeat', { phase: 'CompletingRebalance', leader: true }],
  ['rejoin', { leader: true }],
  ['rejoin', { changed: true }],
  ['repeat', {}],
] as const)('a join: %s when %o', (answer, change) => {
  expect(decide(joinTable, { ...follower, ...change })).toBe(answer)
})

describe('facts are read off the group', () => {
  const member: Member = {
    id: 'a#1',
    port: 'a',
    topics: ['orders'],
    owned: {},
    protocols: ['range'],
    joined: false,
    unsynced: false,
    parked: '',
    silent: false,
  }
  const group = {
    ...EMPTY_GROUP,
    phase: 'Stable',
    generation: 4,
    members: [member],
    leader: 'a#1',
    removed: { b: 'b#2' },
  } as const

  test('of a request', () => {
    const at = (generation: number, id = 'a#1') => requestFacts(group, { member: id, generation })
    expect(at(4)).toEqual({ phase: 'Stable', known: true, generation: 'current' })
    expect(at(3)).toEqual({ phase: 'Stable', known: true, generation: 'other' })
    expect(at(-1, 'b#2')).toEqual({ phase: 'Stable', known: false, generation: 'none' })
  })

  const asks = (change: Partial<JoinGroup>): JoinGroup => ({
    kind: 'JoinGroup',
    member: 'a#1',
    topics: ['orders'],
    owned: {},
    protocols: ['range'],
    ...change,
  })
  test.each([
    [{}, { member: 'known', leader: true, changed: false, shared: true }],
    [{ owned: { orders: [1] } }, { member: 'known', leader: true, changed: true, shared: true }],
    [{ topics: ['other'] }, { member: 'known', leader: true, changed: true, shared: true }],
    [
      { protocols: ['sticky', 'range'] as const },
      { member: 'known', leader: true, changed: true, shared: true },
    ],
    [
      { protocols: ['cooperative-sticky'] as const },
      { member: 'known', leader: true, changed: true, shared: false },
    ],
    [{ member: 'b#2' }, { member: 'removed', leader: false, changed: false, shared: true }],
    [{ member: 'b#3' }, { member: 'new', leader: false, changed: false, shared: true }],
  ])('of a join: %o', (change, facts) => {
    expect(joinFacts(group, asks(change))).toEqual({ phase: 'Stable', ...facts })
  })
})

test('a decision without a row is a mistake in the table', () => {
  expect(() => decide([{ if: { known: true }, answer: 1 }], { known: false })).toThrow('no row')
})
