// What a node does not do, and whom it counts as a consumer.
import { describe, expect, test } from 'vitest'
import { fieldType } from './argument-values.ts'
import { consume, method, opened, publish, queue } from './node.fixture.ts'
import { headersMatch } from './routing.ts'

const single = { 'x-single-active-consumer': true }
const quorum = { 'x-queue-type': 'quorum' }
const stream = { 'x-queue-type': 'stream' }
const OTHER = { queue: 'Q', noAck: false, exclusive: false, arguments: {} }
const get = method('BasicGet', { queue: 'Q', noAck: false })
const qos = (prefetchCount: number, global = false) => method('BasicQos', { prefetchCount, global })
const ask = method('QueueDeclare', { queue: 'Q', passive: true })

/** The codes with which it closes channel or connection. */
function refusals(given: object, ...methods: readonly ReturnType<typeof method>[]) {
  const bench = opened({ queues: [queue('Q', given)] })
  for (const each of methods) bench.hears('a', each)
  const errors = bench.sent('a') as readonly { kind: string; replyCode?: number }[]
  return errors.flatMap(({ replyCode }) => (replyCode === undefined ? [] : [replyCode]))
}

describe('refused', () => {
  test('an exclusive consumer where one of several is active, of a classic queue', () => {
    const exclusive = method('BasicConsume', { ...OTHER, consumerTag: 'c', exclusive: true })
    expect(refusals(single, exclusive)).toEqual([403])
    expect(
      refusals(single, consume, method('BasicConsume', { ...OTHER, consumerTag: 'd' })),
    ).toEqual([])
    expect(refusals({ ...single, ...quorum }, exclusive)).toEqual([])
  })

  test('basic.get beside a single active consumer, of a quorum queue', () => {
    expect(refusals({ ...single, ...quorum }, get)).toEqual([405])
    expect(refusals(single, get)).toEqual([])
    expect(refusals(quorum, get)).toEqual([])
  })

  test('what a stream has not', () => {
    const noAck = method('BasicConsume', { ...OTHER, consumerTag: 'c', noAck: true })
    expect(refusals(stream, get)).toEqual([540])
    expect(refusals(stream, method('QueuePurge', { queue: 'Q' }))).toEqual([540])
    expect(refusals(stream, noAck)).toEqual([406])
    expect(refusals(stream, qos(1), noAck)).toEqual([540])
    expect(refusals({}, get, method('QueuePurge', { queue: 'Q' }), noAck)).toEqual([])
    expect(refusals(stream, method('QueueDelete', { queue: 'Q' }))).toEqual([])
  })

  test('a consumer tag that is in use on the channel', () => {
    expect(refusals({}, consume, consume)).toEqual([530])
    expect(refusals({}, consume, method('BasicCancel', { consumerTag: 'c' }), consume)).toEqual([])
  })

  test('an exchange that is another, and a weight that is none', () => {
    const exchange = (type: string) =>
      method('ExchangeDeclare', { exchange: 'X', type, durable: true, arguments: {} })
    expect(refusals({}, exchange('fanout'), exchange('topic'))).toEqual([406])
    expect(refusals({}, exchange('fanout'), exchange('fanout'))).toEqual([])
    for (const [routingKey, codes] of [
      ['1', []],
      ['0', [406]],
      ['-1', [406]],
      ['x', [406]],
    ] as const) {
      const bind = method('QueueBind', { queue: 'Q', exchange: 'X', routingKey, arguments: {} })
      expect(refusals({}, exchange('x-consistent-hash'), bind)).toEqual(codes)
      expect(refusals({}, exchange('direct'), bind)).toEqual([])
    }
  })
})

describe('a value that is none', () => {
  const declared = (given: object) =>
    refusals(
      {},
      method('QueueDeclare', {
        queue: 'N',
        passive: false,
        durable: true,
        exclusive: false,
        autoDelete: false,
        arguments: given,
      }),
    )
  test.each([
    [{ 'x-max-length': -1 }, { 'x-max-length': 0 }],
    [{ 'x-message-ttl': -1 }, { 'x-message-ttl': 0 }],
    [{ 'x-expires': 0 }, { 'x-expires': 1 }],
    [{ 'x-expires': -1 }, { 'x-expires': 1 }],
    [{ 'x-max-priority': 256 }, { 'x-max-priority': 255 }],
    [{ 'x-max-priority': -1 }, { 'x-max-priority': 0 }],
    [{ 'x-overflow': 'x' }, { 'x-overflow': 'drop-head' }],
    [{ 'x-max-length': 'many' }, { 'x-max-length': 5 }],
    [{ 'x-max-length': 1.5 }, { 'x-max-length': 1 }],
    [{ 'x-message-ttl': 315_360_000_001 }, { 'x-message-ttl': 315_360_000_000 }],
    [{ 'x-queue-type': 'foo' }, { 'x-queue-type': 'stream' }],
    [{ 'x-single-active-consumer': 'yes' }, { 'x-single-active-consumer': false }],
    [{ 'x-dead-letter-exchange': true }, { 'x-dead-letter-exchange': 'X' }],
    [
      { 'x-dead-letter-routing-key': 'k' },
      { 'x-dead-letter-routing-key': 'k', 'x-dead-letter-exchange': '' },
    ],
  ])('of an argument: %j, where %j is one', (bad, good) => {
    expect(declared(bad)).toEqual([406])
    expect(declared(good)).toEqual([])
  })

  test.each([
    ['0D', 406],
    ['7', 406],
    ['seven', 406],
    ['7D', undefined],
  ])('of x-max-age: %s', (age, code) => {
    expect(declared({ ...stream, 'x-max-age': age })[0]).toBe(code)
  })

  test('of x-priority', () => {
    const of = (priority: unknown) =>
      method('BasicConsume', { ...OTHER, consumerTag: 'c', arguments: { 'x-priority': priority } })
    expect(refusals({}, of('high'))).toEqual([406])
    expect(refusals({}, of(-1))).toEqual([])
  })

  test('is looked at before what its queue type does not know', () => {
    const bench = opened()
    const given = { 'x-delivery-limit': 1, 'x-overflow': 300, 'x-max-length': -1 }
    const flags = { passive: false, durable: true, exclusive: false, autoDelete: false }
    bench.hears('a', method('QueueDeclare', { queue: 'N', ...flags, arguments: given }))
    expect(bench.sent('a')).toMatchObject([
      { replyText: expect.stringContaining("'x-max-length' for queue 'N'") },
    ])
  })

  test.each([
    [true, 'bool'],
    [127, 'byte'],
    [-129, 'short'],
    [32_768, 'signedint'],
    [2 ** 31, 'long'],
    [0.5, 'double'],
    ['', 'longstr'],
  ])('is called by its type: %j is %s', (value, type) => {
    expect(fieldType(value)).toBe(type)
  })

  test('of expiration', () => {
    const expiring = (expiration: string) => publish(0, { properties: { expiration } })
    expect(refusals({}, expiring('soon'))).toEqual([406])
    expect(refusals({}, expiring('-1'))).toEqual([406])
    expect(refusals({}, expiring('0'))).toEqual([])
  })

  test('of x-stream-offset', () => {
    const from = (offset: string | number, version: '4.3' | '4.0') => {
      const bench = opened({ version, queues: [queue('Q', stream)] })
      bench.hears('a', method('BasicQos', { prefetchCount: 1, global: false }))
      const given = { 'x-stream-offset': offset }
      bench.hears('a', method('BasicConsume', { ...OTHER, consumerTag: 'c', arguments: given }))
      const said = bench.sent('a') as readonly { replyCode?: number }[]
      return said.flatMap(({ replyCode }) => replyCode ?? [])
    }
    expect(from('yesterday', '4.3')).toEqual([406])
    expect(from('yesterday', '4.0')).toEqual([541])
    expect(from('7X', '4.0')).toEqual([406])
    for (const good of ['first', 'last', 'next', '7D', 3]) expect(from(good, '4.3')).toEqual([])
  })
})

test('4.0: a limit of each consumer ends one of the whole channel', () => {
  const bench = opened({ version: '4.0' })
  for (const each of [qos(1, true), qos(2, false), consume]) bench.hears('a', each)
  for (const n of [0, 1, 2]) bench.hears('a', publish(n))
  expect(bench.state.connections['a']?.channels[1]?.unacked.count).toBe(2)
})

test('4.0: a limit of the whole channel counts what its consumers hold, not what was fetched', () => {
  const bench = opened({ version: '4.0' })
  for (const each of [publish(0), publish(1), publish(2), get, qos(1, true), consume])
    bench.hears('a', each)
  const { unacked } = bench.state.connections['a']?.channels[1] ?? {}
  expect(unacked?.chunks.flat().map((each) => each.consumer)).toEqual(['', 'c'])
})

test('4.0: a stream knows no limit of the whole channel', () => {
  const bench = opened({ version: '4.0', queues: [queue('Q', stream)] })
  for (const each of [qos(1), qos(1, true), consume]) bench.hears('a', each)
  expect(bench.sent('a').at(-1)).toMatchObject({ replyCode: 540 })
})

test('an auto-delete queue goes with a node that restarts, if it had a consumer', () => {
  for (const methods of [[consume], []]) {
    const bench = opened({ queues: [{ ...queue('Q'), autoDelete: true }] })
    for (const each of methods) bench.hears('a', each)
    bench.does('RestartNode')
    expect(Object.keys(bench.state.queues)).toHaveLength(1 - methods.length)
  }
})

test.each([
  [{ 'x-match': 'any', a: 1, 'x-b': 2 }, { 'x-b': 2 }, false],
  [{ 'x-match': 'any-with-x', a: 1, 'x-b': 2 }, { 'x-b': 2 }, true],
  [{ 'x-match': 'any' }, { a: 1 }, false],
  [{ 'x-match': 'any-with-x' }, { a: 1 }, false],
  [{ 'x-match': 'all' }, { a: 1 }, true],
  [{}, {}, true],
  [{ 'x-match': 'all', a: 1, 'x-b': 2 }, { a: 1 }, true],
  [{ 'x-match': 'all-with-x', a: 1, 'x-b': 2 }, { a: 1 }, false],
  [{ 'x-match': 'all-with-x', a: 1, 'x-b': 2 }, { a: 1, 'x-b': 2 }, true],
])('headers: %j and %j', (wanted, headers, matches) => {
  expect(headersMatch(wanted, headers)).toBe(matches)
})

describe('consumers of a queue', () => {
  function counted(given: object, ...methods: readonly ReturnType<typeof method>[]) {
    const bench = opened({ queues: [queue('Q', given)] })
    for (const each of methods) bench.hears('a', each)
    bench.sent('a')
    bench.hears('a', ask)
    const [answer] = bench.sent('a') as readonly { consumerCount?: number }[]
    return answer?.consumerCount
  }
  const second = method('BasicConsume', { ...OTHER, consumerTag: 'd' })

  test('who holds a fetched message is one of a quorum queue', () => {
    expect(counted(quorum, publish(0), get)).toBe(1)
    expect(counted({}, publish(0), get)).toBe(0)
  })

  test('who waits to be the active one is none of a quorum queue', () => {
    expect(counted({ ...single, ...quorum }, consume, second)).toBe(1)
    expect(counted(single, consume, second)).toBe(2)
    expect(counted(quorum, consume, second)).toBe(2)
  })

  test('one that was cancelled and comes back to a quorum queue has the credit it had', () => {
    for (const [given, unacked] of [
      [quorum, 1],
      [{}, 2],
    ] as const) {
      const bench = opened({ queues: [queue('Q', given)] })
      bench.hears('a', method('BasicQos', { prefetchCount: 1, global: false }))
      bench.hears('a', consume)
      bench.hears('a', publish(0))
      bench.hears('a', publish(1))
      bench.hears('a', method('BasicCancel', { consumerTag: 'c' }))
      bench.hears('a', consume)
      expect(bench.state.connections['a']?.channels[1]?.unacked.count).toBe(unacked)
      expect(bench.state.queues['Q']?.consumers).toHaveLength(1)
    }
  })
})
