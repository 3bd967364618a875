import { expect, it } from 'vitest'
import { compareText, hasEntries } from './_compare.ts'
import { allowedBy, judge } from './_judge.ts'
import { observe } from './_model/run.ts'
import { experimentSchema } from './_schema.ts'
import { experiments } from './index.ts'
import type { Experiment } from './types.ts'

function named(id: string): Experiment {
  return experiments.find((each) => each.id === id) as Experiment
}

const twice = named('same-batch-twice')
const race = named('two-commits-race')
const right = observe(twice)

it('agrees when every repetition did what the model says', () => {
  expect(judge(twice, [right], [right, right])).toEqual({ agrees: true, because: [] })
})

it('says where a repetition differs, and that it is no constant', () => {
  const { agrees, because } = judge(twice, [right], [right, { ...right, again: 'ok@1' }])
  expect(agrees).toBe(false)
  expect(because).toEqual([
    'the broker did 2 different things: it is no constant',
    'again: the model says "ok@0", the broker "ok@1"',
  ])
})

it('misses what only one of them observed', () => {
  const { because } = judge(twice, [right], [{ first: 'ok@0', again: 'ok@0' }])
  expect(because).toEqual(['log: the model says ["0:A"], the broker nothing'])
})

it('takes any outcome of a set, and no other', () => {
  const allowed = allowedBy(race)
  expect(allowed.length).toBe(2)
  expect(judge(race, allowed, allowed).agrees).toBe(true)
  const strange = { ...allowed[0], committed: 7 }
  expect(judge(race, allowed, [strange]).because[0]).toMatch(/none of the 2 outcomes/)
})

it('refuses a set that allows what it names as wrong, or names nothing', () => {
  const allowed = allowedBy(race)
  const never = { observed: { committed: 4 }, because: 'no reason' }
  expect(judge({ ...race, never }, allowed, allowed).because[0]).toMatch(/the model allows/)
  const { never: _, ...unnamed } = race
  expect(judge(unnamed, allowed, allowed).agrees).toBe(false)
})

it('compares nothing of what is unspecified', () => {
  expect(judge({ ...twice, class: 'unspecified' }, [right], [{}]).agrees).toBe(true)
})

it('compares by content, not by the order of fields', () => {
  expect(compareText({ b: [1, null], a: 'x' })).toBe('{"a":"x","b":[1,null]}')
  expect(hasEntries({ a: { x: 1, y: 2 }, b: 0 }, { a: { y: 2, x: 1 } })).toBe(true)
  expect(hasEntries({ b: 0 }, { a: 1 })).toBe(false)
})

it('refuses a step that is none, and a field that no step has', () => {
  const step = { do: 'publish', topic: 'orders' }
  expect(experimentSchema.safeParse({ ...twice, steps: [step] }).success).toBe(false)
  const more = { ...twice.steps[0], colour: 'red' }
  expect(experimentSchema.safeParse({ ...twice, steps: [more] }).success).toBe(false)
})

it('says which step refers to what is not there', () => {
  const steps: Experiment['steps'] = [{ do: 'heartbeat', member: 'ann' }]
  expect(() => observe({ ...twice, steps })).toThrow(
    'step 1 (heartbeat): ann has joined no group yet',
  )
})

it('misses what its source promised, broker or no broker', () => {
  const { agrees, because } = judge({ ...twice, expect: { ...right, again: 'ok@9' } }, [right], [])
  expect(agrees).toBe(false)
  expect(because).toEqual(['again: the model says "ok@0", its source "ok@9"'])
})
