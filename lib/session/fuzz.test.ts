// Property tests of the models by the fuzzing driver, over every starter scenario: chaos, then heal.
// A failure names its seed; the same seed gives the same run.
import { describe, expect, test } from 'vitest'
import { fuzz } from '../drivers/fuzz.ts'
import { misfortunesOf } from '../drivers/misfortune.ts'
import { replay } from '../drivers/replay.ts'
import { invariantsOf } from '../invariants/index.ts'
import { judge } from '../invariants/judge.ts'
import type { RunVerdict } from '../invariants/types.ts'
import { build } from '../scenario/build.ts'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'

const RUNS = 12
const HEAL = 20_000

interface Chaos {
  readonly scenario: Scenario
  readonly seed: string
  readonly checks: readonly string[]
  readonly faults: number
  readonly kinds: readonly string[]
}

/** One run to rest; what was broken by it, worded so that a failure can be run again. */
function broken({ scenario, seed, checks, faults, kinds }: Chaos): readonly string[] {
  const { system, subject } = build(scenario)
  const bench = judge(invariantsOf(checks), subject)
  const chaos = { seed, chaos: faults === 0 ? 0 : 400, heal: HEAL, faults, kinds, malice: 0.03 }
  const run = fuzz(system, {
    ...chaos,
    onStep: (index, _action, observations) => bench.see(observations, index),
  })
  const fired = { planned: 0, fired: 0 }
  const verdicts = bench.verdicts({ atRest: run.atRest, faults: fired })
  const bad: readonly RunVerdict[] = ['broken', 'holds so far']
  return verdicts
    .filter((verdict) => bad.includes(verdict.verdict))
    .map((verdict) => `${seed} (${run.fired.join(', ')}): ${verdict.invariant} ${verdict.detail}`)
}

const seeds = (prefix: string, count = RUNS) =>
  Array.from({ length: count }, (_, at) => `${prefix}-${at}`)

const scenarioOf = (id: string) => starterScenario(id) as Scenario

describe.each(starterScenarios.map(({ id }) => id))('%s', (id) => {
  const scenario = scenarioOf(id)

  test('whatever happens, it heals to rest, in plain JSON, and its script does it again', () => {
    const { system } = build(scenario)
    const kinds = misfortunesOf(system)
    const met = new Set<string>()
    for (const seed of seeds(id)) {
      const run = fuzz(system, { seed, chaos: 400, heal: HEAL, faults: 6, kinds, malice: 0.05 })
      expect([seed, run.atRest]).toEqual([seed, true])
      expect(JSON.parse(JSON.stringify(run.world))).toStrictEqual(run.world)
      expect(replay(system, run.script)).toEqual(run.world)
      for (const kind of run.fired) met.add(kind)
    }
    expect(met.size).toBeGreaterThan(4)
  })
})

// What order a handler with several workers keeps, and what a producer without keys keeps, is none; and no
// misfortune is needed to count wrong over a compacted topic.
// Competing consumers overtake each other, and some queues lose or refuse by themselves.
const BROKEN_ANYWAY = [
  'keyless-loses-order',
  'parallel-workers',
  'compaction-breaks-counts',
  'share-group-breaks-key-order',
  'requeue-order-of-a-quorum-queue',
  'prefetch-and-order',
  'competing-consumers',
  'confirmed-and-dropped',
  'unroutable-is-confirmed',
  'fan-out-with-a-full-queue',
]

describe('without a misfortune', () => {
  const ordered = starterScenarios.filter(({ id }) => !BROKEN_ANYWAY.includes(id))
  test.each(ordered.map(({ id }) => id))('nothing is broken in any order of steps: %s', (id) => {
    const scenario = scenarioOf(id)
    const { checks } = scenario
    const found = seeds(id, 30).flatMap((seed) =>
      broken({ scenario, seed, checks, faults: 0, kinds: [] }),
    )
    expect(found).toEqual([])
  })
})

/** What befalls processes, lines and brokers; nothing that somebody decides, nothing that empties stores. */
const ACCIDENTS = [
  'crash',
  'pause',
  'stall-handler',
  'deploy',
  'force-rebalance',
  'cut-connection',
  'refuse-batch',
  'sink-down',
  'lose-answer',
]

describe('whatever accident happens', () => {
  const keeps = (id: string, checks: readonly string[], kinds: readonly string[] = ACCIDENTS) =>
    seeds(id, 80).flatMap((seed) =>
      broken({ scenario: scenarioOf(id), seed, checks, faults: 5, kinds }),
    )

  test('a commit after the effect loses nothing', () => {
    for (const id of ['orders-story', 'crash-between-effect-and-commit', 'zombie-after-pause']) {
      expect(keeps(id, ['no-loss', 'some-effect'])).toEqual([])
    }
  })
  test('an idempotency key that the API honours neither loses nor doubles, replays included', () => {
    const kinds = [...ACCIDENTS, 'rewind-offset', 'add-partitions', 'empty-dedup-store']
    const checks = ['no-loss', 'no-duplicate-effect', 'sink-equals-oracle']
    expect(keeps('crash-with-idempotency-key', checks, kinds)).toEqual([])
  })
  test('a transactional inbox neither loses nor doubles what its own database holds', () => {
    const checks = ['no-loss', 'no-duplicate-effect', 'sink-equals-oracle']
    expect(keeps('transactional-inbox-holds', checks, [...ACCIDENTS, 'rewind-offset'])).toEqual([])
  })
  test('a version guard never lets an older state overwrite a newer one', () => {
    const kinds = [...ACCIDENTS, 'rewind-offset', 'add-partitions']
    expect(keeps('version-guard-refuses-stale', ['sink-equals-oracle'], kinds)).toEqual([])
  })
  test('an idempotent producer keeps the order of each key', () => {
    expect(keeps('idempotent-producer-keeps-order', ['per-key-order'])).toEqual([])
  })
  test('and what is known to break does break: the same chaos finds it', () => {
    const doubles = keeps('crash-between-effect-and-commit', ['no-duplicate-effect'])
    expect(doubles.length).toBeGreaterThan(5)
    const unordered = keeps('retry-reorders', ['per-key-order'], ['refuse-batch'])
    expect(unordered.length).toBeGreaterThan(0)
    expect(keeps('commit-before-effect-loses', ['no-loss'], ['crash']).length).toBeGreaterThan(0)
    expect(keeps('keyless-loses-order', ['per-key-order']).length).toBeGreaterThan(5)
  })
})
