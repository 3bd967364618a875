import { expect, test } from 'vitest'
import type { Sheet, ShownRow } from '@/lib/guarantees/sheet'
import { choicesOf, filtered, NO_FILTER } from './filter'

const row = (id: string, sink: string, strategy: string, broker = 'one'): ShownRow => ({
  id,
  title: id,
  note: '',
  prose: '',
  facets: { broker, sink, strategy },
  cells: [],
})
const family = (id: string, rows: readonly ShownRow[]) => ({
  id,
  broker: 'one',
  title: id,
  bounds: '',
  columns: [],
  rows,
})
const sheet: Sheet = {
  families: [
    family('one', [row('a', 'database', 'upsert'), row('b', 'external API', 'none')]),
    family('two', [row('c', 'external API', 'none', 'two')]),
  ],
}
const ids = (filter: Partial<typeof NO_FILTER>) =>
  filtered(sheet, { ...NO_FILTER, ...filter }).map(({ rows }) => rows.map(({ id }) => id).join())

test('without a filter all are shown; a family without rows is left out', () => {
  expect(ids({})).toEqual(['a,b', 'c'])
  expect(ids({ sink: 'database' })).toEqual(['a'])
  expect(ids({ strategy: 'none' })).toEqual(['b', 'c'])
  expect(ids({ broker: 'two' })).toEqual(['c'])
  expect(ids({ sink: 'database', strategy: 'none' })).toEqual([])
})

test('the choices are those that rows have, each once', () => {
  expect(choicesOf(sheet, 'strategy')).toEqual(['upsert', 'none'])
})
