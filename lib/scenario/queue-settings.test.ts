// What a queue asks of those who consume it, and what of its settings means nothing to it, is refused in the document,
// before a broker would refuse it for ever, or the model pass over it.
import { expect, it } from 'vitest'
import { starterScenario } from './catalogue.ts'
import { toDocument } from './document.ts'
import { parseScenario } from './parse.ts'
import type { RabbitmqDeployment, Scenario } from './types.ts'

const scenario = starterScenario('stream-replay-and-dedup') as Scenario
const deployment = scenario.deployment as RabbitmqDeployment

function errorsOf(change: Partial<RabbitmqDeployment>) {
  const parsed = parseScenario(
    toDocument({ ...scenario, deployment: { ...deployment, ...change } }),
  )
  return parsed.ok ? [] : parsed.errors.map(({ path }) => path)
}

it('takes a stream with a prefetch count', () => expect(errorsOf({})).toEqual([]))

it('refuses one without, and one without acknowledgements', () => {
  expect(errorsOf({ consumer: {} })).toEqual(['/deployment/consumer/prefetch_count'])
  expect(errorsOf({ consumer: { prefetch_count: 1, no_ack: true } })).toEqual([
    '/deployment/consumer/no_ack',
  ])
})

it('says so of the one service that reads a stream', () => {
  const queues = { payments: { 'x-queue-type': 'stream' } }
  expect(errorsOf({ queue: {}, queues, consumer: {} })).toEqual([
    '/deployment/services/payments/prefetch_count',
  ])
  const services = { payments: { prefetch_count: 3 } }
  expect(errorsOf({ queue: {}, queues, consumer: {}, services })).toEqual([])
})

it('names the place where it is said', () => {
  const queues = { payments: { 'x-queue-type': 'stream' } }
  const consumer = { prefetch_count: 1, no_ack: true }
  expect(errorsOf({ queue: {}, queues, consumer })).toEqual(['/deployment/consumer/no_ack'])
})

const quorum = { 'x-queue-type': 'quorum', 'x-delivery-limit': 3 }
const plain = { prefetch_count: 1 }

it('refuses what no queue heeds, but not what one of several does', () => {
  const limit = { 'x-delivery-limit': 3 }
  expect(errorsOf({ queue: quorum, consumer: plain })).toEqual([])
  expect(errorsOf({ queue: limit, consumer: plain })).toEqual([
    '/deployment/queue/x-delivery-limit',
  ])
  const queues = { payments: { 'x-queue-type': 'quorum' } }
  expect(errorsOf({ queue: limit, queues, consumer: plain })).toEqual([])
  expect(
    errorsOf({
      queue: quorum,
      queues: { payments: { 'x-queue-type': 'classic' } },
      consumer: plain,
    }),
  ).toEqual([])
})

it('refuses what one says of its own for nothing, by default or not', () => {
  const queues = { payments: { 'x-queue-type': 'classic', 'x-delivery-limit': 3 } }
  expect(errorsOf({ queue: quorum, queues, consumer: plain })).toEqual([
    '/deployment/queues/payments/x-delivery-limit',
  ])
  const usual = { payments: { 'x-queue-type': 'classic', 'x-delivery-limit': 20 } }
  expect(errorsOf({ queue: quorum, queues: usual, consumer: plain })).toEqual([])
})

it('refuses lengths and priorities of a stream, offsets of a queue, and a ring without dead letters', () => {
  const stream = { 'x-queue-type': 'stream', 'x-max-length': 5, 'retry after': 100 }
  expect(errorsOf({ queue: stream, consumer: { ...plain, 'x-priority': 2 } })).toEqual([
    '/deployment/queue/x-max-length',
    '/deployment/queue/retry after',
    '/deployment/consumer/x-priority',
  ])
  expect(errorsOf({ queue: {}, consumer: { 'x-stream-offset': 'first' } })).toEqual([
    '/deployment/consumer/x-stream-offset',
  ])
  const ring = { 'retry after': 100, 'dead-letter-queue': false }
  expect(errorsOf({ queue: ring, consumer: plain })).toEqual(['/deployment/queue/retry after'])
})

it('refuses what only a deployment on Kafka can do with a story', () => {
  const story = {
    ...scenario.story,
    streams: [...scenario.story.streams, 'invoices'],
    producers: scenario.story.producers.map((each) => ({ ...each, together: 2, keyChoice: 1 })),
    services: scenario.story.services.map((each) => ({
      ...each,
      handles: ['PaymentReceived'],
      publishes: { stream: 'invoices', eventType: 'Invoiced' },
      onFailure: 'retry-topic',
      commitOf: 'highest-finished',
    })),
  }
  const parsed = parseScenario(toDocument({ ...scenario, story } as unknown as Scenario))
  const paths = parsed.ok ? [] : parsed.errors.map(({ path }) => path)
  expect(paths).toEqual(
    expect.arrayContaining([
      '/story/producers/0/together',
      '/story/producers/0/keyChoice',
      '/story/services/0/publishes',
      '/story/services/0/onFailure',
      '/story/services/0/commitOf',
    ]),
  )
})
