import { expect, test } from 'vitest'
import { bare } from './bare.fixture.ts'
import { ask, asking } from './exploring.ts'
import { count, counting, tallyOf } from './exploring-tally.ts'
import type { WiderProgress } from './exploring-wider.ts'

const after = (...steps: readonly WiderProgress[]) => {
  const self = counting()
  for (const step of steps) count(self, step)
  return tallyOf(self)
}
const at = (faults: number, depth: number, states: number, messages = 1): WiderProgress => ({
  faults,
  depth,
  states,
  messages,
  consumers: 1,
})

test('states are counted at the depth at which they were met, on all fault levels', () => {
  const tally = after(at(0, 1, 3), at(0, 2, 5), at(0, 2, 9), at(1, 1, 10), at(1, 2, 14))
  expect(tally.depths).toEqual([0, 4, 10])
  expect(tally).toMatchObject({ faults: 1, depth: 2, states: 14, frontier: 4, earlier: 0 })
})

test('another search begins with another number of messages, or where there are suddenly fewer states', () => {
  const bigger = after(at(0, 1, 30), at(0, 1, 50, 2))
  expect(bigger).toMatchObject({ messages: 2, states: 50, earlier: 30, depths: [0, 50] })
  const again = after(at(0, 1, 30), at(0, 1, 4), at(0, 2, 6))
  expect(again).toMatchObject({ states: 6, earlier: 30, depths: [0, 4, 2] })
})

test('it adds up to what the answer says', () => {
  const question = {
    invariant: 'no-duplicate-effect',
    scope: {},
    faults: 1,
    kinds: ['cut-connection'],
    maxStates: 100_000,
  }
  const how = { now: () => 0 }
  const self = counting()
  for (const progress of asking(bare({}), question, how))
    count(self, { ...progress, messages: 1, consumers: 1 })
  const { states, depths } = tallyOf(self)
  expect(states).toBe(ask(bare({}), question, how)[0]?.states)
  expect(depths.reduce((sum, each) => sum + each, 0)).toBe(states)
})

test('what is looked at aside is seen, and is no part of the search that found something', () => {
  const found = after(at(0, 1, 3), at(1, 2, 8))
  const later = after(
    at(0, 1, 3),
    at(1, 2, 8),
    { ...at(0, 1, 4, 3), aside: true },
    { ...at(0, 2, 9, 3), aside: true },
  )
  expect(later).toEqual({ ...found, earlier: found.earlier + 9 })
})
