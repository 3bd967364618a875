// How far every cell is searched. A cell of a family has the bounds of its family, whatever its answer: only so
// may one row be called weaker than another.
import type { Question } from '../session/exploring.ts'
import { columnsFor } from './columns.ts'
import type { Bounds, Family } from './types.ts'

export const MESSAGES = 3
export const CONSUMERS = 2
/** No family has fewer; who cannot be gone through with so many says with how many it was. */
export const FAULTS = 2
/** Of one search. A core that is left alone proves 150,000 to 300,000 states a second. */
const MAX_STATES = 3_000_000
/**
 * Where several consumers meet two misfortunes in every order. It was raised to this after searches had run: a lapsed
 * key takes 6.4 million states and KIP-848 10.4; automatic commits and several workers have no end at 15 million.
 */
const MANY_STATES = 12_000_000
const MAX_MB = 2048
/** A search of all runs is given up early: the reduced one is over before it, or finds what breaks. */
const REDUCE_FROM = 50_000

// Kinds are those that befall what the family is about, and so is where a search begins: who asks about consumers
// need not ask in which order messages are written and polled, which would be four to seven times as many states.
// Producers: 1.5 million states with two faults for transactions, some 8 million with three. Sinks: a fault for each
// message and one more, still below 50,000 states. Brokers: a lost node only, as with one message and one node that is
// killed or cut off and comes back there is no end to 15 million states.
export const families: readonly Family[] = [
  {
    id: 'producers',
    broker: 'kafka',
    title: 'On the way into the log',
    from: 'settled',
    faults: FAULTS,
    kinds: ['refuse-batch', 'cut-connection'],
  },
  {
    id: 'replicas',
    broker: 'kafka',
    title: 'When a broker fails',
    from: 'settled',
    faults: FAULTS,
    kinds: ['lose-node'],
  },
  {
    id: 'sinks',
    broker: 'kafka',
    title: 'Between consumer and sink',
    from: 'published',
    faults: MESSAGES + 1,
    kinds: ['lose-answer', 'sink-down'],
  },
  {
    id: 'consumers',
    broker: 'kafka',
    title: 'When a consumer fails',
    from: 'published',
    faults: FAULTS,
    maxStates: MANY_STATES,
    kinds: ['crash', 'pause', 'lose-answer'],
  },
  {
    id: 'rabbitmq-publishers',
    broker: 'rabbitmq',
    title: 'On the way into the queue',
    from: 'settled',
    faults: FAULTS,
    kinds: ['cut-connection'],
  },
  {
    id: 'rabbitmq-restarts',
    broker: 'rabbitmq',
    title: 'When the node restarts',
    from: 'published',
    faults: FAULTS,
    kinds: ['restart-broker'],
  },
  {
    id: 'rabbitmq-sinks',
    broker: 'rabbitmq',
    title: 'Between consumer and sink',
    from: 'published',
    faults: MESSAGES + 1,
    kinds: ['lose-answer', 'sink-down'],
  },
  {
    id: 'rabbitmq-failing',
    broker: 'rabbitmq',
    title: 'What no handler can work on',
    from: 'published',
    faults: FAULTS,
    kinds: ['poison-message', 'crash', 'close-channel'],
  },
  {
    id: 'rabbitmq-consumers',
    broker: 'rabbitmq',
    title: 'When a consumer fails',
    from: 'published',
    faults: FAULTS,
    kinds: ['crash', 'close-channel', 'lose-answer', 'deploy'],
  },
]

export function familyOf(id: string): Family {
  const found = families.find((family) => family.id === id)
  if (found === undefined) throw new Error(`there is no family ${id}`)
  return found
}

/** What a family is asked about, in this order. */
export const columnsOf = (family: string): readonly string[] => columnsFor(familyOf(family).broker)

export function boundsOf(family: string): Bounds {
  const { kinds, faults, from, maxStates = MAX_STATES } = familyOf(family)
  return { messages: MESSAGES, consumers: CONSUMERS, faults, kinds, from, maxStates }
}

/** What the explorer is asked for a cell: the same in the script, in a test and on the page. */
export function questionOf(family: string, column: string): Question {
  const { messages: _, consumers: __, ...bounds } = boundsOf(family)
  return { ...bounds, invariant: column, scope: {}, maxMb: MAX_MB, reduceFrom: REDUCE_FROM }
}
