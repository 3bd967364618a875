// Breaches found by the fuzzing driver, each asked about: the answer must hold for whatever happened.
import { describe, expect, test } from 'vitest'
import { type Bare, bare } from '../session/bare.fixture.ts'
import { caseOf } from './case.ts'
import { causesIn, isRemovable, MOST_CAUSES, spared } from './causes.ts'
import { timesAtRest } from './doubt.ts'
import { found } from './found.fixture.ts'
import { explain } from './index.ts'
import { noReturn } from './no-return.ts'
import { inWords } from './words.ts'

const UNSAFE_PRODUCER = { 'enable.idempotence': false }
const BARE: Readonly<Record<string, Bare>> = {
  'bare, committing first': { messages: 3, service: { ackPoint: 'before' } },
  'bare, marking first': {
    messages: 3,
    service: { strategy: { kind: 'dedup-table', marks: 'before' } },
  },
  'bare, two instances': { messages: 3, instances: 2 },
  'bare, a producer without idempotence': { messages: 3, producer: UNSAFE_PRODUCER },
  'bare, two workers': {
    messages: 3,
    consumer: { 'max.poll.records': 2 },
    service: { workers: 2, commitOf: 'highest-finished' },
  },
}

const bares = Object.entries(BARE).map(([name, settings]) => [name, bare(settings)] as const)

const COUNT = Number(process.env['WHY'] ?? 200)
const breaches = found(COUNT, bares)

function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const next = work.next()
    if (next.done === true) return next.value
  }
}

test('so many were found, of several guarantees', () => {
  expect(breaches).toHaveLength(COUNT)
  const kinds = new Set(breaches.map(({ asked }) => asked.invariant))
  expect(kinds.size).toBeGreaterThanOrEqual(6)
})

describe.each(breaches)('why: $name', ({ asked }) => {
  test('at least one and at most seven steps, all causes of it, none that can be left out, all in words', () => {
    const opened = caseOf(asked)
    const { steps, idle } = finish(causesIn(opened))
    const away = finish(spared(opened, idle))
    expect(steps.length).toBeGreaterThan(0)
    expect(steps.length).toBeLessThanOrEqual(MOST_CAUSES)
    if (opened.atOnce) expect(steps.at(-1)).toBe(asked.violation.step)
    for (const step of steps) {
      const happening = opened.history.steps[step - 1]
      if (happening === undefined) throw new Error(`there is no step ${step}`)
      expect([step, opened.ancestors.has(step)]).toEqual([step, true])
      expect([step, isRemovable(opened, happening.fault === '' ? away : idle, step)]).toEqual([
        step,
        false,
      ])
      const { actor, text } = inWords(opened, happening)
      expect(text).toMatch(/^[A-Z].+[^ ,;:.]$/)
      expect(text).not.toMatch(/undefined|null|NaN|\[object/)
      expect(
        opened.built.system.actorById.has(actor) || opened.built.system.linkById.has(actor),
      ).toBe(true)
    }
  })
})

const few = breaches.filter((_, at) => at % 10 === 0)

describe.each(few)('and then: $name', ({ asked }) => {
  test('nothing saves it from the point of no return on, and one step earlier something may', () => {
    const opened = caseOf(asked)
    const { step, isProven, tried } = finish(noReturn(opened))
    expect(step).toBeLessThanOrEqual(opened.actions.length)
    const ways = Array.from({ length: tried }, (_, way) => `way ${way}`)
    const ends = (steps: number) =>
      ways.map((seed) => timesAtRest(opened, { script: opened.actions.slice(0, steps), seed }))
    expect(Math.min(...ends(step))).toBeGreaterThanOrEqual(opened.times)
    if (step > 0 && !isProven) expect(Math.min(...ends(step - 1))).toBeLessThan(opened.times)
  })

  test('without a misfortune that it needs it does not come about', () => {
    const { without, steps } = explain(asked)
    const shown = (steps ?? []).filter(({ fault }) => fault !== '').map(({ step }) => step)
    expect((without ?? []).map(({ step }) => step)).toEqual(expect.arrayContaining(shown))
  })
})
