// The schema of a RabbitMQ experiment: a script over AMQP 0-9-1 as data, run on the model and on the real
// broker, for each queue type and version it is about.
import * as z from 'zod/mini'
import {
  closed,
  field,
  list,
  named,
  slug,
  text,
  title,
  whole,
} from '../../scenario/schema-parts.ts'

const MINUTES_MS = 600_000
const optional = z.exactOptional
const label = () => named(60)
const name = () => named(60)
const body = () => text(1, 100)

const channel = () =>
  field(
    optional(slug()),
    'Channel',
    'A channel, opened when it is first named; without it, the one called "main".',
  )
const queue = () => field(name(), 'Queue', 'A queue of this experiment.')
const exchange = () => field(name(), 'Exchange', 'An exchange of this experiment.')
const key = () => field(optional(text(0, 200)), 'Key', 'The routing key; without it, empty.')
const args = () =>
  field(
    optional(z.record(text(1, 100), z.union([z.boolean(), z.number(), text(0, 200)]))),
    'Arguments',
    'Arguments by their real names; names of queues and exchanges of this experiment may be values.',
  )
const flag = (called: string, description: string) =>
  field(optional(z.literal(true)), called, description)

function step<const Do extends string, const Shape extends z.core.$ZodShape>(
  op: Do,
  description: string,
  shape: Shape,
) {
  const fields = closed({
    do: field(z.literal(op), 'Do', description),
    as: field(
      optional(label()),
      'As',
      'The name under which what comes of it is compared; without it, it is not compared.',
    ),
    ...shape,
  })
  return field(fields, op, description)
}

const settling = z.enum(['hold', 'ack', 'nack', 'reject', 'drop'])

/** What the application does with each delivery, at once or later. */
const handle = closed({
  do: field(
    settling,
    'Do',
    'hold: nothing. nack, reject: back to the queue. drop: rejected for good (requeue=false).',
  ),
  only: field(optional(list(body(), 1, 20)), 'Only', 'Of these messages; the others are acked.'),
  times: field(optional(whole(1, 1000)), 'Times', 'So often in all; then it acks.'),
  afterMs: field(optional(whole(1, MINUTES_MS)), 'After', 'It works so long first.'),
  replies: flag('Replies', 'First publishes an answer to reply_to, under the same correlation_id.'),
})

const wire = [
  step('open', 'Opens a channel; on a connection that others use, if it names one.', {
    channel: field(slug(), 'Channel', 'The name of the channel.'),
    connection: field(
      optional(slug()),
      'Connection',
      'The name of its connection; without it, a connection of its own.',
    ),
    plain: flag('Plain', 'Without publisher confirms: publishes are told as "sent".'),
  }),
  step('closeChannel', 'Closes a channel in order.', { channel: channel() }),
  step('destroy', 'Destroys the socket of a connection: the process died.', {
    connection: field(slug(), 'Connection', 'The connection; that of channel c is called c.'),
  }),
  step(
    'silence',
    'Keeps the socket of a connection open and says nothing more, no heartbeat either.',
    {
      connection: field(slug(), 'Connection', 'The connection; that of channel c is called c.'),
    },
  ),
  step('restartNode', 'Stops the broker and starts it again.', {}),
  step('wait', 'Lets time pass.', { ms: field(whole(1, MINUTES_MS), 'Milliseconds', 'How long.') }),
] as const

const shape = [
  step('declareQueue', 'Declares a queue; durable, and of the type under test unless told.', {
    channel: channel(),
    queue: queue(),
    type: field(
      optional(z.enum(['classic', 'quorum', 'stream'])),
      'Type',
      'Its type; without it, the one under test.',
    ),
    transient: flag('Transient', 'Not durable.'),
    exclusive: flag('Exclusive', 'Of this connection alone.'),
    autoDelete: flag('Auto-delete', 'Gone with its last consumer.'),
    passive: flag('Passive', 'Only asks whether it is there.'),
    arguments: args(),
  }),
  step('deleteQueue', 'Deletes a queue.', { channel: channel(), queue: queue() }),
  step('purge', 'Purges a queue: how many there were.', { channel: channel(), queue: queue() }),
  step('declareExchange', 'Declares a durable exchange.', {
    channel: channel(),
    exchange: exchange(),
    type: field(
      z.enum(['direct', 'fanout', 'topic', 'headers', 'x-consistent-hash']),
      'Type',
      'Its type.',
    ),
    arguments: args(),
  }),
  step('bind', 'Binds a queue to an exchange.', {
    channel: channel(),
    queue: queue(),
    exchange: field(text(0, 60), 'Exchange', 'An exchange; empty: the default exchange.'),
    key: key(),
    arguments: args(),
  }),
  step('bindExchange', 'Binds an exchange to another.', {
    channel: channel(),
    from: field(name(), 'From', 'The source.'),
    to: field(name(), 'To', 'The destination.'),
    key: key(),
  }),
  step('unbind', 'Takes back what `bind` did; the same key and arguments name it.', {
    channel: channel(),
    queue: queue(),
    exchange: exchange(),
    key: key(),
    arguments: args(),
  }),
  step('unbindExchange', 'Takes back what `bindExchange` did.', {
    channel: channel(),
    from: field(name(), 'From', 'The source.'),
    to: field(name(), 'To', 'The destination.'),
    key: key(),
  }),
  step('deleteExchange', 'Deletes an exchange.', {
    channel: channel(),
    exchange: exchange(),
    ifUnused: flag('If unused', 'Only if nothing is bound to it.'),
  }),
] as const

const messages = [
  step('publish', 'Publishes, one after another, and waits for each confirm: "A:ack B:nack".', {
    channel: channel(),
    queue: field(optional(name()), 'Queue', 'By the default exchange to this queue.'),
    exchange: field(optional(name()), 'Exchange', 'To this exchange.'),
    key: key(),
    bodies: field(list(body(), 1, 200), 'Bodies', 'One message each.'),
    keyIsBody: flag('Key is body', 'Each message has its body for a routing key.'),
    mandatory: flag('Mandatory', 'Returned when no queue takes it.'),
    transient: flag('Transient', 'delivery_mode 1.'),
    priority: field(optional(whole(0, 255)), 'Priority', 'Property priority.'),
    expiration: field(optional(text(1, 20)), 'Expiration', 'Property expiration, ms as a string.'),
    messageId: field(optional(name()), 'Message id', 'Property message_id.'),
    correlationId: field(optional(name()), 'Correlation id', 'Property correlation_id.'),
    replyTo: field(optional(name()), 'Reply to', 'Property reply_to, a queue.'),
    headers: field(
      optional(
        z.record(
          text(1, 100),
          z.union([z.boolean(), z.number(), text(0, 200), list(name(), 1, 10)]),
        ),
      ),
      'Headers',
      'Property headers.',
    ),
    copiesDeaths: flag('Copies deaths', 'With the headers of the message drained last.'),
  }),
  step(
    'publishNumbered',
    'Publishes to a stream over the stream protocol, each confirmed before the next: "1 A:ack". Then the process dies.',
    {
      queue: queue(),
      publisher: field(
        optional(name()),
        'Publisher',
        'The reference of the publisher; without it, it is anonymous.',
      ),
      messages: field(
        list(
          closed({
            id: field(whole(0, 1_000_000), 'Id', 'The publishing id.'),
            body: field(body(), 'Body', 'The message.'),
          }),
          1,
          200,
        ),
        'Messages',
        'One after another.',
      ),
    },
  ),
  step('qos', 'Sets the prefetch count of consumers to come.', {
    channel: channel(),
    count: field(whole(0, 65_535), 'Count', 'Most unacknowledged deliveries; 0: no limit.'),
    global: flag('Global', 'For the channel as a whole.'),
  }),
  step('consume', 'Starts a consumer.', {
    channel: channel(),
    queue: queue(),
    consumer: field(slug(), 'Consumer', 'Its tag.'),
    noAck: flag('No ack', 'Deliveries are not acknowledged.'),
    exclusive: flag('Exclusive', 'No other consumer beside it.'),
    arguments: args(),
    handle: field(
      optional(handle),
      'Handle',
      'What it does with deliveries; without it, it holds.',
    ),
  }),
  step('cancel', 'Ends a consumer.', {
    channel: channel(),
    consumer: field(slug(), 'Consumer', 'Its tag.'),
  }),
  step('settle', 'Settles a delivery.', {
    channel: channel(),
    how: field(z.enum(['ack', 'nack', 'reject', 'drop']), 'How', 'As in `handle`.'),
    body: field(optional(body()), 'Body', 'The first unsettled delivery with this body.'),
    again: flag('Again', 'The one settled last, once more.'),
    tag: field(optional(whole(0, 1000)), 'Tag', 'A delivery tag, whatever was delivered.'),
    multiple: flag('Multiple', 'All up to it.'),
  }),
  step('get', 'Fetches one message: its body, or "empty".', {
    channel: channel(),
    queue: queue(),
    noAck: flag('No ack', 'Not to be acknowledged.'),
  }),
  step('tx', 'tx.select, tx.commit or tx.rollback.', {
    channel: channel(),
    how: field(z.enum(['select', 'commit', 'rollback']), 'How', 'Which of the three.'),
  }),
  step('recover', 'basic.recover: back with all that is unacknowledged.', { channel: channel() }),
] as const

const looks = [
  step(
    'seen',
    'What these consumers were sent since they were last asked, when it has become quiet.',
    {
      consumers: field(list(slug(), 1, 10), 'Consumers', 'By their tags.'),
      idleMs: field(
        optional(whole(50, 20_000)),
        'Idle',
        'How long it must be quiet; without it 800.',
      ),
      show: field(
        optional(z.enum(['bodies', 'deaths', 'count'])),
        'Show',
        'bodies, deaths (x-death of each), or how many.',
      ),
    },
  ),
  step('drain', 'Empties a queue by a consumer of its own, one message at a time.', {
    queue: queue(),
    show: field(
      optional(z.enum(['bodies', 'deaths', 'routes', 'count', 'properties'])),
      'Show',
      'bodies, deaths (x-death), routes (exchange and key), properties, or how many.',
    ),
  }),
  step('count', 'Asks for ready messages and consumers, by a channel of its own.', {
    queue: queue(),
  }),
  step('events', 'What befell a channel: closed, cancelled, returned messages.', {
    channel: channel(),
  }),
] as const

export const stepSchema = z.discriminatedUnion('do', [...wire, ...shape, ...messages, ...looks])

const observed = () => z.record(label(), z.json())

/** 'all', a type, a version, or both: "4.3/quorum". The more precise entry wins. */
const expectation = () =>
  z.partialRecord(
    z.enum([
      'all',
      'classic',
      'quorum',
      'stream',
      '4.3',
      '4.0',
      '4.3/classic',
      '4.3/quorum',
      '4.3/stream',
      '4.0/classic',
      '4.0/quorum',
      '4.0/stream',
    ]),
    observed(),
  )

export const experimentSchema = closed({
  version: field(z.literal(1), 'Version', 'Of the document’s form.'),
  broker: field(z.literal('rabbitmq'), 'Broker', 'Whose experiment it is.'),
  id: field(slug(), 'Id', 'The file’s name.'),
  title: field(title(), 'Title', 'What is tried, in a few words.'),
  row: field(optional(text(1, 10)), 'Row', 'Its row in the conformance catalogue, e.g. "R05".'),
  source: field(
    text(1, 300),
    'Source',
    'Where the behaviour is promised, written or was measured.',
  ),
  class: field(
    z.enum(['deterministic', 'unspecified']),
    'Class',
    'deterministic: equal every time. unspecified: shown, not compared.',
  ),
  types: field(
    list(z.enum(['classic', 'quorum', 'stream']), 1, 3),
    'Types',
    'The queue types it is run with.',
  ),
  versions: field(
    optional(list(z.enum(['4.3', '4.0']), 1, 2)),
    'Versions',
    'The versions it is run on; without it, all.',
  ),
  consumerTimeoutMs: field(
    optional(whole(1000, MINUTES_MS)),
    'Consumer timeout',
    'The broker’s consumer_timeout; without it, half an hour.',
  ),
  heartbeatSeconds: field(
    optional(whole(1, 60)),
    'Heartbeat',
    'The heartbeat timeout that its clients ask for; without it, none.',
  ),
  steps: field(list(stepSchema, 1, 200), 'Steps', 'What is done, one after the other.'),
  expect: field(expectation(), 'Expect', 'What is observed, by the `as` of the steps.'),
})
z.globalRegistry.add(experimentSchema, {
  title: 'RabbitMQ experiment',
  description: 'A script over AMQP 0-9-1, run on the model and on the real broker.',
})
