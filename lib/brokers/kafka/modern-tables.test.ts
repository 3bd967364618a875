import { describe, expect, test } from 'vitest'
import { combinations, deadRows, illMatched } from '../_decision.fixture.ts'
import { decide } from '../_decision.ts'
import { type ModernMember, newMember, noGroup, withModern } from './modern-state.ts'
import {
  epochFacts,
  epochTable,
  modernCommitFacts,
  modernCommitTable,
  modernTxnAnswer,
  nameTable,
} from './modern-tables.ts'
import type { ConsumerGroupHeartbeat, OffsetCommit } from './protocol.ts'
import type { TxnOffsetCommit } from './protocol-transactions.ts'

const epoch = {
  epoch: ['join', 'current', 'previous', 'other'],
  owned: ['within', 'more or unsaid'],
} as const
const name = {
  asks: ['to join', 'anything else'],
  holder: ['nobody', 'itself', 'another'],
  away: [true, false],
} as const
const commit = {
  who: ['simple', 'stranger', 'member', 'member by an old request'],
  epoch: ['current', 'earlier', 'later'],
  held: [true, false],
  group: ['known', 'unknown'],
} as const

describe('every combination of facts matches exactly one row, every row some combination', () => {
  test('the epoch of a heartbeat', () => {
    expect(illMatched(epochTable, epoch)).toEqual([])
    expect(deadRows(epochTable, epoch)).toEqual([])
  })
  test('a group.instance.id', () => {
    expect(illMatched(nameTable, name)).toEqual([])
    expect(deadRows(nameTable, name)).toEqual([])
  })
  test('OffsetCommit', () => {
    expect(illMatched(modernCommitTable, commit)).toEqual([])
    expect(deadRows(modernCommitTable, commit)).toEqual([])
  })
  test('a stranger never commits, whatever it names', () => {
    const strangers = combinations(commit).filter(({ who }) => who === 'stranger')
    const answers = strangers.map((facts) => decide(modernCommitTable, facts))
    expect(new Set(answers)).toEqual(new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION']))
  })
})

const ann: ModernMember = {
  ...newMember('ann#0', 'a', undefined),
  epoch: 5,
  previousEpoch: 3,
  assigned: { 'orders/0': 2, 'orders/1': 5 },
  revoking: { 'orders/2': 3 },
}

describe('what a heartbeat is held against', () => {
  const beat = (memberEpoch: number, owned?: readonly number[]) => {
    const said = { kind: 'ConsumerGroupHeartbeat', member: 'ann#0', memberEpoch }
    const all = owned === undefined ? said : { ...said, owned: { orders: owned } }
    return epochFacts(ann, all as unknown as ConsumerGroupHeartbeat)
  }
  test('its epoch', () => {
    expect([0, 5, 3, 4, 6].map((each) => beat(each).epoch)).toEqual([
      'join',
      'current',
      'previous',
      'other',
      'other',
    ])
  })
  test('what it owns: no more than it was assigned', () => {
    const owned = [undefined, [], [0, 1], [0, 2]].map((each) => beat(5, each).owned)
    expect(owned).toEqual(['more or unsaid', 'within', 'within', 'more or unsaid'])
  })
})

describe('what a commit is held against', () => {
  const settings = {
    group: 'payments',
    'group.consumer.session.timeout.ms': 45_000,
    'max.poll.interval.ms': 300_000,
    longestPollMs: 0,
    topics: {},
  }
  const empty = noGroup(settings)
  const group = withModern({ ...empty, epoch: 5 }, ann)
  const facts = (
    s: typeof group,
    member: string,
    generation: number,
    more: { readonly partitions?: readonly number[]; readonly old?: true } = {},
  ) => {
    const { partitions = [0], ...old } = more
    const offsets = partitions.map((partition) => ({ topic: 'orders', partition, offset: 1 }))
    const asked = { kind: 'OffsetCommit', member, generation, correlation: 0, offsets }
    return modernCommitFacts(s, { ...asked, ...old } as OffsetCommit)
  }
  test('who commits', () => {
    expect(facts(group, 'ann#0', 5).who).toBe('member')
    expect(facts(group, 'ann#0', 5, { old: true }).who).toBe('member by an old request')
    expect(facts(group, '', -1).who).toBe('stranger')
    expect(facts(empty, '', -1).who).toBe('simple')
    expect(facts(empty, 'ann#0', 3).who).toBe('stranger')
  })
  test('in which epoch', () => {
    const epochs = [4, 5, 6].map((each) => facts(group, 'ann#0', each).epoch)
    expect(epochs).toEqual(['earlier', 'current', 'later'])
  })
  test('whether it has had all of it since then, what it gives up included', () => {
    const held = (generation: number, ...partitions: number[]) =>
      facts(group, 'ann#0', generation, { partitions }).held
    expect([held(2, 0), held(1, 0), held(4, 1), held(3, 2), held(2, 2)]).toEqual([
      true,
      false,
      false,
      true,
      false,
    ])
    expect([held(4, 0, 2), held(4, 0, 1), held(4, 7)]).toEqual([true, false, false])
  })
  test('whether there is such a group', () => {
    expect(facts(empty, 'x', 1).group).toBe('unknown')
    expect(facts({ ...empty, epoch: 3 }, 'x', 1).group).toBe('known')
    expect(facts({ ...empty, offsets: { 'orders/0': 1 } }, 'x', 1).group).toBe('known')
    const one = { producerId: 7, epoch: 0, lane: 'orders/0', offset: 1, by: '', superseded: false }
    expect(facts({ ...empty, pending: [one] }, 'x', 1).group).toBe('known')
  })
  test('in a transaction a stale epoch is an illegal generation, and nobody by none is welcome', () => {
    const told = (member: string, generation: number, partition = 0) => {
      const offsets = [{ topic: 'orders', partition, offset: 1 }]
      return modernTxnAnswer(group, { member, generation, offsets } as unknown as TxnOffsetCommit)
    }
    expect([told('ann#0', 5), told('ann#0', 4), told('', -1)]).toEqual(Array(3).fill('accept'))
    expect([told('ann#0', 4, 1), told('ann#0', 6), told('ann#0', -1)]).toEqual(
      Array(3).fill('ILLEGAL_GENERATION'),
    )
    expect([told('zoe#0', -1), told('', 5)]).toEqual(Array(2).fill('UNKNOWN_MEMBER_ID'))
  })
})
