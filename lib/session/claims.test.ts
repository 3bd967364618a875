// Claims of the Kafka model that rules commute: checked by diamonds with many settings, more than one bound and more
// than one monitor; reduced searches compared with full ones; and wrong claims, planted in every file of rules, which
// the check must catch.
import { describe, expect, test } from 'vitest'
import type { Claim } from '../drivers/claims.ts'
import { type DiamondOptions, openDiamonds } from '../drivers/diamonds.ts'
import { spaceOf } from '../drivers/space.ts'
import { searchedKinds } from '../faults/index.ts'
import { invariantsOf } from '../invariants/index.ts'
import { watch } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import { type Bare, bare } from './bare.fixture.ts'
import { ask } from './exploring.ts'
import { settled } from './settled.ts'

function open(settings: Bare, invariant: string, more: Partial<DiamondOptions> = {}) {
  const scenario = bare(settings)
  const { system, subject } = build(scenario)
  const [judge] = invariantsOf([invariant])
  if (judge === undefined) throw new Error(`there is no invariant ${invariant}`)
  const found = openDiamonds(system, watch(judge, subject), {
    faults: 1,
    kinds: searchedKinds,
    maxStates: 2500,
    space: spaceOf(system, { from: settled(scenario, system)?.world }),
    ...more,
  })
  return found.map(({ rule, other }) => `${rule} | ${other}`)
}

const TWO_WORKERS: Bare = {
  messages: 4,
  consumer: { 'max.poll.records': 4 },
  service: { workers: 2 },
}
const LESSON: Bare = { messages: 2, instances: 2, partitions: 2, keys: ['user-1', 'user-2'] }
const MODERN = { 'group.protocol': 'consumer' }
const ONE_BY_ONE = { 'share.acknowledgement.mode': 'explicit', 'max.poll.records': 1 }
const key = { kind: 'idempotency-key' }
const LONG_MS = 120_000

const claimed: readonly (readonly [what: string, settings: Bare])[] = [
  ['a partition for each of two', LESSON],
  ['one partition for two', { messages: 3, instances: 2 }],
  ['one message, and who comes too late', { instances: 2, service: { strategy: key } }],
  ['automatic commits', { ...LESSON, consumer: { 'enable.auto.commit': true } }],
  ['commits that nobody waits for', { ...LESSON, consumer: { 'commit.api': 'commitAsync' } }],
  ['commits before the effect', { ...LESSON, service: { ackPoint: 'before' } }],
  ['several workers', TWO_WORKERS],
  ['no numbers', { ...LESSON, producer: { 'enable.idempotence': false } }],
  [
    'batches that wait',
    { ...LESSON, producer: { 'linger.ms': 5, 'max.in.flight.requests.per.connection': 1 } },
  ],
  ['no acknowledgements', { ...LESSON, producer: { acks: '0', 'enable.idempotence': false } }],
  ['a dedup store', { ...LESSON, service: { strategy: { kind: 'dedup-table', marks: 'after' } } }],
  [
    'an inbox',
    {
      ...LESSON,
      sink: 'database',
      service: { effect: 'decrement', strategy: { kind: 'transactional-inbox' } },
    },
  ],
  ['a retry topic', { ...LESSON, service: { onFailure: 'retry-topic' } }],
  [
    'partitions that are kept through a rebalance',
    { ...LESSON, consumer: { 'partition.assignment.strategy': 'CooperativeStickyAssignor' } },
  ],
  [
    'transactions',
    {
      messages: 2,
      producer: { 'transactional.id': 'order-service' },
      consumer: { 'isolation.level': 'read_committed' },
    },
  ],
  ['the other protocol', { ...LESSON, consumer: MODERN }],
  ['the other protocol, one partition for two', { messages: 2, instances: 2, consumer: MODERN }],
  ['replicas', { messages: 2, nodes: 2, topic: { 'replication.factor': 2 } }],
  ['a share group', { messages: 2, instances: 2, share: ONE_BY_ONE }],
  ['a share group that accepts what it does not name', { ...LESSON, share: {} }],
  ['a share group with a partition for each of two', { ...LESSON, share: ONE_BY_ONE }],
  [
    'a share group with several workers',
    { messages: 3, share: { ...ONE_BY_ONE, 'max.poll.records': 3 }, service: { workers: 2 } },
  ],
  [
    'a share group whose records are kept by two nodes',
    { messages: 2, nodes: 2, topic: { 'replication.factor': 2 }, share: ONE_BY_ONE },
  ],
]

/** Each with everything that can happen, and with more of one kind of misfortune. */
const bounds = [
  ['crash', 'no-duplicate-effect'],
  ['pause', 'per-key-order'],
  ['cut-connection', 'sink-equals-oracle'],
] as const

describe('what the rules claim holds with', () => {
  test.each(claimed.map((each, i) => [...each, ...(bounds[i % 3] as (typeof bounds)[0])] as const))(
    '%s',
    (_what, settings, kind, invariant) => {
      expect(open(settings, 'no-loss')).toEqual([])
      expect(open(settings, invariant, { maxStates: 3500, kinds: [kind] })).toEqual([])
    },
    LONG_MS,
  )
})

test(
  'and with requests from before a rebalance that are answered after it',
  () => {
    const late = { instances: 2, service: { strategy: key } }
    const more = { kinds: ['pause'], maxStates: 30_000 }
    expect(open(late, 'no-loss', more)).toEqual([])
  },
  LONG_MS,
)

function rests(settings: Bare, kinds: readonly string[], faults: number, reduced: boolean) {
  const met = new Set<string>()
  const bounds = { faults, kinds, maxStates: 1_000_000, reduceFrom: reduced ? 0 : false } as const
  const onRest = (high: number, low: number) => met.add(`${high},${low}`)
  const question = { invariant: 'no-duplicate-effect', scope: {}, ...bounds }
  const [answer] = ask(bare(settings), question, { now: () => 0, onRest })
  return { answer, rests: [...met].sort() }
}

const KEYED: Bare = { service: { strategy: key } }
const compared: readonly (readonly [Bare, readonly string[], number, number])[] = [
  [{ ...LESSON, ...KEYED, messages: 3 }, ['cut-connection'], 1, 8],
  [{ ...LESSON, ...KEYED, messages: 3 }, ['refuse-batch', 'lose-answer'], 1, 2],
  [{ ...KEYED, messages: 2, instances: 2 }, ['pause'], 1, 15],
  [{ ...KEYED, instances: 2 }, ['crash'], 1, 15],
  [{ ...KEYED, instances: 2, share: ONE_BY_ONE }, ['crash', 'pause'], 1, 2],
  [{ ...KEYED, instances: 2, consumer: MODERN }, ['crash', 'lose-answer'], 1, 2],
  [KEYED, ['crash', 'cut-connection', 'sink-down'], 2, 8],
  [{ ...KEYED, messages: 2 }, ['deploy', 'stall-handler'], 1, 4],
]

describe('a reduced search comes to rest where a full one does', () => {
  test.each(compared)(
    '%o, %o, %i faults',
    (settings, kinds, faults, factor) => {
      const full = rests(settings, kinds, faults, false)
      const reduced = rests(settings, kinds, faults, true)
      expect(full.answer).toMatchObject({ answer: 'holds within bounds', reduced: false })
      expect(reduced.answer).toMatchObject({ answer: 'holds within bounds', reduced: true })
      expect(reduced.rests).toEqual(full.rests)
      const [all, some] = [full.answer?.states ?? 0, reduced.answer?.states ?? 0]
      expect(all / some).toBeGreaterThan(factor)
    },
    LONG_MS,
  )
})

describe('a wrong claim is caught', () => {
  const everything = (claim: Claim) => ({ claimOf: () => claim, maxStates: 15_000 })
  test(
    'in the rules of consumers, coordinators, nodes and producers',
    () => {
      const two = { messages: 2, instances: 2 }
      expect(open(two, 'no-duplicate-effect', everything('in peace'))).toEqual(
        expect.arrayContaining([
          'Kafka consumer: Poll | kafka group coordinator: SessionTimeoutExpires',
          'Kafka consumer: ReconnectToCoordinator | sink: ApplyEffect',
          'Kafka consumer: Close | kafka node: Produce',
          'kafka group coordinator: JoinGroup | Kafka consumer: JoinGroup',
          'kafka node: Fetch | kafka producer: SendNext',
          'kafka producer: SendNext | kafka controller: InitProducerId',
          'sink: SinkUp | Kafka consumer: ApplyEffect',
        ]),
      )
    },
    LONG_MS,
  )
  test(
    'in those of controllers, where replicas change their leader',
    () => {
      const two = { messages: 2, nodes: 2, topic: { 'replication.factor': 2 } }
      const kill = { ...everything('in peace'), kinds: ['kill-node'], maxStates: 6000 }
      expect(open(two, 'no-loss', kill)).toEqual(
        expect.arrayContaining(['kafka controller: AlterPartition | kafka node: Restart']),
      )
    },
    LONG_MS,
  )
  test(
    'in those of handlers and sinks, where two workers are at work',
    () => {
      const peace = { ...everything('in peace'), faults: 0, maxStates: 40_000 }
      expect(open(TWO_WORKERS, 'no-loss', peace)).toEqual(
        expect.arrayContaining([
          'Kafka consumer: EffectAnswer | sink: ApplyEffect',
          'sink: ApplyEffect | Kafka consumer: ApplyEffect',
        ]),
      )
    },
    LONG_MS,
  )
  test(
    'in those of share groups',
    () => {
      const two = { messages: 2, instances: 2, share: ONE_BY_ONE }
      const kinds = ['crash', 'pause']
      expect(open(two, 'no-loss', { ...everything('in peace'), kinds })).toEqual(
        expect.arrayContaining([
          'kafka node: ShareSessionCloses | kafka producer: SendNext',
          'kafka share group coordinator: SessionTimeoutExpires | Kafka share consumer: Resume',
        ]),
      )
    },
    LONG_MS,
  )
  test(
    'in those of groups whose members follow by themselves',
    () => {
      const two = { messages: 2, instances: 2, consumer: MODERN }
      const kinds = ['crash', 'pause']
      expect(open(two, 'no-loss', { ...everything('in peace'), kinds })).toEqual(
        expect.arrayContaining([
          'kafka consumer group coordinator: ConsumerGroupHeartbeat | Kafka consumer: ConsumerGroupHeartbeatResponse',
          'Kafka consumer: TransitionToFenced | sink: ApplyEffect',
        ]),
      )
    },
    LONG_MS,
  )
  test(
    'where it forgets who may still send',
    () => {
      const claimOf = (_rule: string, claim: Claim): Claim =>
        claim !== null && typeof claim === 'object' ? { ...claim, except: [] } : claim
      expect(open({ messages: 2, instances: 2 }, 'no-loss', { claimOf })).toEqual(
        expect.arrayContaining(['kafka node: Fetch | kafka producer: SendNext']),
      )
    },
    LONG_MS,
  )
})
