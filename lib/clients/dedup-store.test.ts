import { describe, expect, test } from 'vitest'
import { type Bench, benchOf } from './bench.fixture.ts'
import { type DedupStoreState, dedupStore } from './dedup-store.ts'
import type { CheckSeen, MarkSeen } from './types.ts'

const settings = { answerMs: [1, 2], downMs: [500, 500] } as const
const check = (id: string): CheckSeen => ({ kind: 'CheckSeen', about: id, call: `check ${id}`, id })
const mark = (id: string): MarkSeen => ({ kind: 'MarkSeen', about: id, call: `mark ${id}`, id })

function store(keeps?: number): Bench<DedupStoreState> {
  const own = keeps === undefined ? settings : { ...settings, keeps }
  return benchOf(dedupStore, 'dedup:payments', own, { a: 'calls' })
}

describe('a dedup store', () => {
  test('knows what was marked and nothing else', () => {
    const it = store()
    expect(it.hears('a', check('e1'))).toBe('CheckSeen')
    expect(it.hears('a', mark('e1'))).toBe('MarkSeen')
    it.hears('a', check('e1'))
    it.hears('a', check('e2'))
    expect(it.sent('a')).toEqual([
      { kind: 'SeenAnswer', about: 'e1', call: 'check e1', seen: false },
      { kind: 'MarkAnswer', about: 'e1', call: 'mark e1', ok: true },
      { kind: 'SeenAnswer', about: 'e1', call: 'check e1', seen: true },
      { kind: 'SeenAnswer', about: 'e2', call: 'check e2', seen: false },
    ])
  })

  test('with a window it keeps the newest ids only; an id that is marked again is new again', () => {
    const it = store(2)
    for (const id of ['e1', 'e2', 'e1', 'e3']) it.hears('a', mark(id))
    it.sent('a')
    for (const id of ['e1', 'e2', 'e3']) it.hears('a', check(id))
    expect(it.sent('a')).toMatchObject([{ seen: true }, { seen: false }, { seen: true }])
    it.does('EmptyStore')
    expect(it.state).toMatchObject({ window: [] })
    it.hears('a', mark('e4'))
    expect(it.state).toMatchObject({ window: ['e4'] })
  })

  test('can be emptied, once there is something in it', () => {
    const it = store()
    expect(it.whyNot('EmptyStore')).toBe('it holds something')
    it.hears('a', mark('e1'))
    it.does('EmptyStore')
    expect(it.seen).toEqual([
      { kind: 'forgotten', actor: 'dedup:payments', what: '1 seen event ids' },
    ])
    it.sent('a')
    it.hears('a', check('e1'))
    expect(it.sent('a')).toMatchObject([{ seen: false }])
  })

  test('is unavailable while it is down, marks nothing then, and comes back', () => {
    const it = store()
    expect(it.whyNot('StoreUp')).toBe('the store is down')
    it.does('StoreDown')
    expect(it.whyNot('StoreDown')).toBe('the store is up')
    expect(it.hears('a', check('e1'))).toBe('AnswerUnavailable')
    expect(it.hears('a', mark('e1'))).toBe('AnswerUnavailable')
    expect(it.sent('a')).toEqual([
      { kind: 'SeenAnswer', about: 'e1', call: 'check e1', seen: 'unavailable' },
      { kind: 'MarkAnswer', about: 'e1', call: 'mark e1', ok: false },
    ])
    it.does('StoreUp')
    it.hears('a', check('e1'))
    expect(it.sent('a')).toMatchObject([{ seen: false }])
  })

  test('may lose the answer to a mark it has made', () => {
    const it = store()
    it.takes('LoseAnswer', 'a', mark('e1'))
    expect(it.sent('a')).toEqual([{ kind: 'ConnectionClosed', about: 'mark e1' }])
    it.hears('a', check('e1'))
    expect(it.sent('a')).toMatchObject([{ seen: true }])
  })

  test('takes its time to answer, and to come back', () => {
    const takes = (name: string) =>
      dedupStore.rules.find((rule) => rule.name === name)?.takes?.(settings, null, null, null)
    expect(takes('CheckSeen')).toEqual([1, 2])
    expect(takes('MarkSeen')).toEqual([1, 2])
    expect(takes('StoreUp')).toEqual([500, 500])
  })
})
