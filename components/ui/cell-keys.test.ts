import { expect, test } from 'vitest'
import { placeAfter } from './cell-keys.ts'

const size = { rows: 3, columns: 4 }
const at = { row: 1, column: 2 }
const press = (key: string, ctrlKey = false) => placeAfter({ key, ctrlKey }, at, size)

test('arrows lead to the neighbour, Home and End along the row, with Ctrl to the corners', () => {
  expect(press('ArrowUp')).toEqual({ row: 0, column: 2 })
  expect(press('ArrowDown')).toEqual({ row: 2, column: 2 })
  expect(press('ArrowLeft')).toEqual({ row: 1, column: 1 })
  expect(press('ArrowRight')).toEqual({ row: 1, column: 3 })
  expect(press('Home')).toEqual({ row: 1, column: 0 })
  expect(press('End')).toEqual({ row: 1, column: 3 })
  expect(press('Home', true)).toEqual({ row: 0, column: 0 })
  expect(press('End', true)).toEqual({ row: 2, column: 3 })
})

test('nothing lies outside, and other keys are left to the page', () => {
  const corner = { row: 0, column: 3 }
  const from = (key: string) => placeAfter({ key, ctrlKey: false }, corner, size)
  expect(from('ArrowUp')).toEqual(corner)
  expect(from('ArrowRight')).toEqual(corner)
  expect(from('Tab')).toBeNull()
  expect(press('ArrowUp', true)).toBeNull()
})
