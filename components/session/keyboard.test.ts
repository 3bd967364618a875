// Which commands go on while their key is held down.
import { expect, test } from 'vitest'
import { commands, nextSeed } from './commands'
import { commandOf } from './keyboard'

test('only going from step to step and from row to row repeats; nothing toggles to and fro', () => {
  const held = commands.filter(({ repeats }) => repeats).map(({ id }) => id)
  expect(held).toEqual(['step', 'row'])
})

test('a key event without a key is no command; capital or not, a letter is the same one', () => {
  expect([undefined, '', 'Dead', 'Process', 'F1'].map(commandOf)).toEqual(Array(5).fill(undefined))
  expect(commandOf('R')?.id).toBe('restart')
  expect(commandOf('r')?.id).toBe('restart')
})

test('the next seed is a seed too: not longer, and counted on where it ends in digits', () => {
  expect(nextSeed('a')).toBe('a1')
  expect(nextSeed('a09')).toBe('a10')
  expect(nextSeed('x'.repeat(100))).toBe(`${'x'.repeat(99)}1`)
  expect(nextSeed('9'.repeat(100))).toHaveLength(100)
})
