// Which commands go on while their key is held down.
import { expect, test } from 'vitest'
import { commands } from './commands'
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
