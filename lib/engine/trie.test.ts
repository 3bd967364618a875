import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finish, hashString } from './hash.ts'
import { emptyTrie, entries, get, has, keys, remove, set, type Trie } from './trie.ts'

/** Pairs of distinct keys with one and the same 32-bit hash, found by trying (about 77,000 are enough). */
function collisions(): readonly (readonly [string, string])[] {
  const byHash: Record<number, string> = {}
  const found: (readonly [string, string])[] = []
  for (let i = 0; found.length < 2 && i < 1_000_000; i++) {
    const key = `key ${i}`
    const hash = finish(hashString(key))
    const other = byHash[hash]
    if (other !== undefined) found.push([other, key])
    byHash[hash] = key
  }
  return found
}
const colliding = collisions()
const anyKey = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.integer({ min: 0, max: 60 }).map((n) => `k${n}`),
  fc.constantFrom(...colliding.flat()),
)
const anyChange = fc.record({ key: anyKey, value: fc.option(fc.nat()) })

function applied(changes: readonly { key: string; value: number | null }[]) {
  let trie: Trie<number> = emptyTrie()
  const plain = new Map<string, number>()
  for (const { key, value } of changes) {
    trie = value === null ? remove(trie, key) : set(trie, key, value)
    if (value === null) plain.delete(key)
    else plain.set(key, value)
  }
  return { trie, plain }
}

describe('a trie', () => {
  test('the test has keys of equal hash to try', () => {
    expect(colliding).toHaveLength(2)
    for (const [a, b] of colliding) expect(hashString(a)).toBe(hashString(b))
  })

  test('holds what a map holds after any changes', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 200 }), (changes) => {
        const { trie, plain } = applied(changes)
        expect(trie.size).toBe(plain.size)
        expect(new Map(entries(trie).map((e) => [e.key, e.value]))).toEqual(plain)
        for (const { key } of changes) {
          expect(get(trie, key)).toBe(plain.get(key))
          expect(has(trie, key)).toBe(plain.has(key))
        }
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  test('has the same shape for the same content, whatever the way there', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 120 }), fc.nat(), (changes, turn) => {
        const { trie, plain } = applied(changes)
        const kept = [...plain]
        const turned = [
          ...kept.slice(turn % (kept.length || 1)),
          ...kept.slice(0, turn % (kept.length || 1)),
        ]
        let direct: Trie<number> = emptyTrie()
        for (const [key, value] of turned) direct = set(direct, key, value)
        expect(trie).toEqual(direct)
      }),
      { seed: 8, numRuns: 300 },
    )
  })

  test('leaves every earlier version as it was', () => {
    const a = set(set(emptyTrie<number>(), 'a', 1), 'b', 2)
    const b = set(remove(a, 'a'), 'b', 3)
    expect([get(a, 'a'), get(a, 'b'), get(b, 'a'), get(b, 'b')]).toEqual([1, 2, undefined, 3])
    expect(remove(a, 'not there')).toBe(a)
  })

  test('lists at most as many keys as asked for, buckets of equal hash included', () => {
    let trie: Trie<number> = emptyTrie()
    for (const key of [...colliding.flat(), 'x', 'y', 'z']) trie = set(trie, key, 1)
    for (let limit = 0; limit <= 8; limit++) {
      expect(keys(trie, limit)).toHaveLength(Math.min(limit, trie.size))
    }
    expect([...keys(trie)].sort()).toEqual([...colliding.flat(), 'x', 'y', 'z'].sort())
  })

  test('is plain JSON', () => {
    const trie = set(set(emptyTrie<number>(), 'a', 1), 'b', 2)
    expect(JSON.parse(JSON.stringify(trie))).toEqual(trie)
  })
})
