import { expect, test } from 'vitest'
import type { Answer } from '@/lib/session/exploring'
import type { Variant } from '@/lib/session/variants'
import { type Cell, cellToShow, keyOf, NEW_CELL, nextOf, type Plan, serviceToShow } from './plan'

const variant = (id: string): Variant => ({
  id,
  title: id,
  detail: '',
  asItIs: id === 'own',
  scenario: {} as Variant['scenario'],
})
const held: Cell = {
  ...NEW_CELL,
  state: 'answered',
  answers: [{ answer: 'holds within bounds' } as Answer],
}
const broken: Cell = {
  ...NEW_CELL,
  state: 'answered',
  answers: [{ answer: 'counterexample', faults: 1 } as Answer],
}
const searching: Cell = { ...NEW_CELL, state: 'searching' }

const plan = (cells: Readonly<Record<string, Cell>>, shown = ''): Plan => ({
  services: ['payments', 'email'],
  service: 'payments',
  rows: [variant('own'), variant('other')],
  asItIs: { payments: variant('own'), email: variant('own') },
  checks: ['no-loss', 'order'],
  cells,
  shown,
})
const next = (made: Plan) => {
  const found = nextOf(made)
  return found === null ? null : `${found.what} ${found.key}`
}
const loss = keyOf('payments', 'own', 'no-loss')
const order = keyOf('payments', 'own', 'order')

test('as it is, guarantee after guarantee; then the next service, as long as nothing breaks', () => {
  expect(next(plan({}))).toBe(`cell ${loss}`)
  expect(next(plan({ [loss]: held }))).toBe(`cell ${order}`)
  expect(next(plan({ [loss]: held, [order]: held }))).toBe('cell email | own | no-loss')
})

test('while the row is still searched, other rows go on; once it has broken, no other service is asked', () => {
  const other = `cell ${keyOf('payments', 'other', 'no-loss')}`
  expect(next(plan({ [loss]: held, [order]: searching }))).toBe(other)
  expect(next(plan({ [loss]: broken, [order]: held }))).toBe(other)
})

test('the breach that is looked at is tried with other kinds of fault, before the other rows', () => {
  const cells = { [loss]: broken, [order]: held }
  expect(next(plan(cells, loss))).toBe(`stories ${loss}`)
  const known = { ...cells, [loss]: { ...broken, stories: 'known' as const } }
  expect(next(plan(known, loss))).toBe(`cell ${keyOf('payments', 'other', 'no-loss')}`)
  const bare = { ...broken, answers: [{ answer: 'counterexample', faults: 0 } as Answer] }
  expect(next(plan({ ...cells, [loss]: bare }, loss))).toContain('cell')
})

test('shown is the service that broke, and its first breach; else what is searched', () => {
  expect(serviceToShow(plan({}))).toBe('payments')
  expect(serviceToShow(plan({ 'email | own | order': broken }))).toBe('email')
  expect(cellToShow(plan({ [loss]: held, [order]: searching }), 'payments')).toBe(order)
  expect(cellToShow(plan({ [loss]: held, [order]: broken }), 'payments')).toBe(order)
  expect(cellToShow(plan({ [loss]: held, [order]: held }), 'payments')).toBe(loss)
})
