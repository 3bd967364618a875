// Random scripts about two Java producers of one transactional.id, which fence each other, crash and come back,
// and a consumer whose positions they send into their transactions. Short, since JVMs are slow.
//
// Kept out: an end or a crash while records are on their way (how many arrive is a race), so `later` is
// followed by its flush; timeouts, which the raw scripts try; and send() where the client throws before
// anything is sent, outside of a transaction and after a fatal error, which is no matter of the broker.
import fc from 'fast-check'
import type { Experiment, Step } from '../../../lib/experiments/types.ts'
import { named, type Script } from './script.ts'

const names = ['one', 'two'] as const
type Name = (typeof names)[number]
const words = ['begin', 'send', 'batch', 'offsets', 'commit', 'abort', 'crash', 'arrive'] as const

type Wish =
  | { readonly wish: (typeof words)[number]; readonly who: Name }
  | { readonly wish: 'poll' }

const of = (...wishes: readonly (typeof words)[number][]): fc.Arbitrary<Wish> =>
  fc.record({ wish: fc.constantFrom(...wishes), who: fc.constantFrom('one', 'one', 'two') })

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 5, arbitrary: of('begin', 'send', 'batch', 'commit') },
  { weight: 4, arbitrary: of('begin', 'send', 'offsets', 'abort', 'commit') },
  { weight: 2, arbitrary: of('crash', 'arrive') },
  { weight: 2, arbitrary: fc.constant<Wish>({ wish: 'poll' }) },
)

type State = 'new' | 'gone' | 'idle' | 'open' | 'fatal'

/** What each instance is in, as far as its calls go. */
interface Crew {
  readonly states: Record<Name, State>
  /** Who initialised last: the other one is fenced with its next request. */
  last: Name | null
  values: number
  records: number
}

const reader = 'reader'
const RECORDS = ['A', 'B', 'C', 'D']

function arrive(crew: Crew, who: Name): readonly Step[] {
  const state = crew.states[who]
  if (state !== 'new' && state !== 'gone') return []
  crew.states[who] = 'idle'
  crew.last = who
  return [
    { do: state === 'new' ? 'start' : 'restart', who },
    { do: 'initTransactions', producer: who },
  ]
}

function asked(crew: Crew, who: Name, steps: readonly Step[]): readonly Step[] {
  if (crew.states[who] !== 'open') return []
  if (crew.last !== who) crew.states[who] = 'fatal'
  return steps
}

function batch(crew: Crew, producer: Name): readonly Step[] {
  if (crew.states[producer] !== 'open') return []
  const send = (): Step => ({ do: 'send', producer, value: `v${crew.values++}`, later: true })
  return asked(crew, producer, [send(), send(), { do: 'flush', producer }])
}

function ending(crew: Crew, producer: Name, op: 'commit' | 'abort'): readonly Step[] {
  if (crew.states[producer] === 'open') crew.states[producer] = 'idle'
  return [{ do: op === 'commit' ? 'commitTransaction' : 'abortTransaction', producer }]
}

/** One record a time, and no more than there are: then no poll waits in vain. */
function poll(crew: Crew): readonly Step[] {
  if (crew.records === RECORDS.length) return []
  crew.records += 1
  return [{ do: 'poll', consumer: reader, count: 1 }]
}

function stepsOf(one: Wish, crew: Crew): readonly Step[] {
  if (one.wish === 'poll') return poll(crew)
  const { wish: word, who } = one
  if (word === 'arrive') return arrive(crew, who)
  const state = crew.states[who]
  if (state === 'new' || state === 'gone') return []
  switch (word) {
    case 'begin':
      if (state === 'idle') crew.states[who] = 'open'
      return [{ do: 'beginTransaction', producer: who }]
    case 'send':
      return asked(crew, who, [{ do: 'send', producer: who, value: `v${crew.values++}` }])
    case 'batch':
      return batch(crew, who)
    case 'offsets':
      return asked(crew, who, [{ do: 'sendOffsets', producer: who, consumer: reader }])
    case 'crash':
      crew.states[who] = 'gone'
      return [{ do: 'crash', who }]
    default:
      return ending(crew, who, word)
  }
}

const writer = {
  topic: 'invoices',
  keys: 0,
  settings: { 'transactional.id': 'shop', 'transaction.timeout.ms': 600_000 },
} as const

export const javaTransactionScripts: Script = fc
  .array(wish, { minLength: 4, maxLength: 14 })
  .map((wishes): Experiment => {
    const crew: Crew = { states: { one: 'new', two: 'new' }, last: null, values: 0, records: 0 }
    const begin: readonly Step[] = [
      { do: 'produce', topic: 'orders', values: RECORDS },
      { do: 'start', who: reader },
      ...poll(crew),
      ...arrive(crew, 'one'),
    ]
    const steps = [...begin, ...wishes.flatMap((one) => stepsOf(one, crew))]
    const lane = 'orders/0'
    const ends: readonly Step[] = [
      { do: 'fetchOffsets', group: 'billing', lane },
      { do: 'fetchOffsets', group: 'billing', lane, requireStable: true },
      { do: 'fetch', topic: 'invoices', isolation: 'read_uncommitted' },
      { do: 'fetch', topic: 'invoices', isolation: 'read_committed' },
      { do: 'describeTransaction', transactionalId: 'shop' },
    ]
    return named('random-java-transactions', {
      topics: { orders: 1, invoices: 1 },
      producers: { one: writer, two: writer },
      consumers: {
        [reader]: {
          group: 'billing',
          topic: 'orders',
          settings: {
            'auto.offset.reset': 'earliest',
            'enable.auto.commit': false,
            'max.poll.records': 1,
          },
        },
      },
      steps: [...steps, ...ends],
    })
  })
