import { expect, test } from 'vitest'
import type { FidelityRow } from '@/lib/fidelity/types'
import { filtered, NO_FILTER } from './filter'

const row = (id: string, change: Partial<FidelityRow> = {}): FidelityRow => ({
  id,
  broker: 'One',
  row: '',
  title: id,
  subject: 'Groups',
  class: 'deterministic',
  source: '',
  verdict: 'agrees',
  repetitions: 3,
  outcomes: [{ of: '', model: [], broker: [] }],
  never: '',
  ...change,
})

const rows = [
  row('one', { row: 'K05', title: 'The same batch twice', source: 'KIP-98' }),
  row('two', { subject: 'Logs', class: 'set' }),
  row('three', {
    subject: 'Logs',
    broker: 'Other',
    outcomes: [{ of: '4.3/quorum', model: [], broker: [] }],
  }),
]
const ids = (change: Partial<typeof NO_FILTER>) =>
  filtered(rows, { ...NO_FILTER, ...change }).map(({ id }) => id)

test('without a filter all are shown, in their order', () => {
  expect(ids({})).toEqual(['one', 'two', 'three'])
})

test('by subject, by class, and by both', () => {
  expect(ids({ subject: 'Logs' })).toEqual(['two', 'three'])
  expect(ids({ class: 'deterministic' })).toEqual(['one', 'three'])
  expect(ids({ subject: 'Logs', class: 'set' })).toEqual(['two'])
})

test('by words in any case, all of which must be there', () => {
  expect(ids({ text: 'k05' })).toEqual(['one'])
  expect(ids({ text: 'twice  kip-98 ' })).toEqual(['one'])
  expect(ids({ text: 'twice three' })).toEqual([])
})

test('by broker, and by version or queue type', () => {
  expect(ids({ broker: 'Other' })).toEqual(['three'])
  expect(ids({ broker: 'One', subject: 'Logs' })).toEqual(['two'])
  expect(ids({ text: '4.3/quorum' })).toEqual(['three'])
})
