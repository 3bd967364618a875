import { expect, test } from 'vitest'
import { topicsOf } from '../scenario/holders.ts'
import { bare } from './bare.fixture.ts'
import { preventingIn, preventingLeast, servicesOf, type ToPrevent } from './preventing.ts'
import { simulate } from './simulate.ts'

function finish<T>(work: Generator<T, T>): T {
  for (;;) {
    const next = work.next()
    if (next.done === true) return next.value
  }
}

const prevented = (asked: ToPrevent) => finish(preventingIn(asked, { now: () => 0 }))

test('of a card charged twice after a crash: only a key that the API honours, and each line has its run', () => {
  const lines = prevented({
    scenario: bare({}),
    invariant: 'no-duplicate-effect',
    services: ['payments'],
    kinds: ['crash'],
    messages: 1,
    maxStates: 200_000,
  })
  const verdicts = Object.fromEntries(lines.map(({ title, verdict }) => [title, verdict]))
  expect(verdicts).toMatchObject({
    'idempotency key': 'prevents',
    'dedup table, marked after': 'fails',
    'dedup table, marked before': 'costs',
    'in-memory set': 'fails',
    'commit before effect': 'costs',
    'transactional inbox': 'does not fit',
  })
  expect(lines[0]).toMatchObject({ title: 'as it is', path: '', verdict: 'fails' })
  for (const { bounds, states, verdict } of lines) {
    if (verdict === 'does not fit') continue
    expect(bounds).toEqual({ faults: 1, kinds: ['crash'] })
    expect(states).toBeGreaterThan(0)
  }
  for (const { verdict, scenario, script, invariant, title } of lines) {
    if (scenario === null || script === null) continue
    const summary = simulate({ ...scenario, checks: [invariant] }, { script })
    const expected = verdict === 'prevents' ? 'holds' : 'broken'
    expect([title, summary.verdicts[0]?.verdict]).toEqual([title, expected])
  }
}, 180_000)

const LEAST = { invariant: 'no-duplicate-effect', kinds: ['crash'], maxStates: 200_000 } as const

test('at the smallest size at which it comes about, however large the scenario is', () => {
  const scenario = bare({ messages: 4, instances: 2, partitions: 2, keys: ['user-1', 'user-2'] })
  const lines = finish(
    preventingLeast({ ...LEAST, scenario, services: ['payments'] }, { now: () => 0 }),
  )
  const [base] = lines
  expect(base?.verdict).toBe('fails')
  expect(base?.scenario?.story.producers[0]?.count).toBe(1)
  expect(base?.scenario?.story.services[0]?.instances).toBe(1)
  expect(topicsOf((base?.scenario ?? scenario).deployment)['orders']?.partitions).toBe(1)
}, 180_000)

test('nothing is told where nothing breaks within any of the sizes', () => {
  const scenario = bare({ service: { strategy: { kind: 'idempotency-key' } } })
  const lines = finish(
    preventingLeast({ ...LEAST, scenario, services: ['payments'] }, { now: () => 0 }),
  )
  expect(lines).toEqual([])
})

test('a breach is of one group by its name, or of all who write to the sink whose row is wrong', () => {
  const scenario = bare({})
  expect(servicesOf(scenario, 'payments')).toEqual(['payments'])
  expect(servicesOf(scenario, 'card')).toEqual(['payments'])
  expect(servicesOf(scenario, 'card user-1')).toEqual(['payments'])
  expect(servicesOf(scenario, 'stock')).toEqual([])
})
