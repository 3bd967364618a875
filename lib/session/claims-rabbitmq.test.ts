// Claims of the RabbitMQ model that rules commute: checked by diamonds with many settings, more than one bound and
// more than one monitor; reduced searches compared with full ones; and wrong claims, which the check must catch.
import { describe, expect, test } from 'vitest'
import type { Claim } from '../drivers/claims.ts'
import { type DiamondOptions, openDiamonds } from '../drivers/diamonds.ts'
import { spaceOf } from '../drivers/space.ts'
import { searchedKinds } from '../faults/index.ts'
import { invariantsOf } from '../invariants/index.ts'
import { watch } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import { type BareQueue, bareQueue } from './bare-rabbitmq.fixture.ts'
import { ask } from './exploring.ts'
import { beginningAt, type From } from './settled.ts'

interface Asked extends Partial<DiamondOptions> {
  readonly from?: From
}

function open(settings: BareQueue, invariant: string, { from = 'settled', ...more }: Asked = {}) {
  const scenario = bareQueue(settings)
  const { system, subject } = build(scenario)
  const [judge] = invariantsOf([invariant])
  if (judge === undefined) throw new Error(`there is no invariant ${invariant}`)
  const found = openDiamonds(system, watch(judge, subject), {
    faults: 1,
    kinds: [...searchedKinds, 'poison-message'],
    maxStates: 4000,
    space: spaceOf(system, { from: beginningAt(from, scenario, system)?.world }),
    ...more,
  })
  return found.map(({ rule, other }) => `${rule} | ${other}`)
}

const TWO: BareQueue = { messages: 2, instances: 2 }
const MANY: BareQueue = { messages: 3, instances: 2, consumer: { prefetch_count: 3 } }
const TABLE = { kind: 'dedup-table', marks: 'after' }
const KEYED: BareQueue = { service: { strategy: { kind: 'idempotency-key' } } }
const LONG_MS = 120_000

const claimed: readonly (readonly [what: string, settings: BareQueue, from?: From])[] = [
  ['two consumers', TWO],
  ['three messages that are there already', { ...TWO, messages: 3 }, 'published'],
  ['a larger prefetch', MANY, 'published'],
  ['automatic acknowledgements', { ...TWO, consumer: { no_ack: true } }],
  ['acknowledgements before the effect', { ...TWO, service: { ackPoint: 'before' } }],
  ['a single active consumer', { ...TWO, queue: { 'x-single-active-consumer': true } }],
  ['a delivery limit', { ...TWO, queue: { 'x-queue-type': 'quorum', 'x-delivery-limit': 1 } }],
  ['the older version', { ...TWO, version: '4.0', queue: { 'x-queue-type': 'quorum' } }],
  ['a dedup store', { ...TWO, service: { strategy: TABLE } }],
  ['a set in memory', { ...TWO, service: { strategy: { kind: 'in-memory-set' } } }],
  ['several workers', { ...MANY, service: { workers: 2 } }, 'published'],
  [
    'several workers and a dedup store',
    { ...MANY, instances: 1, service: { workers: 2, strategy: TABLE } },
    'published',
  ],
  ['a full queue', { ...TWO, queue: { 'x-max-length': 1 } }],
  [
    'a full queue that refuses',
    { ...TWO, queue: { 'x-max-length': 1, 'x-overflow': 'reject-publish' } },
  ],
  ['no confirms', { ...TWO, producer: { 'confirm.select': false } }],
  ['what cannot be routed', { ...TWO, producer: { mandatory: true } }],
  ['dead letters', { ...TWO, service: { onFailure: 'dead-letter-topic', maxAttempts: 1 } }],
  ['what is sent back', { ...TWO, service: { maxAttempts: 1 } }],
  ['messages that expire', { ...TWO, queue: { 'x-message-ttl': 1000 } }],
  ['a retry ring', { ...TWO, service: { maxAttempts: 1 }, queue: { 'retry after': 1000 } }],
  [
    'what a consumer that stands still keeps too long',
    { ...TWO, queue: { 'x-queue-type': 'quorum' }, node: { consumer_timeout: 1000 } },
  ],
]

/** Each with everything that can happen, and with more of some kinds of misfortune. */
const bounds = [
  [['crash'], 'no-duplicate-effect'],
  [['cut-connection', 'close-channel'], 'per-key-order'],
  [['restart-broker', 'pause'], 'group-order'],
] as const

describe('what the rules claim holds with', () => {
  test.each(claimed.map((each, i) => ({ each, bound: bounds[i % 3] as (typeof bounds)[0] })))(
    '$each.0',
    ({ each: [_what, settings, from = 'settled'], bound: [kinds, invariant] }) => {
      expect(open(settings, 'no-loss', { from })).toEqual([])
      expect(open(settings, invariant, { from, kinds, maxStates: 6000 })).toEqual([])
    },
    LONG_MS,
  )
})

function rests(settings: BareQueue, kinds: readonly string[], faults: number, reduced: boolean) {
  const met = new Set<string>()
  const bounds = { faults, kinds, maxStates: 1_000_000, reduceFrom: reduced ? 0 : false } as const
  const onRest = (high: number, low: number) => met.add(`${high},${low}`)
  const question = { invariant: 'no-duplicate-effect', scope: {}, ...bounds }
  const [answer] = ask(bareQueue(settings), question, { now: () => 0, onRest })
  return { answer, rests: [...met].sort() }
}

const compared: readonly (readonly [BareQueue, readonly string[], number, number])[] = [
  [{ ...KEYED, messages: 2 }, ['cut-connection'], 1, 4],
  [{ ...KEYED, ...TWO }, ['crash', 'lose-answer'], 1, 4],
  [{ ...KEYED, ...TWO }, ['close-channel'], 1, 4],
  [KEYED, ['crash', 'restart-broker'], 2, 4],
  [KEYED, ['pause'], 1, 2],
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
  const everything = (claim: Claim) => ({ claimOf: () => claim, maxStates: 8000 })
  test(
    'in the rules of publishers, consumers and nodes',
    () => {
      expect(open(TWO, 'no-duplicate-effect', everything('in peace'))).toEqual(
        expect.arrayContaining([
          'RabbitMQ publisher: Publish | RabbitMQ node: HeartbeatTimeoutExpires',
          'RabbitMQ node: BasicSettle | RabbitMQ publisher: Publish',
          'RabbitMQ node: ChannelClose | RabbitMQ publisher: Publish',
          'RabbitMQ node: ConnectionClosed | RabbitMQ publisher: Publish',
          'sink: SinkUp | RabbitMQ consumer: ApplyEffect',
        ]),
      )
    },
    LONG_MS,
  )
  test(
    'in those of requests and their answers',
    () => {
      const asking = { messages: 2, producer: { reply_to: true } }
      const cut = { ...everything(true), kinds: ['cut-connection'] }
      expect(open(asking, 'no-loss', cut)).toEqual(
        expect.arrayContaining(['RabbitMQ publisher: Answered | line: CutConnection']),
      )
    },
    LONG_MS,
  )
  test(
    'where it forgets that a client may be silent',
    () => {
      const claimOf = (_rule: string, claim: Claim): Claim =>
        claim !== null && typeof claim === 'object' ? { ...claim, except: [] } : claim
      expect(open(TWO, 'no-loss', { claimOf, kinds: ['pause'] })).toEqual(
        expect.arrayContaining([
          'RabbitMQ publisher: Publish | RabbitMQ node: HeartbeatTimeoutExpires',
        ]),
      )
    },
    LONG_MS,
  )
  test(
    'where it forgets that a consumer may have more in its hands',
    () => {
      const claimOf = (rule: string, claim: Claim): Claim =>
        rule === 'Disconnected' ? 'in peace' : claim
      const cut = { claimOf, kinds: ['cut-connection'], from: 'published' } as const
      expect(open(MANY, 'per-key-order', { ...cut, maxStates: 8000 })).toEqual(
        expect.arrayContaining(['RabbitMQ consumer: Disconnected | sink: ApplyEffect']),
      )
    },
    LONG_MS,
  )
})
