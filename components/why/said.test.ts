// No line is said without its bounds.
import { expect, test } from 'vitest'
import type { Prevention } from '@/lib/why/index'
import { saidOf } from './said'

const scenario = {
  story: { producers: [{ count: 2 }], services: [{ instances: 2 }] },
  deployment: { topics: { orders: { partitions: 1 } } },
}
const line = (part: Partial<Prevention>): Prevention => ({
  of: 'payments',
  title: 'idempotency key',
  path: '/story/services/0/strategy',
  value: null,
  verdict: 'prevents',
  because: '',
  invariant: 'no-duplicate-effect',
  bounds: { faults: 1, kinds: ['crash'] },
  states: 1234,
  scenario: scenario as never,
  script: [],
  ...part,
})
const WITHIN =
  '2 messages, 2 consumers and 1 partition, at most 1 fault (crash the process), usual timing only'

test.each([
  ['prevents', `Holds in every schedule of ${WITHIN}: 1,234 states, all seen.`],
  ['costs', `instead, within ${WITHIN}.`],
  ['fails', `Breaks all the same, within ${WITHIN}.`],
  ['not told', `Searched: ${WITHIN}.`],
] as const)('%s', (verdict, said) => {
  expect(saidOf(line({ verdict }))).toContain(said)
})

test('a witness is spoken of only where a fault was to be absorbed', () => {
  expect(saidOf(line({}))).toContain('the fault came and was absorbed')
  const none = saidOf(line({ bounds: { faults: 0, kinds: [] } }))
  expect(none).toContain('no fault, usual timing only')
  expect(none).not.toContain('absorbed')
})

test('a pause is unusual timing, and what does not fit says why', () => {
  expect(saidOf(line({ bounds: { faults: 2, kinds: ['crash', 'pause'] } }))).toMatch(
    /at most 2 faults \(crash the process, pause .*\), unusual timing included/,
  )
  const unfit = { verdict: 'does not fit', because: 'needs a database sink' } as const
  expect(saidOf(line({ ...unfit, bounds: null, scenario: null }))).toBe('needs a database sink')
})
