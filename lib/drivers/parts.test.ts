// The parts of the explorer, each by itself: arenas, memories, numbers for values, sets of states, purses.

import { describe, expect, test } from 'vitest'
import { compile } from '../engine/compile.ts'
import { toy } from '../engine/toy.fixture.ts'
import { init } from '../engine/world.ts'
import { hearComponent, tellComponent } from './components.ts'
import {
  type Arena,
  addRow,
  arena,
  chunkOf,
  grown,
  offsetOf,
  releaseRows,
  truncateRows,
} from './growing.ts'
import { hashesOf, intern, internTuples } from './interning.ts'
import { pairs, recall, remember } from './pairs.ts'
import { purseOf, purseOfStory, spentHash, storiesOf } from './purse.ts'
import { exactStates, fingerprints, oddsOfCollision } from './seen.ts'
import { readWorld, spaceOf, worldAt } from './space.ts'

test('arrays grow and keep what they hold', () => {
  const one = Int32Array.of(1, 2, 3)
  expect(grown(one, 3)).toBe(one)
  const two = grown(one, 4)
  expect([two.length >= 4, ...two.subarray(0, 4)]).toEqual([true, 1, 2, 3, 0])
})

describe('an arena', () => {
  const fill = (rows: Arena, count: number) => {
    for (let i = 0; i < count; i++) {
      const row = addRow(rows)
      chunkOf(rows, row)[offsetOf(rows, row)] = row
      chunkOf(rows, row)[offsetOf(rows, row) + 2] = ~row
    }
  }
  test('keeps every row where it was', () => {
    const rows = arena(3)
    fill(rows, 10_000)
    for (let row = 0; row < 10_000; row += 7) {
      const chunk = chunkOf(rows, row)
      expect([chunk[offsetOf(rows, row)], chunk[offsetOf(rows, row) + 2]]).toEqual([row, ~row])
    }
    expect(rows.bytes).toBe(3 * 4096 * 3 * 4)
  })

  test('lets go of chunks that nobody needs, and of those alone', () => {
    const rows = arena(3)
    fill(rows, 10_000)
    releaseRows(rows, 10, 8000)
    expect(rows.bytes).toBe(3 * 4096 * 3 * 4)
    releaseRows(rows, 0, 10)
    expect(rows.bytes).toBe(2 * 4096 * 3 * 4)
    expect(chunkOf(rows, 9000)[offsetOf(rows, 9000)]).toBe(9000)
  })

  test('can forget its end', () => {
    const rows = arena(3)
    fill(rows, 10_000)
    truncateRows(rows, 4097)
    expect([rows.count, rows.bytes]).toEqual([4097, 2 * 4096 * 3 * 4])
    fill(rows, 1)
    expect(chunkOf(rows, 4097)[offsetOf(rows, 4097)]).toBe(4097)
  })
})

test('a memory of pairs knows both keys, and what it does not know', () => {
  const known = pairs()
  for (let i = 0; i < 20_000; i++) {
    expect(recall(known, i % 100, i)).toBe(-1)
    remember(known, i % 100, i, 3 * i)
  }
  for (let i = 0; i < 20_000; i++) expect(recall(known, i % 100, i)).toBe(3 * i)
  expect(recall(known, 1, 0)).toBe(-1)
})

describe('numbers for values', () => {
  test('the same value has one number, however it is spelled; another has another', () => {
    const numbers = intern<object>()
    const one = numbers.idOf({ a: 1, b: [2] })
    expect(numbers.idOf({ b: [2], a: 1 })).toBe(one)
    const two = numbers.idOf({ a: 1, b: [3] })
    expect([two, numbers.size()]).toEqual([one + 1, 2])
    expect(numbers.valueOf(two)).toEqual({ a: 1, b: [3] })
  })

  test('its hash comes from the value alone', () => {
    const [one, two] = [intern<object>(), intern<object>()]
    two.idOf({ other: true })
    expect(one.hashOf(one.idOf({ a: 1, b: 2 }))).toEqual(two.hashOf(two.idOf({ b: 2, a: 1 })))
  })

  test('hashes of near texts have nothing in common, in neither half', () => {
    const halves = [new Set<number>(), new Set<number>()]
    for (let i = 0; i < 50_000; i++) {
      const pair = hashesOf(`{"next":${i % 250},"heard":${i}}`)
      halves.forEach((half, at) => {
        half.add(pair[at] as number)
      })
    }
    // 50,000 random numbers of 32 bits: less than one is expected to come twice.
    for (const half of halves) expect(half.size).toBeGreaterThan(49_990)
  })

  test('tuples', () => {
    const tuples = internTuples(2)
    expect([tuples.idOf([1, 23]), tuples.idOf([12, 3]), tuples.idOf([1, 23])]).toEqual([0, 1, 0])
    expect([tuples.at(1, 0), tuples.at(1, 1), tuples.size()]).toEqual([12, 3, 2])
  })
})

describe('sets of states', () => {
  test('fingerprints tell two hundred thousand apart and know them again', () => {
    const set = fingerprints()
    const of = (i: number) => [...hashesOf(`${i}`), -1] as const
    for (let i = 0; i < 200_000; i++) expect(set.add(...of(i))).toBe(true)
    for (let i = 0; i < 200_000; i += 997) {
      expect(set.add(...of(i))).toBe(false)
      expect(set.has(...hashesOf(`${i}`))).toBe(true)
    }
    expect(set.has(...hashesOf('200001'))).toBe(false)
    expect([set.size(), set.bytes()]).toEqual([200_000, 8 * 524_288])
    expect([set.add(0, 0, -1), set.add(0, 0, -1), set.has(0, 0), set.add(0, 1, -1)]).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  test('the exact set tells apart what has one fingerprint', () => {
    const rows = arena(4)
    const set = exactStates(rows)
    const add = (a: number, b: number) => {
      const row = addRow(rows)
      chunkOf(rows, row).set([a, b, 7, 7], offsetOf(rows, row))
      const added = set.add(7, 7, row)
      if (!added) rows.count = row
      return added
    }
    expect([add(1, 2), add(2, 1), add(1, 2), set.size()]).toEqual([true, true, false, 2])
    for (let i = 3; i < 3000; i++) expect(add(i, i)).toBe(true)
    expect([add(2999, 2999), set.has(7, 7), set.bytes()]).toEqual([false, false, 4 * 8192])
  })

  test('the odds of a collision are those of two random numbers of 64 bits', () => {
    expect(oddsOfCollision(1)).toBe(0)
    expect(oddsOfCollision(13_473_478)).toBeCloseTo(4.9e-6, 7)
  })
})

describe('purses', () => {
  test('a plain one pays for its kinds and remembers nothing', () => {
    const purse = purseOf(['crash'])
    expect([purse.pay(0, 'crash'), purse.pay(0, 'cut'), purse.below(0)]).toEqual([0, -1, []])
  })

  test('that of a story pays as often as the story says, in any order', () => {
    const purse = purseOfStory(['pause', 'crash', 'crash'])
    const once = purse.pay(0, 'crash')
    const twice = purse.pay(once, 'crash')
    const other = purse.pay(0, 'pause')
    expect(purse.pay(twice, 'crash')).toBe(-1)
    expect(purse.pay(twice, 'pause')).toBe(purse.pay(purse.pay(other, 'crash'), 'crash'))
    expect(purse.pay(0, 'cut')).toBe(-1)
    expect(new Set([0, once, twice, other]).size).toBe(4)
    expect(purse.below(twice)).toEqual([0, once])
    expect(purse.below(other)).toEqual([0])
    expect(purse.kinds).toEqual(['crash', 'pause'])
  })

  test('every way to choose kinds', () => {
    expect(storiesOf(['a', 'b'], 2)).toEqual([
      ['a', 'a'],
      ['a', 'b'],
      ['b', 'b'],
    ])
    expect(storiesOf(['a'], 0)).toEqual([[]])
  })

  test('nothing spent adds nothing to a fingerprint', () => {
    expect(spentHash(0)).toEqual([0, 0])
    expect(spentHash(1)).not.toEqual(spentHash(2))
  })
})

test('a space reads a world and gives it back', () => {
  const system = compile(toy(2, 2))
  const space = spaceOf(system)
  expect(worldAt(space, space.start, 0)).toEqual(init(system))
  expect(readWorld(space, init(system))).toEqual(space.start)
  const told = space.components.map((each, i) => tellComponent(each, space.start[i] as number))
  const other = spaceOf(compile(toy(2, 2)))
  expect(other.components.map((each, i) => hearComponent(each, told[i] as never))).toEqual([
    ...other.start,
  ])
})
