import { expect, test } from 'vitest'
import { deadRows, illMatched } from '../_decision.fixture.ts'
import { RETURNS } from './returns.ts'

const FACTS = {
  type: ['classic', 'quorum'],
  version: ['4.3', '4.0'],
  cause: ['death', 'restart', 'reject', 'nack', 'recover', 'timeout'],
  limit: [true, false],
} as const

test('every combination of facts matches exactly one row, and every row is needed', () => {
  expect(illMatched(RETURNS, FACTS)).toEqual([])
  expect(deadRows(RETURNS, FACTS)).toEqual([])
})
