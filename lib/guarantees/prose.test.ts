// Sentences of cells: each is made of what the cell says and of nothing else.
import { expect, test } from 'vitest'
import { searchedKinds } from '../faults/index.ts'
import { families } from './bounds.ts'
import { cellInWords, isCredited, momentInWords, rowInWords } from './prose.ts'
import type { Broken, Held, Open } from './types.ts'

const asked = { row: 'none', states: 12_345, ms: 1, reduced: false }
const crash = { fault: 'crash', who: ['payments-0'], stage: 'effect applied', step: 9 }
const broken: Broken = {
  ...asked,
  column: 'no-duplicate-effect',
  answer: 'counterexample',
  faults: 1,
  steps: 9,
  size: { messages: 1, consumers: 1 },
  tail: [],
  moments: [crash],
  sentence: 'order-41/OrderCreated took effect twice.',
}
const proven = { ...asked, witnesses: [], without: [], weaker: 'commit-before' }
const held: Held = { ...proven, column: 'no-loss', answer: 'holds within bounds' }
const open: Open = { ...proven, column: 'per-key-order', answer: 'not exhausted', upTo: 1 }

test('a breach says what broke it, and where that struck', () => {
  expect(cellInWords(broken, 'consumers')).toBe(
    'Breaks when payments-0 crashes after the effect, before the commit. order-41/OrderCreated took effect twice.',
  )
  expect(cellInWords({ ...broken, moments: [] }, 'consumers')).toContain('with no fault at all')
})

test('what holds says within what; what is not known says how far it was searched', () => {
  expect(cellInWords(held, 'consumers')).toContain('12,345 states, all seen')
  expect(cellInWords({ ...held, without: ['crash'] }, 'consumers')).toMatch(
    /None of these alone.*: crash/,
  )
  expect(cellInWords(held, 'consumers')).not.toContain('None of these')
  expect(cellInWords(open, 'consumers')).toContain('Nothing breaks it with at most 1 fault')
  expect(cellInWords({ ...open, upTo: -1 }, 'consumers')).toContain('even without a fault')
})

test('a row says what it keeps and what breaks it; what nothing threatens is not counted', () => {
  expect(rowInWords([broken, held, open], 'consumers')).toBe(
    'Holds: no loss. Breaks: no duplicate effect, when payments-0 crashes after the effect, before the commit.',
  )
  expect(isCredited({ ...held, weaker: null })).toBe(false)
  expect(rowInWords([{ ...held, weaker: null }], 'consumers')).toBe('')
})

test('every misfortune has words, those of the matrix their own', () => {
  for (const fault of searchedKinds)
    expect(momentInWords({ ...crash, fault }, 'kafka')).toContain('payments-0')
  for (const { kinds, broker } of families) {
    for (const fault of kinds) {
      expect(momentInWords({ ...crash, fault }, broker)).not.toContain('befalls')
    }
  }
})

test('where a handler stood is told in the words of its broker', () => {
  expect(momentInWords(crash, 'kafka')).toMatch(/commit$/)
  expect(momentInWords(crash, 'rabbitmq')).toMatch(/ack$/)
  expect(momentInWords({ ...crash, stage: 'marked' }, 'rabbitmq')).toMatch(/mark and effect$/)
})
