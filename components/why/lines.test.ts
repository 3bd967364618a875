import { expect, test } from 'vitest'
import type { Prevention } from '@/lib/why/index'
import { bestOf, inOrder } from './lines'

const line = (title: string, verdict: Prevention['verdict']) => ({ title, verdict }) as Prevention

test('what prevents it stands first, then what costs, fails, is not told, does not fit', () => {
  const lines = [
    line('a', 'does not fit'),
    line('b', 'fails'),
    line('c', 'prevents'),
    line('d', 'not told'),
    line('e', 'costs'),
    line('f', 'fails'),
  ]
  expect(inOrder(lines).map(({ title }) => title)).toEqual(['c', 'e', 'b', 'f', 'd', 'a'])
  expect(bestOf(lines)?.title).toBe('c')
  expect(bestOf([line('b', 'costs')])).toBeUndefined()
})
