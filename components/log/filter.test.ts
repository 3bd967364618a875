// What the log lists.

import { expect, test } from 'vitest'
import type { Session, StepRecord } from '@/lib/session/types'
import { nothingFound, placeOf, search } from './filter'

const steps = [
  {
    actor: 'order-service',
    sentence: 'order service sends order-42 created.',
    rule: 'Send',
    about: 'e1',
  },
  {
    actor: 'payments-1',
    sentence: 'payments-1 polls order-42 created.',
    rule: 'Poll',
    about: 'e1',
  },
  { actor: 'card', sentence: 'payments-1 charges the card.', rule: 'Charge', about: 'e1' },
] as unknown as readonly StepRecord[]

const session = {
  length: steps.length,
  step: (index: number) => steps[index - 1],
} as unknown as Session

const found = (actor: string, text: string, limit = 3) =>
  search(nothingFound(), session, { actor, text, told: false }, limit).steps

test('everything, one actor, words', () => {
  expect(found('', '')).toEqual([1, 2, 3])
  expect(found('payments-1', '')).toEqual([2, 3])
  expect(found('', 'POLL')).toEqual([2])
  expect(found('order-service', 'charges')).toEqual([])
})

test('what was not seen yet is not listed, and each step is looked at once', () => {
  const so = search(nothingFound(), session, { actor: '', text: '', told: false }, 2)
  expect(so.steps).toEqual([1, 2])
  search(so, session, { actor: '', text: '', told: false }, 3)
  expect(so.steps).toEqual([1, 2, 3])
})

test('the row of a moment is the last one at or before it', () => {
  expect([0, 1, 5, 6, 9, 99].map((position) => placeOf([1, 6, 9], position))).toEqual([
    -1, 0, 0, 1, 2, 2,
  ])
})
