// The story: who publishes what, who listens, and which effect follows. There is no broker word in it.
import * as z from 'zod/mini'
import { limits } from './limits.ts'
import { closed, duration, field, list, name, range, slug, title, whole } from './schema-parts.ts'

interface Named {
  readonly id: string
  readonly title?: string
}

/** Without a title of its own, a thing is called by its id. */
function titled<T extends z.core.$ZodType<Named>>(schema: T) {
  const withTitle = (thing: z.output<T>) => ({ ...thing, title: thing.title ?? thing.id })
  return z.pipe(schema, z.transform(withTitle))
}

const ownTitle = () =>
  field(z.exactOptional(title()), 'Title', 'What people read. Default: the id.')

const producer = titled(
  closed({
    id: field(slug(), 'Id', 'Names the producer in anchors and in the log; kebab-case.'),
    title: ownTitle(),
    publishes: field(slug(), 'Publishes', 'The stream it publishes to; one of `streams`.'),
    count: field(
      z._default(whole(0, limits.messages), 9),
      'Count',
      'How many events it publishes.',
    ),
    everyMs: field(
      z._default(range(), [500, 700]),
      'Every',
      'Time between two events, [min, max] ms.',
    ),
    keys: field(
      z._default(list(name(), 1, limits.keys), ['user-8', 'user-7', 'user-5', 'user-12', 'user-9']),
      'Keys',
      'The keys of its events, taken in turn.',
    ),
    eventTypes: field(
      z._default(list(name(), 1, limits.eventTypes), [
        'OrderCreated',
        'PaymentReceived',
        'OrderShipped',
      ]),
      'Event types',
      'What happens to each order, in this order.',
    ),
    firstOrder: field(
      z._default(whole(0, 1_000_000_000), 41),
      'First order',
      'Number of the first order; the others count up from it.',
    ),
    keyChoice: field(
      z._default(z.union([z.enum(['key', 'none']), whole(0, limits.partitions - 1)]), 'key'),
      'Key choice',
      '"key": by the key of the event; "none": sent without a key; a number: always that lane.',
    ),
    resendsWithNewId: field(
      z._default(z.boolean(), false),
      'Resends with a new id',
      'Whether the application sends an unconfirmed event again under a new event id.',
    ),
    together: field(
      z._default(whole(1, limits.together), 1),
      'Together',
      'How many of its events belong together: all are published or none, where the deployment offers that.',
    ),
    startsAtMs: field(
      z._default(duration(), 0),
      'Starts at',
      'When it starts, ms; 0: from the start.',
    ),
    removes: field(
      z.exactOptional(list(name(), 1, limits.eventTypes)),
      'Removes',
      'Event types that carry no data: from then on, what their key names is gone.',
    ),
  }),
)

const strategy = z._default(
  z.discriminatedUnion('kind', [
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
      keeps: field(
        z.exactOptional(whole(1, limits.dedupWindow)),
        'Keeps',
        'The dedup window: how many ids are kept, the newest of them. All of them where it is not given.',
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
        z._default(z.enum(['message', 'order']), 'message'),
        'Scope',
        'What the key names: this event, or the order that it is about.',
      ),
      retentionMs: field(
        z._default(whole(0, limits.retentionMs), 86_400_000),
        'Retention',
        'How long the API keeps a key, ms.',
      ),
    }),
  ]),
  { kind: 'none' },
)

const publishes = closed({
  stream: field(slug(), 'Stream', 'The stream it publishes to; one of `streams`.'),
  eventType: field(name(), 'Event type', 'The type of the event that follows.'),
})

const service = titled(
  closed({
    id: field(slug(), 'Id', 'Names the service and its consumer group; kebab-case.'),
    title: ownTitle(),
    listensTo: field(slug(), 'Listens to', 'The stream it consumes; one of `streams`.'),
    instances: field(
      z._default(whole(1, limits.instances), 1),
      'Instances',
      'How many processes share the work. Their ids are the service’s id with -0, -1 and so on.',
    ),
    effect: field(
      z._default(z.enum(['charge', 'email', 'decrement', 'upsert', 'count', 'none']), 'none'),
      'Effect',
      'What a message makes it do in its sink; "none" for a service that only publishes.',
    ),
    sink: field(
      z._default(z.union([z.literal(''), slug()]), ''),
      'Sink',
      'Where the effect lands; the id of one of `sinks`. Empty without an effect.',
    ),
    publishes: field(
      z.exactOptional(publishes),
      'Publishes',
      'The event that follows from each one it acts upon, and where it is published.',
    ),
    handles: field(
      z._default(list(name(), 0, limits.eventTypes), []),
      'Handles',
      'Event types it acts upon; it passes over the others. Without it, all.',
    ),
    strategy: field(strategy, 'Strategy', 'How a repeated delivery is kept from a second effect.'),
    ackPoint: field(
      z._default(z.enum(['before', 'after']), 'after'),
      'Acknowledges',
      'Whether the position is committed before or after the effect.',
    ),
    workers: field(
      z._default(whole(1, limits.workers), 1),
      'Workers',
      'Messages handled at a time.',
    ),
    commitOf: field(
      z._default(z.enum(['lowest-contiguous', 'highest-finished']), 'lowest-contiguous'),
      'Commits',
      'With several workers: which finished position a commit names.',
    ),
    handlerMs: field(
      z._default(range(), [200, 300]),
      'Handler time',
      'How long the handler works on a message before it calls the sink, [min, max] ms.',
    ),
    onFailure: field(
      z._default(
        z.enum(['retry-in-place', 'retry-topic', 'dead-letter-topic', 'skip']),
        'retry-in-place',
      ),
      'On failure',
      'What becomes of a message whose effect fails `maxAttempts` times.',
    ),
    maxAttempts: field(
      z._default(whole(1, limits.attempts), 3),
      'Attempts',
      'Attempts before `onFailure` applies.',
    ),
    joinsAtMs: field(
      z._default(duration(), 0),
      'Joins at',
      'When it starts, ms; 0: from the start.',
    ),
    replays: field(
      z._default(z.boolean(), false),
      'Replays',
      'Whether it exists to rebuild its sink by reading the stream from its beginning.',
    ),
  }),
)

const sink = titled(
  closed({
    id: field(slug(), 'Id', 'Names the sink; kebab-case.'),
    title: ownTitle(),
    kind: field(
      z.enum(['external-api', 'database', 'counts']),
      'Kind',
      'An API of somebody else, a database of the service, or plain counters.',
    ),
    answerMs: field(
      z._default(range(), [50, 100]),
      'Answer time',
      'How long it takes to do what it was asked, [min, max] ms.',
    ),
    slow: field(
      z._default(z.boolean(), false),
      'Slow',
      'Accepts a request and answers later; meanwhile its idempotency key is in progress.',
    ),
  }),
)

export const story = closed({
  streams: field(
    list(slug(), 1, limits.streams),
    'Streams',
    'What events are published to: a topic, a queue, an exchange, as the deployment has it.',
  ),
  producers: field(
    list(producer, 1, limits.producers),
    'Producers',
    'Applications that publish events.',
  ),
  services: field(
    z._default(list(service, 0, limits.services), []),
    'Services',
    'Applications that consume events; each sees every event of its stream.',
  ),
  sinks: field(
    z._default(list(sink, 0, limits.sinks), []),
    'Sinks',
    'Where effects land and stay.',
  ),
})
