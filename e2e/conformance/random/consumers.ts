// Random scripts about two Java consumers of one group: they join, poll, have effects, commit, are killed, come
// back and close. After every change of the group those that are up poll until it is at rest.
import fc from 'fast-check'
import type { Experiment, Step } from '../../../lib/experiments/types.ts'
import { named, type Script } from './script.ts'

const names = ['ann', 'bob'] as const
type Name = (typeof names)[number]

type Wish =
  | { readonly wish: 'publish'; readonly lane: number; readonly count: number }
  | OfApplication
  | { readonly wish: 'crash' | 'close' | 'arrive'; readonly who: Name }

const who = fc.constantFrom(...names)
const count = fc.integer({ min: 1, max: 3 })

const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      wish: fc.constant('publish' as const),
      lane: fc.integer({ min: 0, max: 1 }),
      count,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      wish: fc.constantFrom(
        'poll' as const,
        'poll' as const,
        'process' as const,
        'commit' as const,
      ),
      who,
      count,
    }),
  },
  fc.record({ wish: fc.constantFrom('crash' as const, 'close' as const), who }),
  { weight: 2, arbitrary: fc.record({ wish: fc.constant('arrive' as const), who }) },
)

const group = 'billing'
const topic = 'orders'
const PATIENCE_MS = 1500
const MORE_THAN_THERE_IS = 50

/** Which processes run, and which have run before: those are restarted and not started. */
interface Crew {
  readonly up: Set<Name>
  readonly known: Set<Name>
  readonly partitions: number
  values: number
}

function atRest({ up }: Crew): readonly Step[] {
  const consumers = names.filter((name) => up.has(name))
  return consumers.length === 0 ? [] : [{ do: 'join', consumers }]
}

function leave(crew: Crew, who: Name, step: Step): readonly Step[] {
  if (!crew.up.has(who)) return []
  crew.up.delete(who)
  return [step, ...atRest(crew)]
}

function stepsOf(one: Wish, crew: Crew): readonly Step[] {
  switch (one.wish) {
    case 'publish': {
      const values = Array.from({ length: one.count }, () => `v${crew.values++}`)
      return [{ do: 'produce', topic, partition: one.lane % crew.partitions, values }]
    }
    case 'arrive': {
      if (crew.up.has(one.who)) return []
      const op = crew.known.has(one.who) ? 'restart' : 'start'
      crew.up.add(one.who)
      crew.known.add(one.who)
      return [{ do: op, who: one.who }, ...atRest(crew)]
    }
    case 'crash':
      return leave(crew, one.who, { do: 'crash', who: one.who })
    case 'close':
      return leave(crew, one.who, { do: 'close', consumer: one.who })
    default:
      return crew.up.has(one.who) ? [ofApplication(one, crew)] : []
  }
}

interface OfApplication {
  readonly wish: 'poll' | 'process' | 'commit'
  readonly who: Name
  readonly count: number
}

/** Which of several partitions a poll returns first is nowhere promised: then all there is is taken. */
function ofApplication(one: OfApplication, { partitions }: Crew): Step {
  if (one.wish === 'poll') {
    const count = partitions === 1 ? one.count : MORE_THAN_THERE_IS
    return { do: 'poll', consumer: one.who, count, withinMs: PATIENCE_MS }
  }
  if (one.wish === 'process') return { do: 'process', consumer: one.who, count: one.count }
  return { do: 'commit', consumer: one.who }
}

/**
 * With group.protocol=consumer whoever comes back under the id of a static member that crashed is refused
 * (UNRELEASED_INSTANCE_ID) and has failed for good. The real client throws that once, and further polls return
 * nothing; the model's throws it each time. An application ends there, so no script goes on from it.
 */
function gently(one: Wish, isFatal: boolean): Wish {
  return one.wish === 'crash' && isFatal ? { ...one, wish: 'close' } : one
}

const settings = fc.record({
  'auto.offset.reset': fc.constantFrom('earliest', 'earliest', 'latest'),
  'enable.auto.commit': fc.boolean(),
  'auto.commit.interval.ms': fc.constant(600_000),
  'max.poll.records': fc.constantFrom(1, 2, 500),
})

/** Either the assignor of the leading consumer, or the new protocol, where the coordinator shares out. */
const protocol = fc.constantFrom(
  { 'partition.assignment.strategy': 'RangeAssignor' },
  { 'partition.assignment.strategy': 'RoundRobinAssignor' },
  { 'partition.assignment.strategy': 'StickyAssignor' },
  { 'partition.assignment.strategy': 'CooperativeStickyAssignor' },
  { 'group.protocol': 'consumer' },
  { 'group.protocol': 'consumer' },
)

/** What only a member of the classic protocol may be told. */
const ofClassic = { 'session.timeout.ms': 2000, 'heartbeat.interval.ms': 300 }

export const consumerScripts: Script = fc
  .tuple(
    fc.tuple(settings, protocol, fc.boolean()),
    fc.integer({ min: 1, max: 2 }),
    fc.array(wish, { minLength: 4, maxLength: 12 }),
  )
  .map(([[chosen, spoken, isStatic], partitions, wishes]): Experiment => {
    const crew: Crew = { up: new Set(), known: new Set(), partitions, values: 0 }
    const begin: readonly Wish[] = [
      { wish: 'publish', lane: 0, count: 2 },
      { wish: 'arrive', who: 'ann' },
    ]
    const isFatal = isStatic && 'group.protocol' in spoken
    const steps = [...begin, ...wishes].flatMap((one) => stepsOf(gently(one, isFatal), crew))
    const lanes = Array.from({ length: partitions }, (_, p): Step => {
      return { do: 'fetchOffsets', group, lane: `${topic}/${p}` }
    })
    const classic = 'group.protocol' in spoken ? {} : ofClassic
    const all = { ...chosen, ...classic, ...spoken }
    const named_ = isStatic ? { 'group.instance.id': '$HOSTNAME' } : {}
    const consumer = { group, topic, settings: { ...all, ...named_ } }
    return named('random-consumers', {
      topics: { [topic]: partitions },
      groups: { [group]: { 'consumer.session.timeout.ms': 2000 } },
      consumers: { ann: consumer, bob: consumer },
      steps: [...steps, ...lanes, { do: 'processed', group }],
    })
  })
