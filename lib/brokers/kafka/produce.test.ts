// The producer, its nodes and the controller together: whole runs, and any misfortune in any order.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message, Seen } from '../../clients/types.ts'
import { fuzz } from '../../drivers/fuzz.ts'
import type { Plan } from '../../drivers/plans.ts'
import { next, play } from '../../drivers/play.ts'
import { compile, type System } from '../../engine/compile.ts'
import type { World } from '../../engine/types.ts'
import { controllerKind } from './controller.ts'
import { messagesIn } from './log.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'
import { type Change, plain, producerSettings } from './producer.fixture.ts'
import { producerKind } from './producer.ts'
import { topicConfig } from './settings.ts'

const nodes = ['n0', 'n1']
const keys = ['k0', 'k3', 'k2', 'k1']

function systemOf(change: Change, partitions = 3): System {
  const settings = producerSettings({ nodes, ...change })
  const lines = ['controller', ...nodes]
  const cluster = { nodes, topics: { orders: topicConfig({ partitions }) } }
  return compile({
    actors: [
      { id: 'shop', kind: producerKind, settings },
      {
        id: 'controller',
        kind: controllerKind,
        settings: cluster,
      },
      ...nodes.map((id) => ({ id, kind: nodeKind, settings: cluster })),
    ],
    links: lines.map((to) => ({
      id: `shop/${to}`,
      from: 'shop',
      port: to,
      to,
      at: 'shop',
      mode: 'connection' as const,
      requests: [],
      replies: [],
      latency: [2, 9] as const,
    })),
  })
}

interface Run {
  readonly seen: readonly Seen[]
  readonly steps: number
  readonly log: (lane: string) => readonly Message[]
  readonly world: World
  readonly fired: readonly number[]
}

function toRest(system: System, seed: string, plans: readonly Plan[] = []): Run {
  const seen: Seen[] = []
  const player = play(system, {
    seed,
    plans,
    onStep: (played) => seen.push(...(played.observations as readonly Seen[])),
  })
  for (let i = 0; i < 5000 && next(player); i++);
  const end = player.cursor
  const log = logIn(system, end)
  return { seen, steps: player.steps, log, world: end, fired: player.armed.firedAt }
}

function logIn(system: System, world: World): Run['log'] {
  return (lane) =>
    nodes.flatMap((id) => {
      const index = (system.actorById.get(id) as { index: number }).index
      const { replicas } = world.actors[index] as unknown as NodeState
      const found = replicas[lane]
      return found === undefined ? [] : messagesIn(found.log)
    })
}

/** Those that there may be after partitions were added. */
const lanes = Array.from({ length: 64 }, (_, p) => `orders/${p}`)
const stored = (run: Run) => lanes.flatMap((lane) => run.log(lane))
const kinds = (run: Run, kind: Seen['kind']) => run.seen.filter((seen) => seen.kind === kind).length
const seqsOf = (messages: readonly Message[], key: string) =>
  messages.filter((message) => message.key === key).map((message) => message.seq)

function plan(fault: string, change: Partial<Plan>): Plan {
  return {
    fault,
    actors: [],
    links: [],
    stage: null,
    about: null,
    nth: 1,
    atMs: null,
    forMs: null,
    arg: null,
    ...change,
  }
}
const refuse = (system: System, about: string) =>
  plan('refuse-batch', {
    actors: nodes.map((id) => (system.actorById.get(id) as { index: number }).index),
    about,
  })

const twelve = { count: 12, keys, everyMs: [1, 3] as const }

describe('a run without misfortune', () => {
  test('stores every message once, in order, and acknowledges it', () => {
    const run = toRest(systemOf({ workload: twelve }), 'a')
    expect(
      stored(run)
        .map((message) => message.n)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 12 }, (_, i) => i))
    for (const key of keys) expect(seqsOf(stored(run), key)).toEqual([1, 2, 3])
    expect([kinds(run, 'sent'), kinds(run, 'stored'), kinds(run, 'acknowledged')]).toEqual([
      12, 12, 12,
    ])
  })
  test('costs three steps a message without lingering', () => {
    const run = toRest(systemOf({ workload: { ...twelve, count: 100, everyMs: [50, 50] } }), 'a')
    expect(run.steps).toBeLessThanOrEqual(3 * 100 + 6)
  })
})

describe('retries', () => {
  const oneKey = { ...twelve, count: 3, keys: ['k0'], everyMs: [1, 1] as const }
  test('reorder when several batches are in flight (K22)', () => {
    const system = systemOf({ kafka: plain, workload: oneKey })
    const run = toRest(system, 'a', [refuse(system, 'order-1/Created')])
    expect(run.fired).not.toContain(0)
    expect(seqsOf(run.log('orders/2'), 'k0')).toEqual([2, 3, 1])
  })
  test('do not reorder with one in flight, nor with an idempotent producer', () => {
    const oneInFlight = { ...plain, 'max.in.flight.requests.per.connection': 1 }
    for (const kafka of [oneInFlight, {}]) {
      const system = systemOf({ kafka, workload: oneKey })
      const run = toRest(system, 'a', [refuse(system, 'order-1/Created')])
      expect(run.fired).not.toContain(0)
      expect(seqsOf(run.log('orders/2'), 'k0')).toEqual([1, 2, 3])
    }
  })
  test('after a cut before the answer duplicate, unless the producer is idempotent', () => {
    const cut = (system: System) =>
      plan('cut-connection', {
        links: [(system.linkById.get('shop/n0') as { index: number }).index],
        stage: 'reply under way',
        about: 'order-1/Created',
      })
    const times = ([kafka]: readonly [typeof plain | object]) => {
      const system = systemOf({ kafka: kafka as typeof plain, workload: { ...oneKey, count: 1 } })
      const run = toRest(system, 'a', [cut(system)])
      expect(run.fired).not.toContain(0)
      return run.log('orders/2').length
    }
    expect([times([plain]), times([{}])]).toEqual([2, 1])
  })
})

test('a crash loses what was not sent; an outbox sends it again, and what had landed twice', () => {
  const workload = { ...twelve, count: 6, keys: ['k0'] }
  const at = (resends: boolean) => {
    const system = systemOf({ workload, resends })
    const crash = plan('crash', { actors: [0], stage: 'sent', about: 'order-1/Shipped' })
    const run = toRest(system, 'a', [crash])
    expect(run.fired).not.toContain(0)
    return run.log('orders/2').map((message) => message.id)
  }
  expect(at(false)).toContain('order-1/Shipped')
  expect(at(true)).toContain('order-1/Shipped')
  expect(at(true)).toContain('order-1/Shipped~2')
})

test('a keyless workload is stored whole', () => {
  const run = toRest(systemOf({ workload: { ...twelve, keyChoice: 'none' } }), 'b')
  expect(stored(run)).toHaveLength(12)
})

test('the same seed gives the same run', () => {
  const run = () => toRest(systemOf({ workload: twelve }), 'c')
  expect(JSON.stringify(run().world)).toBe(JSON.stringify(run().world))
  expect(run().seen).toEqual(run().seen)
})

test('numbers protect only from the second batch on: a broker that knows nothing takes any (K10)', () => {
  const oneKey = { ...twelve, count: 3, keys: ['k0'], everyMs: [20, 20] as const }
  const system = systemOf({ workload: oneKey })
  const slow = plan('slow-link', {
    actors: [0],
    links: [(system.linkById.get('shop/n0') as { index: number }).index],
    atMs: 0,
    forMs: 200,
  })
  const run = toRest(system, 'a', [slow, refuse(system, 'order-1/Created')])
  expect(run.fired).not.toContain(0)
  expect(seqsOf(run.log('orders/2'), 'k0')).toEqual([2, 3])
  const final = run.seen.filter((seen) => seen.kind === 'refused' && seen.final)
  expect(final).toMatchObject([{ message: { id: 'order-1/Created' }, reason: 'TimeoutException' }])
})

/** Chaos, then healing, with these misfortunes and as the seed has it. */
function chaos(change: Change, seed: number, kinds: readonly string[]): Run {
  const system = systemOf({ workload: twelve, ...change })
  const seen: Seen[] = []
  const fuzzed = fuzz(system, {
    seed: `chaos ${seed}`,
    chaos: 120,
    heal: 3000,
    faults: 8,
    malice: 0.2,
    kinds,
    onStep: (_step, _action, observations) => seen.push(...(observations as readonly Seen[])),
  })
  expect(fuzzed.atRest).toBe(true)
  return { seen, log: logIn(system, fuzzed.world), world: fuzzed.world, steps: 0, fired: [] }
}

const anySeed = fc.nat()
const acknowledgedIds = (run: Run) =>
  run.seen.flatMap((seen) => (seen.kind === 'acknowledged' ? [seen.message.id] : []))

const cuts = ['cut-connection']
const refusals = ['refuse-batch', 'cut-connection']
const crashes = [...cuts, 'crash', 'add-partitions']
/** A pause also lets timeouts fire; a numbered batch that ran out of time may keep later ones waiting. */
const everything = [...refusals, 'crash', 'pause', 'add-partitions']
const oneInFlight = { 'max.in.flight.requests.per.connection': 1 }

describe('any misfortune in any order, then healing', () => {
  test('an idempotent producer: each message once, in order, acknowledged once', () => {
    // Giving up a record, or losing the process, is what idempotence does not cover (KIP-98).
    const either = fc.constantFrom([{}, cuts] as const, [oneInFlight, refusals] as const)
    fc.assert(
      fc.property(either, anySeed, ([kafka, kinds], seed) => {
        const run = chaos({ kafka }, seed, kinds)
        for (const key of keys) expect(seqsOf(stored(run), key)).toEqual([1, 2, 3])
        expect([...acknowledgedIds(run)].sort()).toEqual(
          stored(run)
            .map((message) => message.id)
            .sort(),
        )
      }),
      { numRuns: 200 },
    )
  })
  const anyKafka = fc.constantFrom(
    [oneInFlight, [...crashes, 'refuse-batch']] as const,
    [{}, crashes] as const,
    [plain, everything] as const,
    [{ ...plain, 'linger.ms': 5 }, everything] as const,
    [{ acks: '1' }, everything] as const,
    [{ retries: 0 }, everything] as const,
    [{ ...oneInFlight, retries: 2, 'enable.idempotence': true }, crashes] as const,
  )
  test('any producer that waits for answers: what was acknowledged is stored', () => {
    fc.assert(
      fc.property(anyKafka, fc.boolean(), anySeed, ([kafka, kinds], resends, seed) => {
        const run = chaos({ kafka, resends }, seed, kinds)
        const there = new Set(stored(run).map((message) => message.id))
        expect(acknowledgedIds(run).filter((id) => !there.has(id))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
  test('an outbox loses nothing: every fact is stored at least once', () => {
    fc.assert(
      fc.property(anyKafka, anySeed, ([kafka, kinds], seed) => {
        const run = chaos({ kafka, resends: true }, seed, kinds)
        expect(new Set(stored(run).map((message) => message.n)).size).toBe(12)
      }),
      { numRuns: 200 },
    )
  })
  test('without an outbox a crash does lose, and without numbers a cut does duplicate', () => {
    const runs = Array.from({ length: 40 }, (_, seed) => seed)
    const lost = runs.map((seed) => stored(chaos({}, seed, ['crash'])))
    expect(lost.some((messages) => new Set(messages.map((m) => m.n)).size < 12)).toBe(true)
    const doubled = runs.map((seed) => stored(chaos({ kafka: plain }, seed, ['cut-connection'])))
    expect(doubled.some((messages) => messages.length > 12)).toBe(true)
  })
})
