// Which arguments a queue and a consumer of each type take. An argument that no type knows is ignored; one
// that another type knows is refused.
import { inequivalent, invalidArgument, invalidProperty, type Refusal } from './errors.ts'
import type { Queue, QueueType, Version } from './node-state.ts'
import type { Arguments, BasicConsume, HeaderValue, QueueDeclare } from './protocol.ts'
import { queueType } from './queue.ts'

const ALL = ['x-queue-type', 'x-expires', 'x-max-length', 'x-max-length-bytes', 'x-overflow']
const DEAD_LETTERS = ['x-dead-letter-exchange', 'x-dead-letter-routing-key', 'x-message-ttl']
const QUEUE: Readonly<Record<QueueType, readonly string[]>> = {
  classic: [...ALL, ...DEAD_LETTERS, 'x-max-priority', 'x-single-active-consumer'],
  quorum: [
    ...ALL,
    ...DEAD_LETTERS,
    'x-single-active-consumer',
    'x-delivery-limit',
    'x-dead-letter-strategy',
  ],
  stream: ['x-queue-type', 'x-max-length-bytes', 'x-max-age', 'x-stream-max-segment-size-bytes'],
}
const QUORUM_SINCE_4_3 = [
  'x-delayed-retry-type',
  'x-delayed-retry-min',
  'x-delayed-retry-max',
  'x-consumer-timeout',
]
const CONSUMER: Readonly<Record<QueueType, readonly string[]>> = {
  classic: ['x-priority'],
  quorum: ['x-priority'],
  stream: ['x-stream-offset'],
}
const CONSUMER_SINCE_4_3 = ['x-consumer-timeout']

type Known = Readonly<Record<QueueType, readonly string[]>>

function since(known: Known, version: Version, more: readonly string[]): Known {
  return version === '4.3' ? { ...known, quorum: [...known.quorum, ...more] } : known
}

function unsuitable(given: Arguments, type: QueueType, known: Known): string | null {
  const others = Object.values(known).flat()
  const found = Object.keys(given).find(
    (name) => others.includes(name) && !known[type].includes(name),
  )
  return found ?? null
}

export function badQueueArgument(e: QueueDeclare, version: Version): Refusal | null {
  const type = queueType(e.arguments)
  const known = since(QUEUE, version, QUORUM_SINCE_4_3)
  const name = unsuitable(e.arguments, type, known)
  if (name !== null) return invalidArgument(name, e.queue, type)
  if (type === 'classic') return null
  if (!e.durable) return invalidProperty('non-durable', e.queue)
  if (e.exclusive) return invalidProperty('exclusive-owner', e.queue)
  return e.autoDelete ? invalidProperty('auto-delete', e.queue) : null
}

export function badConsumerArgument(
  e: BasicConsume,
  type: QueueType,
  version: Version,
): Refusal | null {
  const known = since(CONSUMER, version, CONSUMER_SINCE_4_3)
  const name = unsuitable(e.arguments, type, known)
  return name === null ? null : invalidArgument(name, e.queue, type)
}

const shown = (value: HeaderValue | undefined): string => {
  if (value === undefined) return 'none'
  return `'${value}'`
}

/** A queue is declared again: as it is, or not at all. */
export function otherThan(queue: Queue, e: QueueDeclare): Refusal | null {
  const properties = [
    ['durable', queue.durable, e.durable],
    ['auto_delete', queue.autoDelete, e.autoDelete],
  ] as const
  for (const [name, is, asked] of properties) {
    if (is !== asked) return inequivalent(name, `queue '${e.queue}'`, shown(is), shown(asked))
  }
  const names = [...new Set([...Object.keys(queue.arguments), ...Object.keys(e.arguments)])].sort()
  const other = names.find((name) => queue.arguments[name] !== e.arguments[name])
  if (other === undefined) return null
  return inequivalent(
    other,
    `queue '${e.queue}'`,
    shown(queue.arguments[other]),
    shown(e.arguments[other]),
  )
}
