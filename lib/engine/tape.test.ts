import fc from 'fast-check'
import { expect, test } from 'vitest'
import { append, at, emptyTape, slice, tapeOf } from './tape.ts'

test('a tape holds what was appended, in order, at any length', () => {
  let tape = emptyTape<number>()
  for (let i = 0; i < 40_000; i++) tape = append(tape, i)
  expect(tape.length).toBe(40_000)
  for (const i of [0, 31, 32, 1023, 1024, 1055, 1056, 32_767, 32_768, 39_999])
    expect(at(tape, i)).toBe(i)
  expect(at(tape, 40_000)).toBeUndefined()
  expect(at(tape, -1)).toBeUndefined()
})

test('every earlier tape stays as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 3000 }), fc.nat(3000), (items, cut) => {
      const short = tapeOf(items.slice(0, cut))
      const copy = structuredClone(short)
      const long = items.slice(cut).reduce(append, short)
      expect(short).toEqual(copy)
      expect(slice(long, 0)).toEqual(items)
      expect(slice(long, cut, cut + 5)).toEqual(items.slice(cut, cut + 5))
    }),
    { numRuns: 60, seed: 11 },
  )
})
