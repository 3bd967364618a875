// Questions about scenarios, to one worker and to several: where the search begins, which groups it looks at,
// what it may use, and what it tells.
import { describe, expect, test } from 'vitest'
import type { Port } from '../drivers/split.ts'
import { searchedKinds } from '../faults/index.ts'
import { build } from '../scenario/build.ts'
import { starterScenario } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { bare } from './bare.fixture.ts'
import { ask, asking, type Question } from './exploring.ts'
import { askSplit, joinSearch } from './exploring-split.ts'
import { askSmallest } from './exploring-wider.ts'
import { settled } from './settled.ts'
import { simulate } from './simulate.ts'

const how = { now: () => 0 }
const question = (more: Partial<Question> = {}): Question => ({
  invariant: 'no-duplicate-effect',
  scope: {},
  faults: 1,
  kinds: ['crash'],
  maxStates: 300_000,
  ...more,
})
const verdictOf = (scenario: Scenario, id: string, script: readonly unknown[] | null | undefined) =>
  simulate(scenario, { script: (script ?? []) as never }).verdicts.find(
    (each) => each.invariant === id,
  )?.verdict

/** One more service of the same stream, with its own sink. */
function withEmail(scenario: Scenario): Scenario {
  const [payments] = scenario.story.services
  const [card] = scenario.story.sinks
  if (payments === undefined || card === undefined) throw new Error('there is no service')
  const strategy = { kind: 'idempotency-key', scope: 'message', retentionMs: 86_400_000 } as const
  const email = { ...payments, id: 'email', title: 'email', sink: 'mail', strategy }
  const story = {
    ...scenario.story,
    services: [email, payments],
    sinks: [card, { ...card, id: 'mail', title: 'mail' }],
  }
  return { ...scenario, story }
}

test('from the very start the breach may need a step or two less, and more is looked at', () => {
  const scenario = bare({})
  const [later] = ask(scenario, question(), how)
  const [found] = ask(scenario, question({ from: 'start' }), how)
  expect([later?.from, found?.from]).toEqual(['settled', 'start'])
  expect(found).toMatchObject({ answer: 'counterexample', faults: 1 })
  expect(found?.steps).toBeLessThanOrEqual(later?.steps as number)
  expect(found?.states).toBeGreaterThan(later?.states as number)
})

test('a cut line alone lets no session run out: the member is back long before', () => {
  const [found] = ask(bare({ instances: 2 }), question({ kinds: ['cut-connection'] }), how)
  expect(found).toMatchObject({ answer: 'holds within bounds', faults: null, steps: null })
})

test('with usual timing there is no pause, and no timer that the durations do not let fire', () => {
  const scenario = bare({ instances: 2 })
  const kinds = ['pause']
  const unusual = ask(scenario, question({ kinds }), how)[0]
  expect(unusual).toMatchObject({ answer: 'counterexample', story: ['pause'] })
  const usual = ask(scenario, question({ kinds, unusualTiming: false }), how)[0]
  expect(usual?.answer).toBe('holds within bounds')
  expect(usual?.bounds.kinds).toEqual([])
})

test('one least script for each kind of accident that does it', () => {
  const found = ask(bare({}), question({ kinds: searchedKinds, stories: true }), how)
  const stories = found.map(({ story }) => story?.join())
  expect(stories).toContain('crash')
  expect(stories).toContain('lose-answer')
  expect(new Set(stories).size).toBe(stories.length)
  for (const { scenario, script, invariant } of found) {
    expect(verdictOf(scenario, invariant, script)).toBe('broken')
  }
})

describe('several groups', () => {
  const scenario = withEmail(bare({}))
  test('are searched one at a time, up to the first that breaks', () => {
    const [found] = ask(scenario, question(), how)
    expect(found?.scenario.story.services.map((service) => service.id)).toEqual(['payments'])
    expect(found?.cut).toEqual(['Left out: email.'])
    expect(verdictOf(scenario, 'no-duplicate-effect', found?.script)).toBe('broken')
  })
  test('all hold, or the least certain answer is given; what was looked at is added up', () => {
    const kinds = ['cut-connection']
    const [both] = ask(scenario, question({ kinds }), how)
    const each = ['email', 'payments'].map(
      (id) => ask(scenario, question({ kinds, scope: { services: [id] } }), how)[0],
    )
    expect(both?.answer).toBe('holds within bounds')
    expect(both?.states).toBe((each[0]?.states ?? 0) + (each[1]?.states ?? 0))
    const few = ask(scenario, question({ kinds, maxStates: each[0]?.states as number }), how)[0]
    expect(few?.answer).toBe('not exhausted')
  })
})

test('the smallest number of messages that breaks answers', () => {
  const scenario = bare({ messages: 3, producer: { 'enable.idempotence': false } })
  const order = question({ invariant: 'per-key-order', kinds: ['refuse-batch'] })
  const [found] = askSmallest(scenario, { ...order, scope: { messages: 3 } }, how)
  expect(found?.scenario.story.producers[0]?.count).toBe(2)
  expect(verdictOf(scenario, 'per-key-order', found?.script)).toBe('broken')
  const [held] = askSmallest(bare({ messages: 1 }), { ...order, scope: { messages: 9 } }, how)
  expect(held).toMatchObject({ answer: 'holds within bounds' })
  expect(held?.cut).toEqual([])
})

test('where one consumer is enough to break it, the second takes no part', () => {
  const [found] = askSmallest(bare({ instances: 2 }), question(), how)
  expect(found?.cut).toEqual(['payments runs 1 of its 2 instances.'])
  const zombie = question({ invariant: 'no-fenced-effect', kinds: ['pause'] })
  const [late] = askSmallest(bare({ instances: 2 }), zombie, how)
  expect(late?.cut).toEqual(['payments runs 1 of its 2 instances.'])
  expect(verdictOf(bare({ instances: 1 }), 'no-fenced-effect', late?.script)).toBe('broken')
  const holds = bare({ instances: 2, service: { strategy: { kind: 'idempotency-key' } } })
  const [held] = askSmallest(holds, question({ kinds: ['lose-answer'] }), how)
  expect([held?.answer, held?.cut]).toEqual(['holds within bounds', []])
})

test('a loss found in a scope is a loss in the whole scenario, where the producer has more to send', () => {
  const scenario = bare({ messages: 5, instances: 3, service: { ackPoint: 'before' } })
  const scope = { messages: 1, consumers: 1 }
  const [found] = ask(scenario, question({ invariant: 'no-loss', scope }), how)
  expect(found?.answer).toBe('counterexample')
  expect(verdictOf(scenario, 'no-loss', found?.script)).toBe('broken')
})

test('a loss is found where it comes about, where all that can still happen is too much to go through', () => {
  const lost = { service: { ackPoint: 'before' } }
  const scenario = bare({ messages: 3, instances: 2, partitions: 2, ...lost })
  const loss = question({ invariant: 'no-loss', maxStates: 100_000 })
  expect(ask(scenario, { ...loss, reduceFrom: false }, how)[0]?.answer).toBe('not exhausted')
  const [found] = ask(scenario, { ...loss, reduceFrom: 0 }, how)
  expect([found?.answer, found?.faults]).toEqual(['counterexample', 1])
  expect(verdictOf(scenario, 'no-loss', found?.script)).toBe('broken')
})

test('a search can be followed and left', () => {
  const search = asking(bare({ messages: 2 }), question({ kinds: searchedKinds }), how)
  const first = search.next()
  expect(first.done).toBe(false)
  const told = ask(bare({ messages: 2 }), question(), {
    ...how,
    goOn: ({ states }) => states < 100,
  })
  expect(told[0]?.answer).toBe('not exhausted')
})

test('a scenario from the catalogue: the story is long, its breach is short', () => {
  const scenario = starterScenario('retry-reorders') as Scenario
  const order = question({ invariant: 'per-key-order', kinds: ['refuse-batch'] })
  const [found] = askSmallest(scenario, { ...order, scope: { messages: 3, consumers: 1 } }, how)
  expect(found).toMatchObject({ answer: 'counterexample', faults: 1 })
  expect(verdictOf(scenario, 'per-key-order', found?.script)).toBe('broken')
})

describe('by two workers', () => {
  /** Workers that stand in this thread; what passes is copied, as between threads. */
  const crew = (count: number): readonly Port[] =>
    Array.from({ length: count }, () => {
      const hears: ((message: never) => void)[] = []
      const end = (own: number): Port => ({
        post: (message, transfer) => {
          const copy = structuredClone(message, { transfer })
          queueMicrotask(() => hears[1 - own]?.(copy as never))
        },
        listen: (hear) => {
          hears[own] = hear
        },
      })
      joinSearch(end(1))
      return end(0)
    })

  test('the same verdict after the same states; the same workers answer the next question', async () => {
    const scenario = withEmail(bare({}))
    const ports = crew(2)
    const kinds = ['cut-connection']
    const one = ask(scenario, question({ kinds }), how)[0]
    const two = await askSplit(ports, scenario, question({ kinds }), how)
    expect([two?.answer, two?.states, two?.cut]).toEqual([one?.answer, one?.states, one?.cut])
    const broken = await askSplit(ports, scenario, question(), how)
    expect([broken?.answer, broken?.faults]).toEqual(['counterexample', 1])
    expect(broken?.steps).toBe(ask(scenario, question(), how)[0]?.steps)
    expect(verdictOf(scenario, 'no-duplicate-effect', broken?.script)).toBe('broken')
  })
})

test('how much of the script only leads to where the search began', () => {
  const [found] = ask(bare({}), question(), how)
  const scenario = found?.scenario as Scenario
  const beginning = settled(scenario, build(scenario).system)
  expect(found?.script?.slice(0, found.lead)).toEqual(beginning?.script)
  expect(ask(bare({}), question({ from: 'start' }), how)[0]?.lead).toBe(0)
})

describe('a search that begins when all is written', () => {
  const from = 'published'
  test('knows what was written before: what is lost is missed, what is not is not', () => {
    const loses = bare({ messages: 2, service: { ackPoint: 'before' } })
    const asked = question({ invariant: 'no-loss', from, kinds: ['crash'] })
    const [found] = ask(loses, asked, how)
    expect([found?.answer, found?.faults, found?.from]).toEqual(['counterexample', 1, from])
    expect(verdictOf(loses, 'no-loss', found?.script)).toBe('broken')
    const [held] = ask(bare({ messages: 2 }), asked, how)
    expect(held?.answer).toBe('holds within bounds')
    const [same] = ask(
      bare({ messages: 2 }),
      { ...asked, invariant: 'sink-equals-oracle', faults: 0 },
      how,
    )
    expect(same?.answer).toBe('holds within bounds')
  })
  test('publishes nothing after that, and looks at fewer states', () => {
    const asked = question({ kinds: ['lose-answer'] })
    const key = bare({ messages: 3, service: { strategy: { kind: 'idempotency-key' } } })
    const [later] = ask(key, { ...asked, from }, how)
    const [sooner] = ask(key, asked, how)
    expect([later?.answer, sooner?.answer]).toEqual(['holds within bounds', 'holds within bounds'])
    expect(later?.states).toBeLessThan((sooner?.states ?? 0) / 2)
    const [broken] = ask(bare({ messages: 3 }), { ...asked, from }, how)
    const after = broken?.script?.slice(broken.lead) ?? []
    expect(after.length).toBeGreaterThan(0)
    expect(after.some((action) => 'actor' in action && action.actor === 'order-service')).toBe(
      false,
    )
  })
})
