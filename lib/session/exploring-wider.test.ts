import { expect, test } from 'vitest'
import { starterScenario } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { bare } from './bare.fixture.ts'
import { ask, type Question } from './exploring.ts'
import { askingWider, leastMessages } from './exploring-wider.ts'

const how = { now: () => 0 }
const question = (more: Partial<Question> = {}): Question => ({
  invariant: 'no-duplicate-effect',
  scope: {},
  faults: 1,
  kinds: ['crash'],
  maxStates: 300_000,
  ...more,
})

function asked(scenario: Scenario, about: Question) {
  const search = askingWider(scenario, about, how)
  const sizes = new Set<string>()
  for (;;) {
    const next = search.next()
    if (next.done === true) return { sizes: [...sizes], answers: next.value }
    sizes.add(`${next.value.consumers}/${next.value.messages}`)
  }
}

test('few messages first, and one instance first: what breaks there might break the widest with fewer faults only', () => {
  const order = { invariant: 'per-key-order', kinds: ['refuse-batch'] }
  const scenario = bare({ messages: 3, instances: 2, producer: { 'enable.idempotence': false } })
  const { sizes, answers } = asked(scenario, question(order))
  expect(sizes).toEqual(['1/1', '1/2', '2/3'])
  const [found] = answers
  expect(found).toMatchObject({ answer: 'counterexample', faults: 1, bounds: { faults: 1 } })
  expect(found?.scenario.story.producers[0]?.count).toBe(2)
  expect(found?.scenario.story.services[0]?.instances).toBe(1)
})

test('a breach that needs a fault gives way to one of a wider scope that needs none, as small as that can be', () => {
  const workers = { consumer: { 'max.poll.records': 4 }, service: { workers: 2 } }
  const scenario = bare({ messages: 3, instances: 2, ...workers })
  const { sizes, answers } = asked(scenario, question({ invariant: 'per-key-order' }))
  expect(sizes).toEqual(['1/1', '1/2', '2/3', '1/3'])
  expect(answers[0]).toMatchObject({ answer: 'counterexample', faults: 0 })
})

test('what holds is answered for the widest scope, the same as asked there alone', () => {
  const scenario = bare({ messages: 2, instances: 2 })
  const about = question({ kinds: ['cut-connection'], faults: 0 })
  const { sizes, answers } = asked(scenario, about)
  expect(sizes).toEqual(['1/1', '1/2', '2/1', '2/2'])
  expect(answers).toEqual(ask(scenario, about, how))
  expect(answers[0]?.answer).toBe('holds within bounds')
})

test('what is not exhausted at one size is not tried with more messages, and stays the answer', () => {
  const scenario = bare({
    messages: 3,
    instances: 2,
    service: { strategy: { kind: 'in-memory-set' } },
  })
  const { sizes, answers } = asked(scenario, question({ kinds: ['refuse-batch'], maxStates: 5 }))
  expect(sizes).toEqual(['1/1', '2/1'])
  expect(answers[0]?.answer).toBe('not exhausted')
  expect(answers[0]?.scenario.story.services[0]?.instances).toBe(1)
})

test('sizes at which nobody acts upon anything are passed over; where that is all, there is no answer', () => {
  const crash = starterScenario('crash-between-effect-and-commit') as Scenario
  expect(leastMessages(crash, { messages: 5 })).toBe(3)
  expect(leastMessages(crash, { messages: 2 })).toBeNull()
  expect(asked(crash, question({ scope: { messages: 2 } })).answers).toEqual([])
})
