// The picture of whole runs: what exchanges hand to queues, dead letters with their reason, what comes back with
// its count, answers.
import { describe, expect, test } from 'vitest'
import type { Picture, QueuePart, WirePart } from '../../picture/types.ts'
import { starterScenario } from '../../scenario/catalogue.ts'
import type { Scenario } from '../../scenario/types.ts'
import { bareQueue } from '../../session/bare-rabbitmq.fixture.ts'
import { openSession } from '../../session/session.ts'
import { DEFAULT_EXCHANGE } from './draw-exchanges.ts'

const DEAD = 'orders.payments.dlq'

/** The first picture of a run that is as wanted. */
function first(scenario: Scenario, wanted: (picture: Picture) => boolean): Picture {
  const session = openSession(scenario)
  for (let step = 0; step < 4000; step++) {
    const picture = session.picture()
    if (wanted(picture)) return picture
    if (!session.stepForward()) break
  }
  throw new Error(`${scenario.id} never looks like this`)
}
const starter = (id: string) => starterScenario(id) as Scenario
const queueIn = ({ parts }: Picture, id: string) =>
  parts.find((part): part is QueuePart => part.kind === 'queue' && part.id === id)
const wireIn = ({ parts }: Picture, from: string, to: string) =>
  parts.find((part): part is WirePart => part.kind === 'wire' && part.id === `${from}>${to}`)
const saidIn = (picture: Picture, id: string) => {
  const queue = queueIn(picture, id)
  return [...(queue?.unacked ?? []), ...(queue?.ready ?? [])].flatMap(({ said }) => said ?? [])
}
const holds = (id: string) => (picture: Picture) => (queueIn(picture, id)?.ready.length ?? 0) > 0

describe('an exchange', () => {
  test('stands alone while there is nothing that only the default one hands out', () => {
    const picture = first(starter('rabbitmq-orders-story'), () => true)
    expect(picture.streams.map(({ title, note }) => [title, note])).toEqual([
      ['orders', 'fanout exchange'],
    ])
    expect(queueIn(picture, 'orders.email')).toMatchObject({ title: 'email', note: 'quorum queue' })
    expect(wireIn(picture, 'orders', 'orders.email')).toBeDefined()
    expect(queueIn(picture, 'orders.email.dlq')).toBeUndefined()
  })
})

describe('dead letters', () => {
  test('go through the default exchange to a queue of their own, and say why', () => {
    const picture = first(starter('dead-letter-ring'), holds(DEAD))
    expect(picture.streams.map(({ id }) => id)).toEqual(['orders', DEFAULT_EXCHANGE])
    expect(queueIn(picture, DEAD)).toMatchObject({
      stream: DEFAULT_EXCHANGE,
      title: 'payments.dlq',
    })
    expect(saidIn(picture, DEAD)).toEqual(['x-death: rejected'])
    expect(wireIn(picture, 'orders.payments', DEFAULT_EXCHANGE)?.label).toBe('rejected')
    expect(wireIn(picture, DEFAULT_EXCHANGE, DEAD)).toBeDefined()
  })

  test('that lead back have a line there, and say the second time how often', () => {
    const twice = first(starter('dead-letter-ring'), (picture) =>
      saidIn(picture, DEAD).includes('x-death: rejected ×2'),
    )
    expect(wireIn(twice, DEFAULT_EXCHANGE, 'orders.payments')).toBeDefined()
    expect(wireIn(twice, DEAD, DEFAULT_EXCHANGE)?.label).toBe('expired')
  })

  test.each([
    ['expired', { queue: { 'x-message-ttl': 1 } }],
    ['maxlen', { queue: { 'x-max-length': 1, 'x-overflow': 'drop-head' } }],
  ])('of a queue that loses them by itself: %s', (reason, change) => {
    // One in somebody's hands for long, so that others wait behind it.
    const slow = { service: { handlerMs: [3000, 3000] }, messages: 6 }
    const picture = first(bareQueue({ ...slow, ...change }), holds(DEAD))
    expect(saidIn(picture, DEAD)[0]).toBe(`x-death: ${reason}`)
    expect(wireIn(picture, 'orders.payments', DEFAULT_EXCHANGE)?.label).toBe(reason)
  })

  test('of a delivery limit', () => {
    const picture = first(starter('delivery-limit-ends-the-loop'), holds(DEAD))
    expect(saidIn(picture, DEAD)).toEqual(['x-death: delivery_limit'])
  })

  test('have a queue that stays once it was there', () => {
    const scenario = starter('delivery-limit-ends-the-loop')
    const session = openSession(scenario)
    let wasThere = false
    do {
      const isThere = queueIn(session.picture(), DEAD) !== undefined
      if (wasThere) expect(isThere).toBe(true)
      wasThere = isThere
    } while (session.stepForward())
    expect(wasThere).toBe(true)
  })
})

describe('what comes back to a quorum queue', () => {
  const poison = { fault: 'poison-message', at: { actor: 'card' } }
  const failing = (change: Parameters<typeof bareQueue>[0]): Scenario => ({
    ...bareQueue({ service: { maxAttempts: 1 }, ...change }),
    faults: [poison],
  })
  test('says how often it failed, and a limit that was given stands beside its name', () => {
    const scenario = failing({
      queue: { 'x-queue-type': 'quorum', 'x-delivery-limit': 3 },
      consumer: { requeue: 'basic.reject' },
    })
    const picture = first(scenario, (each) =>
      saidIn(each, 'orders.payments').includes('x-delivery-count=2'),
    )
    expect(queueIn(picture, 'orders.payments')?.note).toBe('quorum queue, limit 3')
  })
  test('by a nack of 4.3 counts as acquired and not as failed', () => {
    const scenario = failing({ queue: { 'x-queue-type': 'quorum' } })
    const picture = first(scenario, (each) => saidIn(each, 'orders.payments').length > 0)
    expect(saidIn(picture, 'orders.payments')).toEqual(['x-acquired-count=1'])
  })
  test('to a classic queue is not counted', () => {
    const scenario = failing({ queue: { 'x-queue-type': 'classic' } })
    const picture = first(scenario, (each) => {
      const queue = queueIn(each, 'orders.payments')
      return queue?.unacked[0]?.token?.redelivered === true
    })
    expect(saidIn(picture, 'orders.payments')).toEqual([])
  })
})

describe('answers', () => {
  const ANSWERS = 'orders.order-service.answers'
  test('travel from who did it to the default exchange, and from their queue to who asked', () => {
    const scenario = starter('rpc-with-a-lost-answer')
    const wiresOf = (picture: Picture) => picture.flights.map(({ wire }) => wire)
    const sent = `payments-0>${DEFAULT_EXCHANGE}`
    const got = `${ANSWERS}>order-service`
    for (const wire of [sent, got]) {
      const picture = first(scenario, (each) => wiresOf(each).includes(wire))
      expect(picture.parts.some((part) => part.kind === 'wire' && part.id === wire)).toBe(true)
      expect(wireIn(picture, DEFAULT_EXCHANGE, ANSWERS)).toBeDefined()
    }
  })
  test('have a place also while their queue is gone with its connection', () => {
    const picture = first(starter('rpc-with-a-lost-answer'), (each) => {
      const queue = queueIn(each, ANSWERS)
      return queue?.note === 'not declared'
    })
    expect(queueIn(picture, ANSWERS)).toMatchObject({ stream: DEFAULT_EXCHANGE, ready: [] })
  })
})

test('who is active among consumers of which one is, stands on its line, and changes with a cancel', () => {
  const session = openSession(starter('single-active-consumer-cancelled'))
  const active: string[] = []
  do {
    const now = session
      .picture()
      .parts.flatMap((part) => (part.kind === 'wire' && part.label === 'active' ? [part.to] : []))
      .join()
    if (now !== active.at(-1)) active.push(now)
  } while (session.stepForward())
  expect(active.slice(0, 3)).toEqual(['', 'payments-1', 'payments-0'])
})

test('where all may consume, nobody is told to be active', () => {
  const session = openSession(starter('competing-consumers'))
  session.seekTime(3000)
  const labels = session
    .picture()
    .parts.flatMap((part) => (part.kind === 'wire' ? [part.label] : []))
  expect(labels.length).toBeGreaterThan(4)
  expect(labels).not.toContain('active')
})
