import { expect, test } from 'vitest'
import { boundsAsQuery, boundsIn, DEFAULTS, KINDS } from './bounds'

const there = (query: string) => boundsIn(new URLSearchParams(query))

test('bounds go to the address and come back; what is as usual is not said', () => {
  expect(boundsAsQuery(DEFAULTS)).toBe('')
  expect(there('')).toEqual(DEFAULTS)
  const [first, second] = KINDS
  const kinds = [first?.id ?? '', second?.id ?? '']
  const other = { ...DEFAULTS, faults: 2, maxStates: 50_000, kinds, unusualTiming: false }
  expect(there(boundsAsQuery(other))).toEqual(other)
})

test('nonsense in an address is passed over', () => {
  expect(there('faults=99&messages=x&keys=-1&consumers=1.5&maxMb=&kinds=gremlins')).toEqual(
    DEFAULTS,
  )
})
