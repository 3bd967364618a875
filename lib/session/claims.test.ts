// Claims of the Kafka model that rules commute, checked by diamonds at more than one bound and with more than one
// monitor; and wrong claims, planted in every file of rules, which the check must catch.
import { describe, expect, test } from 'vitest'
import { type DiamondOptions, openDiamonds } from '../drivers/diamonds.ts'
import { spaceOf } from '../drivers/space.ts'
import { searchedKinds } from '../faults/index.ts'
import { invariantsOf } from '../invariants/index.ts'
import { watch } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import { type Bare, bare } from './bare.fixture.ts'
import { settled } from './settled.ts'

function open(settings: Bare, invariant: string, more: Partial<DiamondOptions> = {}) {
  const scenario = bare(settings)
  const { system, subject } = build(scenario)
  const [judge] = invariantsOf([invariant])
  if (judge === undefined) throw new Error(`there is no invariant ${invariant}`)
  const found = openDiamonds(system, watch(judge, subject), {
    faults: 1,
    kinds: searchedKinds,
    maxStates: 15_000,
    space: spaceOf(system, settled(scenario, system)?.world),
    ...more,
  })
  return found.map(({ rule, other }) => `${rule} | ${other}`)
}

const TWO_WORKERS: Bare = {
  messages: 4,
  consumer: { 'max.poll.records': 4 },
  service: { workers: 2 },
}
const LONG_MS = 120_000

test.each([
  [{ messages: 2, instances: 2 }, 'no-duplicate-effect'],
  [{ messages: 2, instances: 2, consumer: { 'enable.auto.commit': true } }, 'no-loss'],
  [TWO_WORKERS, 'per-key-order'],
] as const)(
  'what the rules claim holds: %o, %s',
  (settings, invariant) => {
    expect(open(settings, invariant)).toEqual([])
  },
  LONG_MS,
)

describe('a wrong claim is caught', () => {
  const everything = { claimOf: () => 'in peace' as const }
  test(
    'in the rules of consumers, coordinators, nodes and producers',
    () => {
      expect(open({ messages: 2, instances: 2 }, 'no-duplicate-effect', everything)).toEqual(
        expect.arrayContaining([
          'Kafka consumer: OffsetCommit | Kafka consumer: ReconnectToCoordinator',
          'Kafka consumer: HeartbeatRebalancing | Kafka consumer: Poll',
          'kafka group coordinator: JoinGroup | kafka group coordinator: JoinGroup',
          'kafka node: Produce | kafka node: Fetch',
          'kafka producer: SendNext | kafka producer: ProduceResponse',
        ]),
      )
    },
    LONG_MS,
  )
  test(
    'in those of handlers and sinks, where two workers are at work',
    () => {
      expect(open(TWO_WORKERS, 'no-loss', { ...everything, faults: 0, maxStates: 40_000 })).toEqual(
        expect.arrayContaining([
          'Kafka consumer: EffectAnswer | Kafka consumer: OffsetCommit',
          'sink: ApplyEffect | sink: ApplyEffect',
        ]),
      )
    },
    LONG_MS,
  )
})
