// Scripts in links: whatever a run did comes back action by action, and whatever was damaged is refused.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fuzz } from '../drivers/fuzz.ts'
import type { Action } from '../engine/types.ts'
import { searchedKinds } from '../faults/index.ts'
import { build } from '../scenario/build.ts'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import { bitReader, bitWriter, widthOf } from './bits.ts'
import { pack, unpack } from './script.ts'

const systemOf = (id: string) => {
  const scenario = starterScenario(id)
  if (scenario === null) throw new Error(id)
  return build(scenario).system
}
const STORY = 'crash-between-effect-and-commit'
const story = systemOf(STORY)
const chaos = { chaos: 60, heal: 0, faults: 5, kinds: searchedKinds }

describe('numbers in bits', () => {
  const numbers = fc.array(
    fc
      .integer({ min: 1, max: 5000 })
      .chain((bound) => fc.tuple(fc.nat(bound - 1), fc.constant(bound))),
  )
  test('come back, and nothing is left', () => {
    fc.assert(
      fc.property(numbers, (list) => {
        const bits = bitWriter()
        for (const [value, bound] of list) bits.write(value, widthOf(bound))
        const read = bitReader(bits.text())
        expect(list.map(([, bound]) => read?.read(widthOf(bound)))).toEqual(list.map(([n]) => n))
        expect(read?.isOver()).toBe(true)
      }),
    )
  })
  test('take as few as there can be', () => {
    expect([1, 2, 3, 4, 5, 256, 257].map(widthOf)).toEqual([0, 1, 2, 2, 3, 8, 9])
  })
  test('end where the text does', () => {
    expect(bitReader('__')?.read(13)).toBeNull()
    expect(bitReader('__')?.isOver()).toBe(false)
    expect(bitReader('a.b')).toBeNull()
  })
})

describe('a script of any run', () => {
  test.each(starterScenarios.map(({ id }) => id))('%s', (id) => {
    const system = systemOf(id)
    for (const seed of ['a', 'b']) {
      const { script } = fuzz(system, { ...chaos, seed })
      const packed = pack(system, script)
      if (packed === null) throw new Error('it has no such form')
      expect(unpack(system, packed)).toEqual({ script })
      expect(packed.choices.length).toBeLessThan(script.length * 2)
    }
  })

  test('slow lines are in it, and what an action leaves to be guessed is found', () => {
    const [link] = story.links
    const id = link?.id ?? ''
    const { script: some } = fuzz(story, { ...chaos, faults: 0, seed: 'a' })
    const script: Action[] = [
      { link: id, rule: 'SlowLink' },
      ...some.slice(0, 3).map((action) => {
        if (!('actor' in action)) return action
        const { via: _, arg: __, ...less } = action
        return less
      }),
      { link: id, rule: 'RestoreLink' },
    ]
    const packed = pack(story, script)
    expect(packed && unpack(story, packed)).toEqual({
      script: [script[0], ...some.slice(0, 3), script[4]],
    })
  })

  test('has no such form where an action cannot happen, or is one of too many', () => {
    expect(pack(story, [{ actor: 'nobody', rule: 'Crash' }])).toBeNull()
    expect(pack(story, [{ link: story.links[0]?.id ?? '', rule: 'RestoreLink' }])).toBeNull()
    expect(pack(story, [{ link: story.links[0]?.id ?? '', rule: 'SlowLink', arg: 7 }])).toBeNull()
  })
})

describe('what is damaged', () => {
  const { script } = fuzz(story, { ...chaos, seed: 'a' })
  const packed = pack(story, script)
  if (packed === null) throw new Error('it has no such form')
  const refusal = (change: Partial<typeof packed>): string => {
    const found = unpack(story, { ...packed, ...change })
    return 'refusal' in found ? found.refusal : 'none'
  }

  test('is never taken for another run', () => {
    const at = fc.nat(packed.choices.length - 1)
    fc.assert(
      fc.property(at, fc.constantFrom(...'AZaz09-_.'), (where, letter) => {
        const choices = packed.choices.slice(0, where) + letter + packed.choices.slice(where + 1)
        fc.pre(choices !== packed.choices)
        expect(refusal({ choices })).not.toBe('none')
      }),
    )
  })
  test('is told where', () => {
    expect(refusal({ choices: packed.choices.slice(0, 20) })).toMatch(
      /cut short: .* step \d+ of 60\./,
    )
    expect(refusal({ choices: '_'.repeat(packed.choices.length) })).toMatch(
      /^Step \d+ of 60 is action \d+, but only \d+ are possible there\.$/,
    )
    expect(refusal({ choices: `${packed.choices.slice(0, -1)}!` })).toMatch(
      /a character that none has/,
    )
    expect(refusal({ steps: 50 })).toMatch(/goes on after the last of its 50 steps/)
    expect(refusal({ end: 'AAAAAAAAAAA' })).toMatch(/ends elsewhere/)
  })
})
