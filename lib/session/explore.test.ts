// The explorer on the Kafka model, from bare settings: it finds the famous breaches, its scripts break
// `simulate` too, and it exhausts what holds.
import { describe, expect, test } from 'vitest'
import { explore } from '../drivers/explore.ts'
import { spaceOf } from '../drivers/space.ts'
import { searchedKinds } from '../faults/index.ts'
import { invariantsOf } from '../invariants/index.ts'
import { watch } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/types.ts'
import { settled } from './settled.ts'
import { simulate } from './simulate.ts'

interface Bare {
  readonly messages: number
  readonly instances?: number
  readonly service?: object
  readonly producer?: object
}

/** One topic of one partition, one service that charges cards, and little else than defaults. */
function bare({ messages, instances = 1, service = {}, producer = {} }: Bare): Scenario {
  const parsed = parseScenario({
    version: 1,
    id: 'bare',
    title: 'Bare',
    story: {
      streams: ['orders'],
      producers: [{ id: 'order-service', publishes: 'orders', count: messages, keys: ['user-1'] }],
      services: [
        {
          id: 'payments',
          listensTo: 'orders',
          instances,
          effect: 'charge',
          sink: 'card',
          ...service,
        },
      ],
      sinks: [{ id: 'card', kind: 'external-api' }],
    },
    deployment: {
      nodes: 1,
      topics: { orders: { partitions: 1 } },
      producer: { 'linger.ms': 0, ...producer },
      consumer: {
        'enable.auto.commit': false,
        'auto.offset.reset': 'earliest',
        'max.poll.records': 1,
      },
    },
    checks: ['no-loss', 'no-duplicate-effect', 'per-key-order'],
  })
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join('\n'))
  return parsed.scenario
}

interface Bounded {
  readonly kinds: readonly string[]
  readonly faults?: number
  readonly from?: 'start' | 'settled'
}

function search(scenario: Scenario, id: string, bounded: Bounded) {
  const { kinds, faults = 1, from = 'settled' } = bounded
  const { system, subject } = build(scenario)
  const beginning = from === 'settled' ? settled(scenario, system) : null
  return invariantsOf([id]).map((invariant) =>
    explore(system, watch(invariant, subject), {
      bounds: { faults, kinds, maxStates: 3_000_000 },
      now: () => 0,
      space: spaceOf(system, beginning?.world),
      prefix: beginning?.script ?? [],
    }),
  )[0]!
}

const verdictOf = (scenario: Scenario, id: string, script: ReturnType<typeof search>['script']) =>
  simulate(scenario, { script: script! }).verdicts.find((each) => each.invariant === id)?.verdict

test('a cut line alone lets no session run out: the member is back long before', () => {
  const scenario = bare({ messages: 1, instances: 2 })
  const found = search(scenario, 'no-duplicate-effect', { kinds: ['cut-connection'] })
  expect(found.answer).toBe('holds within bounds')
})

describe('finds, with one fault', () => {
  test('the crash duplicate: charged, died before the commit, charged again', () => {
    const scenario = bare({ messages: 1 })
    const found = search(scenario, 'no-duplicate-effect', { kinds: ['crash'] })
    expect(found).toMatchObject({ answer: 'counterexample', faults: 1 })
    const rules = found.script!.map((action) => action.rule)
    expect(rules.filter((rule) => rule === 'Crash')).toHaveLength(1)
    expect(rules.filter((rule) => rule === 'Poll')).toHaveLength(2)
    expect(rules.at(-1)).toBe('ApplyEffect')
    expect(verdictOf(scenario, 'no-duplicate-effect', found.script)).toBe('broken')
    expect(found.script!.length).toBe(found.steps)
  })

  test('the same from the very start, before any group has formed', () => {
    const scenario = bare({ messages: 1 })
    const found = search(scenario, 'no-duplicate-effect', { kinds: ['crash'], from: 'start' })
    expect(found).toMatchObject({ answer: 'counterexample', faults: 1 })
    // A settled beginning may hold a step or two that this breach can do without.
    const later = search(scenario, 'no-duplicate-effect', { kinds: ['crash'] })
    expect(found.steps).toBeLessThanOrEqual(later.steps!)
    expect(found.states).toBeGreaterThan(later.states)
  })

  test('the loss of a commit before the effect', () => {
    const scenario = bare({ messages: 1, service: { ackPoint: 'before' } })
    const found = search(scenario, 'no-loss', { kinds: ['crash'] })
    expect(found).toMatchObject({ answer: 'counterexample', faults: 1 })
    expect(verdictOf(scenario, 'no-loss', found.script)).toBe('broken')
  })

  test('the reordering by a retry with several batches in flight', () => {
    const scenario = bare({ messages: 2, producer: { 'enable.idempotence': false } })
    const found = search(scenario, 'per-key-order', { kinds: ['refuse-batch'] })
    expect(found).toMatchObject({ answer: 'counterexample', faults: 1 })
    expect(verdictOf(scenario, 'per-key-order', found.script)).toBe('broken')
  })

  test('none of them without a fault', () => {
    const scenario = bare({ messages: 2, instances: 2, producer: { 'enable.idempotence': false } })
    for (const id of ['no-duplicate-effect', 'no-loss', 'per-key-order']) {
      expect(search(scenario, id, { kinds: [], faults: 0 })).toMatchObject({
        answer: 'holds within bounds',
      })
    }
  })
})

describe('exhausts', () => {
  test('the idempotent producer: no refusal reorders two batches in flight', () => {
    const scenario = bare({ messages: 2 })
    const found = search(scenario, 'per-key-order', { kinds: ['refuse-batch', 'cut-connection'] })
    expect(found).toMatchObject({ answer: 'holds within bounds', script: null })
    expect(found.states).toBeGreaterThan(500)
  })

  test('one batch in flight: slower, and in order', () => {
    const producer = { 'enable.idempotence': false, 'max.in.flight.requests.per.connection': 1 }
    const found = search(bare({ messages: 2, producer }), 'per-key-order', {
      kinds: ['refuse-batch'],
    })
    expect(found.answer).toBe('holds within bounds')
  })

  // A million states, and the machine may be busy.
  const LONG_MS = 180_000
  test(
    'an idempotency key: 2 messages, 2 consumers, 1 fault of any kind that is an accident',
    () => {
      const strategy = { kind: 'idempotency-key' }
      const scenario = bare({ messages: 2, instances: 2, service: { strategy } })
      const found = search(scenario, 'no-duplicate-effect', { kinds: searchedKinds })
      expect(found).toMatchObject({ answer: 'holds within bounds', faults: null, steps: null })
      expect(found.states).toBeGreaterThan(100_000)
    },
    LONG_MS,
  )
})
