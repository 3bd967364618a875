// The story: who publishes what, who listens, and which effect follows. There is no broker word in it.
import * as z from 'zod'
import { limits } from './limits.ts'
import { closed, duration, field, range, slug, text, whole } from './schema-parts.ts'

/** Without a title of its own, a thing is called by its id. */
function titled<T extends { id: string; title?: string }>(thing: T): T & { title: string } {
  return { ...thing, title: thing.title ?? thing.id }
}
const title = () =>
  field(
    text(limits.titleLength).min(1).exactOptional(),
    'Title',
    'What people read. Default: the id.',
  )

const producer = closed({
  id: field(slug(), 'Id', 'Names the producer in anchors and in the log; kebab-case.'),
  title: title(),
  publishes: field(slug(), 'Publishes', 'The stream it publishes to; one of `streams`.'),
  count: field(whole(0, limits.messages).default(9), 'Count', 'How many events it publishes.'),
  everyMs: field(range().default([500, 700]), 'Every', 'Time between two events, [min, max] ms.'),
  keys: field(
    z
      .array(text(limits.nameLength).min(1))
      .min(1)
      .max(limits.keys)
      .default(['user-8', 'user-7', 'user-5', 'user-12', 'user-9']),
    'Keys',
    'The keys of its events, taken in turn.',
  ),
  eventTypes: field(
    z
      .array(text(limits.nameLength).min(1))
      .min(1)
      .max(limits.eventTypes)
      .default(['OrderCreated', 'PaymentReceived', 'OrderShipped']),
    'Event types',
    'What happens to each order, in this order.',
  ),
  firstOrder: field(
    whole(0, 1_000_000_000).default(41),
    'First order',
    'Number of the first order; the others count up from it.',
  ),
  keyChoice: field(
    z.union([z.enum(['key', 'none']), whole(0, limits.partitions - 1)]).default('key'),
    'Key choice',
    '"key": by the key of the event; "none": sent without a key; a number: always that lane.',
  ),
  resendsWithNewId: field(
    z.boolean().default(false),
    'Resends with a new id',
    'Whether the application sends an unconfirmed event again under a new event id.',
  ),
}).transform(titled)

const strategy = z
  .discriminatedUnion('kind', [
    closed({ kind: field(z.literal('none'), 'Kind', 'Every delivery has its effect.') }),
    closed({
      kind: field(z.literal('in-memory-set'), 'Kind', 'Seen ids, lost with the process.'),
    }),
    closed({
      kind: field(z.literal('dedup-table'), 'Kind', 'Seen ids in a store of their own.'),
      marks: field(
        z.enum(['before', 'after']),
        'Marks',
        'Whether an id is marked as seen before or after the effect.',
      ),
    }),
    closed({
      kind: field(
        z.literal('transactional-inbox'),
        'Kind',
        'The id and the effect in one transaction of one database.',
      ),
    }),
    closed({ kind: field(z.literal('upsert'), 'Kind', 'Writing the same row again.') }),
    closed({
      kind: field(z.literal('version-guard'), 'Kind', 'The row refuses what it already holds.'),
    }),
    closed({
      kind: field(z.literal('idempotency-key'), 'Kind', 'The API remembers a key and its answer.'),
      scope: field(
        z.enum(['message', 'order']).default('message'),
        'Scope',
        'What the key names: this event, or the order that it is about.',
      ),
      retentionMs: field(
        whole(0, limits.retentionMs).default(86_400_000),
        'Retention',
        'How long the API keeps a key, ms.',
      ),
    }),
  ])
  .default({ kind: 'none' })

const service = closed({
  id: field(slug(), 'Id', 'Names the service and its consumer group; kebab-case.'),
  title: title(),
  listensTo: field(slug(), 'Listens to', 'The stream it consumes; one of `streams`.'),
  instances: field(
    whole(1, limits.instances).default(1),
    'Instances',
    'How many processes share the work. Their ids are the service’s id with -0, -1 and so on.',
  ),
  effect: field(
    z.enum(['charge', 'email', 'decrement', 'upsert', 'count']),
    'Effect',
    'What a message makes it do in its sink.',
  ),
  sink: field(slug(), 'Sink', 'Where the effect lands; the id of one of `sinks`.'),
  strategy: field(strategy, 'Strategy', 'How a repeated delivery is kept from a second effect.'),
  ackPoint: field(
    z.enum(['before', 'after']).default('after'),
    'Acknowledges',
    'Whether the position is committed before or after the effect.',
  ),
  workers: field(whole(1, limits.workers).default(1), 'Workers', 'Messages handled at a time.'),
  commitOf: field(
    z.enum(['lowest-contiguous', 'highest-finished']).default('lowest-contiguous'),
    'Commits',
    'With several workers: which finished position a commit names.',
  ),
  handlerMs: field(
    range().default([200, 300]),
    'Handler time',
    'How long the handler works on a message before it calls the sink, [min, max] ms.',
  ),
  onFailure: field(
    z
      .enum(['retry-in-place', 'retry-topic', 'dead-letter-topic', 'skip'])
      .default('retry-in-place'),
    'On failure',
    'What becomes of a message whose effect fails `maxAttempts` times.',
  ),
  maxAttempts: field(
    whole(1, limits.attempts).default(3),
    'Attempts',
    'Attempts before `onFailure` applies.',
  ),
  joinsAtMs: field(duration().default(0), 'Joins at', 'When it starts, ms; 0: from the start.'),
  replays: field(
    z.boolean().default(false),
    'Replays',
    'Whether it exists to rebuild its sink by reading the stream from its beginning.',
  ),
}).transform(titled)

const sink = closed({
  id: field(slug(), 'Id', 'Names the sink; kebab-case.'),
  title: title(),
  kind: field(
    z.enum(['external-api', 'database', 'counts']),
    'Kind',
    'An API of somebody else, a database of the service, or plain counters.',
  ),
  answerMs: field(
    range().default([50, 100]),
    'Answer time',
    'How long it takes to do what it was asked, [min, max] ms.',
  ),
}).transform(titled)

export const story = closed({
  streams: field(
    z.array(slug()).min(1).max(limits.streams),
    'Streams',
    'What events are published to: a topic, a queue, an exchange, as the deployment has it.',
  ),
  producers: field(
    z.array(producer).min(1).max(limits.producers),
    'Producers',
    'Applications that publish events.',
  ),
  services: field(
    z.array(service).max(limits.services).default([]),
    'Services',
    'Applications that consume events; each sees every event of its stream.',
  ),
  sinks: field(
    z.array(sink).max(limits.sinks).default([]),
    'Sinks',
    'Where effects land and stay.',
  ),
})
