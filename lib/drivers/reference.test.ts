// The reference system under the one law against its Promela models (SPIN 6.5.2, breadth-first, flat model):
// with no misfortune none of the three breaks; one lost answer or one crash breaks `none` and `last`, and
// nothing breaks `all`. States and steps are this system's own: what passes between two actors is a step here.

import { describe, expect, test } from 'vitest'
import { compile } from '../engine/compile.ts'
import { explore, exploreStories } from './explore.ts'
import { bookedOnce, type Ledger, REFERENCE_KINDS, reference } from './reference.fixture.ts'

const systemOf = (senders: number, items: number, ledger: Ledger) =>
  compile(reference({ senders, items, ledger }))
const within = (faults: number, kinds = REFERENCE_KINDS) => ({
  bounds: { faults, kinds, maxStates: 3_000_000 },
  now: () => 0,
})
const LONG_MS = 120_000

test.each([
  [1, 1, 0, 78],
  [1, 1, 1, 19_392],
  [1, 3, 0, 748],
  [1, 2, 1, 91_151],
  [2, 1, 0, 676],
])('%i senders, %i items, %i faults: %i states', (senders, items, faults, states) => {
  for (const exact of [false, true]) {
    const found = explore(systemOf(senders, items, 'all'), bookedOnce, {
      ...within(faults),
      reduceFrom: false,
      exact,
    })
    expect(found).toMatchObject({ answer: 'holds within bounds', states })
    expect(found.oddsOfCollision > 0).toBe(!exact)
  }
})

describe('two senders, three items', () => {
  test.each(['all', 'none', 'last'] as const)('without misfortune %s holds', (ledger) => {
    const found = explore(systemOf(2, 3, ledger), bookedOnce, { ...within(0), reduceFrom: 0 })
    expect(found).toMatchObject({ answer: 'holds within bounds', reduced: true })
  })

  test(
    'all: one misfortune of either kind breaks nothing',
    () => {
      const found = explore(systemOf(2, 3, 'all'), bookedOnce, { ...within(1), reduceFrom: 0 })
      expect(found).toMatchObject({ answer: 'holds within bounds', states: 224_831 })
    },
    LONG_MS,
  )

  test(
    'none: each kind of misfortune breaks it alone',
    () => {
      const found = exploreStories(systemOf(2, 3, 'none'), bookedOnce, within(2))
      expect(found.map(({ story, faults, steps }) => [story, faults, steps])).toEqual([
        [['crash'], 1, 13],
        [['lost-answer'], 1, 16],
      ])
    },
    LONG_MS,
  )

  test(
    'last: a crash breaks it',
    () => {
      const found = explore(systemOf(2, 3, 'last'), bookedOnce, {
        ...within(1, ['crash']),
        reduceFrom: false,
      })
      expect(found).toMatchObject({ answer: 'counterexample', faults: 1, steps: 25 })
    },
    LONG_MS,
  )
})
