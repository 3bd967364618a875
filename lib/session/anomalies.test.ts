// The known anomalies, out of bare settings: each with the fewest faults and, nothing left out, the fewest
// steps. States are exact: whoever changes a rule of the model looks at these numbers and says why they moved.
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../scenario/types.ts'
import { type Bare, bare } from './bare.fixture.ts'
import { type Answer, ask } from './exploring.ts'
import { simulate } from './simulate.ts'

function search(
  scenario: Scenario,
  invariant: string,
  kinds: readonly string[],
  faults = 1,
): Answer {
  const bounds = { faults, kinds, maxStates: 2_000_000, reduceFrom: false } as const
  const [answer] = ask(scenario, { invariant, scope: {}, ...bounds }, { now: () => 0 })
  if (answer === undefined) throw new Error('there is no answer')
  return answer
}

const ACCIDENTS = ['crash', 'pause', 'cut-connection', 'refuse-batch']
const LONG_MS = 180_000

interface Anomaly {
  readonly what: string
  readonly settings: Bare
  readonly invariant: string
  readonly story: string
  readonly steps: number
  readonly states: number
}

const found: readonly Anomaly[] = [
  {
    what: 'the crash duplicate',
    settings: {},
    invariant: 'no-duplicate-effect',
    story: 'crash',
    steps: 52,
    states: 2671,
  },
  {
    what: 'the loss of a commit before the effect',
    settings: { service: { ackPoint: 'before' } },
    invariant: 'no-loss',
    story: 'crash',
    steps: 48,
    states: 2842,
  },
  {
    what: 'the reordering by a retry',
    settings: { messages: 2, producer: { 'enable.idempotence': false } },
    invariant: 'per-key-order',
    story: 'refuse-batch',
    steps: 40,
    states: 490,
  },
  {
    what: 'the duplicate in the log after a cut',
    settings: { producer: { 'enable.idempotence': false } },
    invariant: 'no-duplicate-effect',
    story: 'cut-connection',
    steps: 40,
    states: 874,
  },
  {
    what: 'the loss of a mark before the effect',
    settings: { service: { strategy: { kind: 'dedup-table', marks: 'before' } } },
    invariant: 'no-loss',
    story: 'crash',
    steps: 62,
    states: 5608,
  },
  {
    what: 'the dedup window of one',
    settings: {
      messages: 2,
      consumer: { 'max.poll.records': 2 },
      service: { strategy: { kind: 'dedup-table', marks: 'after', keeps: 1 } },
    },
    invariant: 'no-duplicate-effect',
    story: 'crash',
    steps: 58,
    states: 18_353,
  },
  {
    what: 'the set in memory that a crash forgets',
    settings: { service: { strategy: { kind: 'in-memory-set' } } },
    invariant: 'no-duplicate-effect',
    story: 'crash',
    steps: 54,
    states: 2822,
  },
  {
    what: 'the commit of the highest offset with two workers',
    settings: {
      messages: 3,
      consumer: { 'max.poll.records': 2 },
      service: { workers: 2, commitOf: 'highest-finished' },
    },
    invariant: 'no-loss',
    story: 'crash',
    steps: 66,
    states: 136_151,
  },
  {
    what: 'the effect of a zombie',
    settings: { instances: 2 },
    invariant: 'no-fenced-effect',
    story: 'pause',
    steps: 52,
    states: 359,
  },
  {
    what: 'the read of an aborted transaction',
    settings: { producer: { 'transactional.id': 'order-service' } },
    invariant: 'sink-equals-oracle',
    story: 'abort-transaction',
    steps: 47,
    states: 404,
  },
]

describe.each(found)('finds $what', ({ settings, invariant, story, steps, states }) => {
  const scenario = bare(settings)
  test(
    'with one fault, in as few steps as there can be, and no fault is no breach',
    () => {
      const answer = search(scenario, invariant, [story])
      expect([answer.answer, answer.faults, answer.story]).toEqual(['counterexample', 1, [story]])
      expect([answer.steps, answer.states]).toEqual([steps, states])
      const again = simulate(scenario, { script: answer.script ?? [] })
      const verdict = again.verdicts.find((each) => each.invariant === invariant)
      expect(verdict?.verdict).toBe('broken')
      expect(search(scenario, invariant, [], 0).answer).toBe('holds within bounds')
    },
    LONG_MS,
  )
})

describe('the loss of what only a dead leader had', () => {
  const replicated = (acks: string): Bare => ({
    nodes: 2,
    topic: { 'replication.factor': 2 },
    producer: { acks, 'enable.idempotence': false },
  })
  /** With replicas there is too much to go through: a loss is looked for where a misfortune may have made it. */
  const kill = (acks: string) =>
    ask(
      bare(replicated(acks)),
      {
        invariant: 'no-loss',
        scope: {},
        faults: 1,
        kinds: ['kill-node'],
        maxStates: 50_000,
        reduceFrom: 0,
      },
      { now: () => 0 },
    )[0]
  test('is found with one fault, and plays', () => {
    const answer = kill('1')
    expect([answer?.answer, answer?.story]).toEqual(['counterexample', ['kill-node']])
    expect([answer?.steps, answer?.states]).toEqual([57, 50_384])
    const again = simulate(bare(replicated('1')), { script: answer?.script ?? [] })
    expect(again.verdicts.find((each) => each.invariant === 'no-loss')?.verdict).toBe('broken')
  })
  test('and nothing of the kind with acks=all, as far as it was looked for', () => {
    expect(kill('all')).toMatchObject({ answer: 'not exhausted', script: null })
  })
})

describe('one setting away from each, none of these accidents does it', () => {
  const held: readonly (readonly [what: string, settings: Bare, invariant: string])[] = [
    [
      'an idempotency key',
      { service: { strategy: { kind: 'idempotency-key' } } },
      'no-duplicate-effect',
    ],
    ['a commit after the effect', {}, 'no-loss'],
    ['an idempotent producer', { messages: 2 }, 'per-key-order'],
    [
      'one batch in flight',
      {
        messages: 2,
        producer: { 'enable.idempotence': false, 'max.in.flight.requests.per.connection': 1 },
      },
      'per-key-order',
    ],
    [
      'a mark after the effect',
      { service: { strategy: { kind: 'dedup-table', marks: 'after' } } },
      'no-loss',
    ],
  ]
  test('an aborted transaction is not read by who reads committed records only', () => {
    const settings = {
      producer: { 'transactional.id': 'order-service' },
      consumer: { 'isolation.level': 'read_committed' },
    }
    for (const invariant of ['sink-equals-oracle', 'no-dirty-read']) {
      const answer = search(bare(settings), invariant, ['abort-transaction'])
      expect([answer.answer, answer.states]).toEqual(['holds within bounds', 84])
    }
  })
  test.each(held)(
    '%s',
    (_what, settings, invariant) => {
      const answer = search(bare(settings), invariant, ACCIDENTS)
      expect(answer).toMatchObject({ answer: 'holds within bounds', script: null })
      expect(answer.states).toBeGreaterThan(500)
    },
    LONG_MS,
  )
})
