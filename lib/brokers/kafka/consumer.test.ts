// The consumer among real peers: chaos, then healing. Whatever happened, once all is well again every
// stored event has had its effect, and as often as the strategy promises.
import { describe, expect, test } from 'vitest'
import type { SinkState } from '../../clients/sink-state.ts'
import { plainHandler } from '../../clients/story.fixture.ts'
import type { HandlerSettings, Seen, SinkKind } from '../../clients/types.ts'
import { fuzz } from '../../drivers/fuzz.ts'
import { compile, type System } from '../../engine/compile.ts'
import { slice } from '../../engine/tape.ts'
import type { World } from '../../engine/types.ts'
import { buildKafka } from './build.ts'
import type { CoordinatorState } from './coordinator-state.ts'
import type { Given } from './settings.ts'

interface Variant {
  readonly handler?: Partial<HandlerSettings>
  readonly consumer?: Given
  readonly sink?: SinkKind
}

const COUNT = 6
const CHAOS = [
  'crash',
  'pause',
  'stall-handler',
  'deploy',
  'force-rebalance',
  'rewind-offset',
  'sink-down',
  'lose-answer',
  'cut-connection',
  'refuse-batch',
  'add-partitions',
]

function systemOf({ handler, consumer, sink = 'external-api' }: Variant): System {
  const service = { ...plainHandler, ...handler, id: 'payments', listensTo: 'orders' }
  return compile(
    buildKafka({
      producers: [
        {
          id: 'orders-service',
          publishes: 'orders',
          count: COUNT,
          everyMs: [10, 20],
          keys: ['a', 'b', 'c'],
          eventTypes: ['OrderCreated'],
          firstOrder: 1,
          keyChoice: 'key',
          resendsWithNewId: false,
          together: 1,
          startsAtMs: 0,
        },
      ],
      services: [
        {
          ...service,
          instances: ['payments-0', 'payments-1'],
          coordinator: 'payments-coordinator',
          dedupStore: 'payments-store',
          joinsAtMs: 0,
        },
      ],
      sinks: [{ id: 'card-api', kind: sink, answerMs: [5, 5], slow: false }],
      controller: 'controller',
      transactionCoordinator: 'transaction-coordinator',
      nodes: ['broker-0', 'broker-1'],
      topics: { orders: { partitions: 2 } },
      brokerSettings: {},
      producerSettings: () => ({}),
      consumerSettings: () => ({
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'max.poll.records': 2,
        ...consumer,
      }),
      latencyMs: [1, 2],
    }),
  )
}

interface Ended {
  readonly stored: readonly string[]
  readonly effects: readonly string[]
  readonly committed: Readonly<Record<string, number>>
  readonly ends: Readonly<Record<string, number>>
  readonly fired: readonly string[]
}

function stateOf<S>(system: System, world: World, id: string): S {
  return world.actors[system.actors.findIndex((actor) => actor.id === id)] as unknown as S
}

/** One run of chaos and healing: what was stored, what was done, where the group and the logs end. */
function run(variant: Variant, seed: string, faults: number): Ended {
  const system = systemOf(variant)
  const stored: string[] = []
  const effects: string[] = []
  const ends: Record<string, number> = {}
  const { world, atRest, fired, script } = fuzz(system, {
    seed,
    chaos: 300,
    heal: 6000,
    faults,
    kinds: CHAOS,
    malice: 0.03,
    onStep: (_index, _action, observations) => {
      for (const seen of observations as readonly Seen[]) {
        if (seen.kind === 'effectApplied') effects.push(seen.message.id)
        if (seen.kind !== 'stored') continue
        stored.push(seen.message.id)
        ends[`${seen.place.stream}/${seen.place.lane}`] = seen.place.offset + 1
      }
    },
  })
  if (!atRest) {
    const last = script.slice(-12).map((action) => JSON.stringify(action))
    throw new Error(`seed ${seed} is not at rest after ${fired.join(', ')}:\n${last.join('\n')}`)
  }
  const committed = stateOf<CoordinatorState>(system, world, 'payments-coordinator').offsets
  if (variant.sink === undefined) {
    const rows = stateOf<SinkState>(system, world, 'card-api').rows
    expect(slice(rows, 0).map((row) => row.message)).toEqual(effects)
  }
  return { stored, effects, committed, ends, fired }
}

const atLeastOnce: readonly (readonly [string, Variant])[] = [
  ['no strategy', {}],
  ['commits by the client', { consumer: { 'enable.auto.commit': true } }],
  ['asynchronous commits', { consumer: { 'commit.api': 'commitAsync' } }],
  [
    'cooperative rebalances',
    { consumer: { 'partition.assignment.strategy': 'CooperativeStickyAssignor' } },
  ],
  [
    'cooperative rebalances with commits by the client',
    {
      consumer: {
        'partition.assignment.strategy': 'CooperativeStickyAssignor',
        'enable.auto.commit': true,
      },
    },
  ],
  ['sticky rebalances', { consumer: { 'partition.assignment.strategy': 'StickyAssignor' } }],
  ['round robin', { consumer: { 'partition.assignment.strategy': 'RoundRobinAssignor' } }],
  ['static members', { consumer: { 'group.instance.id': '$HOSTNAME' } }],
  ['the consumer protocol', { consumer: { 'group.protocol': 'consumer' } }],
  [
    'the consumer protocol with commits by the client',
    { consumer: { 'group.protocol': 'consumer', 'enable.auto.commit': true } },
  ],
  [
    'the consumer protocol with assignor range',
    { consumer: { 'group.protocol': 'consumer', 'group.remote.assignor': 'range' } },
  ],
  ['an in-memory set', { handler: { strategy: { kind: 'in-memory-set' } } }],
  [
    'a dedup table marked after the effect',
    { handler: { strategy: { kind: 'dedup-table', marks: 'after' } } },
  ],
  ['three workers, lowest contiguous offset', { handler: { workers: 3 } }],
]

const exactlyOnce: readonly (readonly [string, Variant])[] = [
  [
    'an idempotency key',
    {
      handler: { strategy: { kind: 'idempotency-key', scope: 'message', retentionMs: 86_400_000 } },
    },
  ],
  [
    'an idempotency key, two workers',
    {
      handler: {
        workers: 2,
        strategy: { kind: 'idempotency-key', scope: 'message', retentionMs: 86_400_000 },
      },
    },
  ],
  [
    'a transactional inbox',
    {
      sink: 'database',
      handler: { effect: 'decrement', strategy: { kind: 'transactional-inbox' } },
    },
  ],
]

const SEEDS = Array.from({ length: 40 }, (_, i) => `seed ${i}`)
const distinct = (ids: readonly string[]) => [...new Set(ids)].sort()

describe('whatever happens, after healing', () => {
  test.each(atLeastOnce)('%s: every stored event had its effect', (_name, variant) => {
    for (const seed of SEEDS) {
      const { stored, effects, committed, ends } = run(variant, seed, 6)
      expect(distinct(effects), seed).toEqual(distinct(stored))
      if (variant.consumer?.['commit.api'] !== 'commitAsync')
        expect(committed, seed).toMatchObject(ends)
    }
  })

  test.each(exactlyOnce)('%s: every stored event had its effect once', (_name, variant) => {
    for (const seed of SEEDS) {
      const { stored, effects } = run(variant, seed, 6)
      expect([...effects].sort(), seed).toEqual(distinct(stored))
    }
  })

  test('without misfortune every strategy is exactly once', () => {
    for (const [, variant] of [...atLeastOnce, ...exactlyOnce]) {
      const { stored, effects, fired } = run(variant, 'calm', 0)
      expect(fired).toEqual([])
      expect([...effects].sort()).toEqual([...stored].sort())
      expect(stored).toHaveLength(COUNT)
    }
  })

  test('duplicates do happen without a strategy, and the misfortunes all come up', () => {
    const runs = SEEDS.map((seed) => run({}, seed, 6))
    expect(runs.some(({ effects }) => effects.length > distinct(effects).length)).toBe(true)
    expect(distinct(runs.flatMap(({ fired }) => fired)).length).toBeGreaterThan(8)
  })
})
