// What comes back, or is left behind: lengths, groups of settlements, names that are used again, restarts.
import { describe, expect, test } from 'vitest'
import { consume, method, numbersIn, opened, publish, queue, readyIn } from './node.fixture.ts'

const quorum = { 'x-queue-type': 'quorum' }
const dead = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'D' }
const nack = (deliveryTag: number, multiple = false) =>
  method('BasicNack', { deliveryTag, multiple, requeue: true })
const qos = (prefetchCount: number) => method('BasicQos', { prefetchCount, global: false })
const declare = (name: string, given = {}) =>
  method('QueueDeclare', {
    queue: name,
    passive: false,
    durable: true,
    exclusive: false,
    autoDelete: false,
    arguments: given,
  })

const retries = (type: string) => ({ 'x-delayed-retry-type': type, 'x-delayed-retry-min': 100 })

type Bench = ReturnType<typeof opened>
function holding(bench: Bench, most: number, all: number) {
  bench.hears('a', qos(most))
  bench.hears('a', consume)
  for (let n = 0; n < all; n++) bench.hears('a', publish(n))
  bench.sent('a')
}
describe('a queue that is full', () => {
  test('and refuses publishers drops nothing that comes back', () => {
    const refusing = { 'x-max-length': 1, 'x-overflow': 'reject-publish' }
    const bench = opened({ queues: [queue('Q', refusing)] })
    holding(bench, 1, 2)
    bench.hears('a', method('ChannelClose'))
    expect(numbersIn(bench.state)).toEqual([0, 1])
  })

  test('drops what comes back before it delivers again, if it is a classic one', () => {
    for (const [given, left] of [
      [{}, [1]],
      [quorum, [0]],
    ] as const) {
      const bench = opened({ queues: [queue('Q', { ...given, 'x-max-length': 1 })] })
      holding(bench, 1, 2)
      bench.hears('a', nack(1))
      const held = bench.state.connections['a']?.channels[1]?.unacked.chunks.flat() ?? []
      expect(held.map(({ entry }) => entry.content.message.n)).toEqual(left)
    }
  })

  test('dead-letters what it drops with the flags it came back with', () => {
    const given = { ...dead, 'x-max-length': 1 }
    const cases = [
      ['4.3', {}, [0, 1]],
      ['4.3', quorum, [0, 1]],
      ['4.0', quorum, [1, 0]],
    ] as const
    for (const [version, type, order] of cases) {
      const queues = [queue('Q', { ...given, ...type }), queue('D', type)]
      const bench = opened({ version, queues })
      holding(bench, 2, 3)
      bench.hears('a', method('ChannelClose'))
      expect(numbersIn(bench.state, 'D')).toEqual(order)
      expect(readyIn(bench.state, 'D').every((entry) => entry.redelivered)).toBe(true)
    }
  })

  test('takes dead letters if it is a quorum queue, and only stops publishers', () => {
    const full = { 'x-max-length': 1, 'x-overflow': 'reject-publish' }
    for (const [type, kept] of [
      [quorum, 4],
      [{}, 1],
    ] as const) {
      const queues = [queue('Q', { ...dead, 'x-max-length': 0 }), queue('D', { ...full, ...type })]
      const bench = opened({ queues })
      for (let n = 0; n < 4; n++) bench.hears('a', publish(n))
      expect(numbersIn(bench.state, 'D')).toHaveLength(kept)
    }
  })

  test('counts dead letters that nobody has taken', () => {
    const given = {
      ...quorum,
      ...dead,
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
      'x-max-length': 1,
    }
    const bench = opened({ queues: [queue('Q', given)] })
    holding(bench, 1, 1)
    bench.hears('a', method('BasicReject', { deliveryTag: 1, requeue: false }))
    bench.hears('a', method('BasicCancel', { consumerTag: 'c' }))
    expect(bench.state.queues['Q']?.full).toBe(false)
    bench.hears('a', publish(1))
    expect(bench.state.queues['Q']?.full).toBe(true)
  })
})

test('one nack over two consumers returns the deliveries of one, then of the other', () => {
  const bench = opened()
  bench.hears('a', consume)
  bench.hears('a', method('BasicConsume', { ...OTHER, consumerTag: 'd' }))
  for (let n = 0; n < 3; n++) bench.hears('a', publish(n))
  bench.hears('a', method('BasicCancel', { consumerTag: 'd' }))
  bench.hears('a', nack(0, true))
  const held = bench.state.connections['a']?.channels[1]?.unacked.chunks.flat() ?? []
  expect(held.map(({ entry }) => entry.content.message.n)).toEqual([0, 2, 1])
})

const OTHER = { queue: 'Q', noAck: false, exclusive: false, arguments: {} }

test('what was held of a deleted queue comes back to none of its name', () => {
  const bench = opened()
  holding(bench, 1, 1)
  bench.hears('a', method('QueueDelete', { queue: 'Q' }))
  bench.hears('a', declare('Q'))
  bench.hears('a', nack(1))
  expect(numbersIn(bench.state)).toEqual([])
  expect(bench.state.queues['Q']?.held).toBe(0)
})

const retried = { ...quorum, 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1000 }
const get = method('BasicGet', { queue: 'Q', noAck: false })
const reject = (deliveryTag: number) => method('BasicReject', { deliveryTag, requeue: false })
const removedIn = ({ seen }: Bench) =>
  seen.filter(({ kind }) => kind === 'removed').map(({ message }) => message.n)

/** One is ready, one held, one waits for its retry, and no target has taken the fourth. */
function everywhere(change: object = {}): Bench {
  const kept = { 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' }
  const bench = opened({ queues: [queue('Q', { ...retried, ...kept, ...dead })], ...change })
  for (let n = 0; n < 4; n++) bench.hears('a', publish(n))
  for (let n = 0; n < 3; n++) bench.hears('a', get)
  bench.hears('a', nack(1))
  bench.hears('a', reject(2))
  return bench
}

test('a deleted queue takes everything along, whoever has it', () => {
  const bench = everywhere()
  bench.hears('a', method('QueueDelete', { queue: 'Q' }))
  expect(removedIn(bench).toSorted()).toEqual([0, 1, 2, 3])
})

test('a purged queue of 4.3 keeps what is held, and nothing waits in it any more', () => {
  const bench = everywhere()
  bench.sent('a')
  bench.hears('a', method('QueuePurge', { queue: 'Q' }))
  expect(bench.sent('a')).toMatchObject([{ kind: 'MethodOk', messageCount: 3 }])
  expect(removedIn(bench).toSorted()).toEqual([0, 1, 3])
  expect(bench.can()).toEqual([])
  bench.hears('a', nack(3))
  bench.does('DelayedRetryEnds', bench.state.retries[0] as never)
  expect(numbersIn(bench.state)).toEqual([2])
})

test('what waits for its retry is not dropped for the length', () => {
  const bench = opened({ queues: [queue('Q', { ...retried, 'x-max-length': 1 })] })
  holding(bench, 2, 2)
  bench.hears('a', nack(0, true))
  expect(bench.state.queues['Q']?.delayed.count).toBe(2)
})

test('a dead letter of its own queue takes another number than the copy that leaves', () => {
  const own = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'Q' }
  const bench = opened({ queues: [queue('Q', { ...own, 'x-message-ttl': 1000 })] })
  bench.hears('a', publish(0))
  bench.hears('a', get)
  bench.hears('a', reject(1))
  expect(bench.seen.map(({ kind, place }) => [kind, place?.offset])).toEqual([
    ['stored', 1],
    ['removed', 0],
  ])
  expect(bench.state.ttls.map(({ seq }) => seq)).toEqual([1])
})

describe('a restart', () => {
  test('is a failure of what was held: it is given up, or waits, as when its connection dies', () => {
    const cases = [
      [
        { 'x-delivery-limit': 0, ...dead },
        { ready: [1], dead: [0], delayed: 0 },
      ],
      [
        { 'x-delivery-limit': 1, ...dead },
        { ready: [0, 1], dead: [], delayed: 0 },
      ],
      [retries('failed'), { ready: [1], dead: [], delayed: 1 }],
      [retries('returned'), { ready: [0, 1], dead: [], delayed: 0 }],
    ] as const
    for (const [given, left] of cases) {
      for (const end of ['RestartNode', 'ConnectionClosed']) {
        const bench = opened({ queues: [queue('Q', { ...quorum, ...given }), queue('D')] })
        holding(bench, 1, 2)
        if (end === 'RestartNode') bench.does(end)
        else bench.hears('a', method(end))
        const { state } = bench
        const ready = numbersIn(state)
        const delayed = state.retries.length
        expect({ ready, dead: numbersIn(state, 'D'), delayed }).toEqual(left)
      }
    }
  })

  test('lets time go on: what has expired meanwhile is gone', () => {
    const bench = opened()
    bench.hears('a', publish(0, { properties: { delivery_mode: 2, expiration: '400' } }))
    bench.does('RestartNode')
    expect(bench.can().toSorted()).toEqual(['MessageTtlExpires', 'NodeStarts'])
    bench.does('MessageTtlExpires', bench.state.ttls[0] as never)
    bench.does('NodeStarts')
    expect(readyIn(bench.state)).toEqual([])
  })

  test('forgets the times of what it loses', () => {
    const transient = { ...queue('Q'), durable: false }
    const bench = opened({ queues: [transient] })
    bench.hears('a', publish(0, { properties: { delivery_mode: 2, expiration: '400' } }))
    bench.does('RestartNode')
    expect(bench.state.ttls).toEqual([])
  })

  test('returns to a quorum queue in the order of delivery, to a classic one in that of publication', () => {
    for (const [given, order] of [
      [quorum, [1, 0]],
      [{}, [0, 1]],
    ] as const) {
      const bench = opened({ queues: [queue('Q', given)] })
      holding(bench, 2, 2)
      bench.hears('a', nack(1))
      bench.does('RestartNode')
      bench.does('NodeStarts')
      expect(numbersIn(bench.state)).toEqual(order)
    }
  })
})

test('a quorum queue of 4.0 takes every third message by age, and the others by priority', () => {
  const bench = opened({ version: '4.0', queues: [queue('Q', quorum)] })
  const high = { delivery_mode: 2, priority: 5 }
  for (const [n, properties] of [
    [0, {}],
    [1, {}],
    [2, high],
    [3, high],
    [4, high],
    [5, high],
    [6, {}],
  ] as const) {
    bench.hears('a', publish(n, { properties }))
  }
  bench.hears('a', consume)
  const held = bench.state.connections['a']?.channels[1]?.unacked.chunks.flat() ?? []
  expect(held.map(({ entry }) => entry.content.message.n)).toEqual([2, 3, 0, 4, 5, 1, 6])
})

test('the third is the one of high priority where that is older', () => {
  const bench = opened({ version: '4.0', queues: [queue('Q', quorum)] })
  const high = { delivery_mode: 2, priority: 5 }
  for (const n of [0, 1, 2]) bench.hears('a', publish(n, { properties: high }))
  for (const n of [3, 4]) bench.hears('a', publish(n, { properties: {} }))
  bench.hears('a', consume)
  const held = bench.state.connections['a']?.channels[1]?.unacked.chunks.flat() ?? []
  expect(held.map(({ entry }) => entry.content.message.n)).toEqual([0, 1, 2, 3, 4])
})
