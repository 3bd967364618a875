import { expect, test } from 'vitest'
import { topicMatches } from './routing.ts'

test.each([
  ['#', '', true],
  ['#', 'a.b', true],
  ['a.#.b', 'a.b', true],
  ['a.#.b', 'a.x.y.b', true],
  ['a.#.b', 'a.x.y', false],
  ['#.*', '', false],
  ['#.*.#', 'a', true],
  ['*', 'a.b', false],
  ['', '', true],
  ['', 'a', false],
])('%s and %s: %s', (pattern, key, does) => expect(topicMatches(pattern, key)).toBe(does))

test('many wildcards are no more work than few', () => {
  const many = Array.from({ length: 60 }, () => '#').join('.')
  expect(topicMatches(`${many}.z`, 'a.a.a.a.a.a.a.a.a.a.a.a.b')).toBe(false)
})
