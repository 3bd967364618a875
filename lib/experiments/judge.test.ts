import { expect, it } from 'vitest'
import { mistakesIn } from './_check.ts'
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
  expect(() => observe({ ...twice, steps })).toThrow('ann has joined no group yet')
})

it('names every mistake that a schema cannot find', () => {
  const settings = { 'auto.offset.reset': 'sometimes' }
  const wrong: Experiment = {
    ...twice,
    class: 'set',
    consumers: { ann: { group: 'billing', topic: 'orders', settings } },
    steps: [
      { do: 'produce', as: 'a', topic: 'returns', values: ['A'] },
      { do: 'produce', as: 'a', topic: 'orders', values: ['A'] },
      { do: 'produce', topic: 'orders', values: ['A'], later: true },
      { do: 'await', step: 'b' },
      { do: 'fetchOffsets', group: 'billing', lane: 'refunds/0' },
      { do: 'joinGroup', member: 'eve', group: 'billing', topics: ['refunds'] },
      { do: 'start', who: 'bob' },
      { do: 'send', producer: 'shop', value: 'A' },
      { do: 'poll', consumer: 'cid', count: 1 },
      { do: 'join', consumers: ['ann', 'dan'] },
      { do: 'commit', consumer: 'ann', api: 'commitAsync' },
      { do: 'commit', consumer: 'ann' },
    ],
  }
  expect(mistakesIn(wrong)).toEqual([
    '/steps/0: found "returns", expected a topic of this experiment, one of: orders',
    '/steps/2: a step that goes on `later` needs an `as`, by which it is awaited',
    '/steps/3: no step before it goes on `later` as "b"',
    '/steps/4: found "refunds", expected a topic of this experiment, one of: orders',
    '/steps/5: found "refunds", expected a topic of this experiment, one of: orders',
    '/steps/6: found "bob", expected a producer or consumer of this experiment, one of: ann',
    '/steps/7: found "shop", expected a producer of this experiment, of which there is none',
    '/steps/8: found "cid", expected a consumer of this experiment, one of: ann',
    '/steps/9: found "dan", expected a consumer of this experiment, one of: ann',
    'two steps are called "a"',
    '/consumers/ann/settings/auto.offset.reset: found "sometimes", expected one of latest | earliest | none',
    'ann commits both with commitSync and with commitAsync',
    'a set needs `never`: a wrong outcome that it must exclude',
  ])
})

it('misses what its source promised, broker or no broker', () => {
  const { agrees, because } = judge({ ...twice, expect: { ...right, again: 'ok@9' } }, [right], [])
  expect(agrees).toBe(false)
  expect(because).toEqual(['again: the model says "ok@0", its source "ok@9"'])
})

it('sees that records and keys are as many, and that a wait waits for something', () => {
  const steps: Experiment['steps'] = [
    { do: 'produce', topic: 'orders', keys: ['a'], values: ['A', null] },
    { do: 'waitUntil', topic: 'orders' },
  ]
  const topics = { orders: { partitions: 1, settings: { 'retention.ms': 'long' } } }
  const broker = { 'log.cleaner.backoff.ms': -1 }
  expect(mistakesIn({ ...twice, topics, broker, steps })).toEqual([
    '/steps/0: 2 values and 1 keys: one for each, or none',
    '/steps/1: it waits for nothing: say where the log `starts`, or what the `log` is',
    '/topics/orders/settings/retention.ms: found "long", expected a whole number from -1 to 9007199254740991, in ms',
    '/broker/log.cleaner.backoff.ms: found -1, expected a whole number from 0 to 86400000, in ms',
  ])
})

it('takes no group whose members use both protocols', () => {
  const both: Experiment = {
    ...twice,
    steps: [
      { do: 'joinGroup', member: 'ann', group: 'billing', topics: ['orders'] },
      { do: 'consumerGroupHeartbeat', member: 'bob', group: 'billing', topics: ['returns'] },
      { do: 'consumerGroupHeartbeat', member: 'cid', group: 'email' },
    ],
  }
  expect(mistakesIn(both)).toEqual([
    '/steps/1: found "returns", expected a topic of this experiment, one of: orders',
    'billing: its members use both group.protocol=classic and consumer',
  ])
})
