// Random scripts about one RabbitMQ queue: consumers that come, settle in any way, fall away and come back,
// publishers, priorities, limits, dead letters, transactions. What takes time to happen (time to live, node
// restarts) is left to the named experiments: there the real broker's clock decides.
import fc from 'fast-check'
import type { Experiment, Step } from '../../../lib/experiments/rabbitmq/types.ts'

type Types = Experiment['types']

const consumers = ['c1', 'c2', 'c3'] as const
type Who = (typeof consumers)[number]

/** In terms that keep their meaning when what stands before is left out (shrinking). */
type Wish =
  | { readonly wish: 'publish'; readonly count: number; readonly priority: number | null }
  | { readonly wish: 'settle'; readonly who: Who; readonly how: How; readonly body: number | null }
  | {
      readonly wish: 'several'
      readonly who: Who
      readonly how: 'ack' | 'nack'
      readonly all: boolean
    }
  | {
      readonly wish: 'consume'
      readonly who: Who
      readonly count: number
      readonly priority: number
    }
  | { readonly wish: 'cancel' | 'close' | 'die' | 'recover' | 'get'; readonly who: Who }
  | { readonly wish: 'commit' | 'rollback' | 'purge' }
type How = 'ack' | 'nack' | 'reject' | 'drop'

const who = fc.constantFrom(...consumers)
const how = fc.constantFrom<How>('ack', 'nack', 'reject', 'drop')
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, ...others.map((one) => fc.constant(one)))

const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      wish: fc.constant('publish' as const),
      count: fc.integer({ min: 1, max: 3 }),
      priority: mostly<number | null>(null, 0, 4, 5, 9),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      wish: fc.constant('settle' as const),
      who,
      how,
      body: mostly<number | null>(null, 0, 1, 2, 3),
    }),
  },
  fc.record({
    wish: fc.constant('several' as const),
    who,
    how: fc.constantFrom('ack' as const, 'nack' as const),
    all: fc.boolean(),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      wish: fc.constant('consume' as const),
      who,
      count: fc.integer({ min: 1, max: 3 }),
      priority: mostly(0, 1, -1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      wish: fc.constantFrom('cancel', 'close', 'die', 'recover', 'get'),
      who,
    }),
  },
  fc.record({ wish: fc.constantFrom('commit', 'rollback', 'purge') }),
)

interface Place {
  readonly type: 'classic' | 'quorum'
  /** -1: as much as there is. */
  readonly length: number
  readonly refuses: boolean
  readonly limit: number | null
  readonly single: boolean
  readonly dead: boolean
  /** What the consumer c3 settles waits for a commit. */
  readonly transactional: boolean
}

const place: fc.Arbitrary<Place> = fc.record({
  type: fc.constantFrom('classic' as const, 'quorum' as const),
  length: mostly(-1, 1, 2, 3),
  refuses: mostly(false, true),
  limit: mostly<number | null>(null, 1, 2, -1),
  single: mostly(false, true),
  dead: fc.boolean(),
  transactional: mostly(false, true),
})

function argumentsOf({ type, length, refuses, limit, single, dead }: Place, prioritised: boolean) {
  return {
    ...(length < 0 ? {} : { 'x-max-length': length }),
    ...(length < 0 || !refuses ? {} : { 'x-overflow': 'reject-publish' }),
    ...(type === 'classic' || limit === null ? {} : { 'x-delivery-limit': limit }),
    ...(single ? { 'x-single-active-consumer': true } : {}),
    ...(type === 'classic' && prioritised ? { 'x-max-priority': 5 } : {}),
    ...(dead ? { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'D' } : {}),
  }
}

interface Counts {
  bodies: number
  /** A tag is used once on a channel. */
  readonly using: Set<Who>
  readonly known: string[]
}

function stepsOf(one: Wish, at: Place, counts: Counts): readonly Step[] {
  switch (one.wish) {
    case 'publish': {
      const bodies = Array.from({ length: one.count }, () => `m${counts.bodies++}`)
      counts.known.unshift(...bodies.toReversed())
      const { priority } = one
      return [{ do: 'publish', queue: 'Q', bodies, ...(priority === null ? {} : { priority }) }]
    }
    case 'settle': {
      const body = one.body === null ? undefined : counts.known[one.body]
      const which = body === undefined ? {} : { body }
      return [{ do: 'settle', channel: one.who, how: one.how, ...which }]
    }
    case 'several': {
      const which = one.all ? { tag: 0 } : {}
      return [{ do: 'settle', channel: one.who, how: one.how, multiple: true, ...which }]
    }
    case 'consume':
      return consumeSteps(one, at, counts)
    case 'cancel':
      counts.using.delete(one.who)
      return [{ do: 'cancel', channel: one.who, consumer: one.who }]
    case 'close':
      counts.using.delete(one.who)
      return [{ do: 'closeChannel', channel: one.who }]
    case 'die':
      counts.using.delete(one.who)
      return [{ do: 'destroy', connection: one.who }]
    case 'recover':
      return [{ do: 'recover', channel: one.who }]
    case 'get':
      return [{ do: 'get', channel: one.who, queue: 'Q' }]
    case 'commit':
    case 'rollback':
      return at.transactional ? [{ do: 'tx', channel: 'c3', how: one.wish }] : []
    case 'purge':
      return [{ do: 'purge', channel: 'p', queue: 'Q' }]
  }
}

function consumeSteps(
  one: Extract<Wish, { wish: 'consume' }>,
  at: Place,
  { using }: Counts,
): readonly Step[] {
  const { who: channel, count, priority } = one
  if (using.has(channel)) return []
  using.add(channel)
  const isPlain = at.transactional && channel === 'c3'
  const begins: readonly Step[] = isPlain
    ? [
        { do: 'open', channel, plain: true },
        { do: 'tx', channel, how: 'select' },
      ]
    : []
  const given = priority === 0 ? {} : { arguments: { 'x-priority': priority } }
  return [
    ...begins,
    { do: 'qos', channel, count },
    { do: 'consume', channel, queue: 'Q', consumer: channel, ...given },
  ]
}

/** What each consumer has by now: deliveries of one connection are in order, those of several are not. */
const look: readonly Step[] = consumers.map((each, i) => ({
  do: 'seen',
  consumers: [each],
  idleMs: i === 0 ? 250 : 50,
}))

export const rabbitmqScripts: fc.Arbitrary<Experiment> = fc
  .tuple(place, fc.array(wish, { minLength: 4, maxLength: 14 }))
  .map(([at, wishes]): Experiment => {
    const counts: Counts = { bodies: 0, using: new Set(), known: [] }
    const prioritised = wishes.some((one) => one.wish === 'publish' && one.priority !== null)
    const steps: readonly Step[] = [
      { do: 'declareQueue', queue: 'D', type: 'classic' },
      { do: 'declareQueue', queue: 'Q', arguments: argumentsOf(at, prioritised) },
      ...wishes.flatMap((one) => {
        const own = stepsOf(one, at, counts)
        return own.length === 0 ? [] : [...own, ...look]
      }),
      { do: 'count', queue: 'Q' },
      { do: 'drain', queue: 'Q' },
      { do: 'drain', queue: 'D' },
      { do: 'drain', queue: 'D', show: 'deaths' },
    ]
    return {
      version: 1,
      broker: 'rabbitmq',
      id: 'random-queue',
      title: 'A random script',
      source: 'nobody: model and broker are compared',
      class: 'deterministic',
      types: [at.type] as Types,
      steps: steps.map((step, i) => ({ as: `${i + 1} ${step.do}`, ...step })),
      expect: {},
    }
  })
