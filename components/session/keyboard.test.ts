// Which commands go on while their key is held down.
import { expect, test } from 'vitest'
import { commands } from './commands'

test('only going from step to step and from row to row repeats; nothing toggles to and fro', () => {
  const held = commands.filter(({ repeats }) => repeats).map(({ id }) => id)
  expect(held).toEqual(['step', 'row'])
})
