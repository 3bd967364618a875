import { expect, test } from 'vitest'
import { bare } from './bare.fixture.ts'
import { preventingIn, type ToPrevent } from './preventing.ts'
import { simulate } from './simulate.ts'

function prevented(asked: ToPrevent) {
  const work = preventingIn(asked, { now: () => 0 })
  for (;;) {
    const next = work.next()
    if (next.done === true) return next.value
  }
}

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
  for (const { verdict, scenario, script, invariant, title } of lines) {
    if (scenario === null || script === null) continue
    const summary = simulate({ ...scenario, checks: [invariant] }, { script })
    const expected = verdict === 'prevents' ? 'holds' : 'broken'
    expect([title, summary.verdicts[0]?.verdict]).toEqual([title, expected])
  }
}, 180_000)
