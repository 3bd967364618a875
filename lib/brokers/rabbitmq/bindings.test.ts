// What is bound and unbound, and which exchanges are there.
import { describe, expect, test } from 'vitest'
import { method, numbersIn, opened, publish, queue } from './node.fixture.ts'

type Method = ReturnType<typeof method>

const declare = (exchange: string, type = 'direct') =>
  method('ExchangeDeclare', { exchange, type, durable: true, arguments: {} })
const remove = (exchange: string, ifUnused = false) =>
  method('ExchangeDelete', { exchange, ifUnused })
const queueTo =
  (kind: string) =>
  (exchange: string, routingKey: string, more: object = {}) =>
    method(kind, { queue: 'Q', exchange, routingKey, arguments: {}, ...more })
const bind = queueTo('QueueBind')
const unbind = queueTo('QueueUnbind')
const between = (kind: string, source: string, destination: string) =>
  method(kind, { source, destination, routingKey: '', arguments: {} })
const to = (exchange: string, routingKey: string, n = 0) => publish(n, { exchange, routingKey })

function after(...methods: readonly Method[]) {
  const bench = opened({ queues: [queue('Q'), queue('R'), { ...queue('E'), owner: 'b' }] })
  for (const each of methods) bench.hears('a', each)
  return bench
}

/** The codes with which a channel is closed. */
function codes(...methods: readonly Method[]) {
  const said = after(...methods).sent('a') as readonly { replyCode?: number }[]
  return said.flatMap(({ replyCode }) => replyCode ?? [])
}

const received = (...methods: readonly Method[]) => numbersIn(after(...methods).state).length

describe('unbinding', () => {
  test('takes back the binding of this key and these arguments, in any order', () => {
    const given = { arguments: { a: 1, b: 2 } }
    const bound = [declare('X'), bind('X', 'k', given)]
    expect(received(...bound, to('X', 'k'))).toBe(1)
    expect(received(...bound, unbind('X', 'l', given), to('X', 'k'))).toBe(1)
    expect(received(...bound, unbind('X', 'k'), to('X', 'k'))).toBe(1)
    const other = { arguments: { b: 2, a: 1 } }
    expect(received(...bound, unbind('X', 'k', other), to('X', 'k'))).toBe(0)
  })

  test('what is not bound is no error, whatever is missing', () => {
    const none = { queue: 'nowhere' }
    expect(codes(declare('X'), unbind('X', 'k'), unbind('X', 'k', none))).toEqual([])
    expect(codes(unbind('nowhere', 'k'), unbind('nowhere', 'k', none))).toEqual([])
    expect(codes(between('ExchangeUnbind', 'nowhere', 'X'))).toEqual([])
    expect(codes(declare('X'), unbind('X', 'k', { queue: 'E' }))).toEqual([])
  })

  test('the default exchange is refused', () => {
    expect(codes(unbind('', 'Q'))).toEqual([403])
    expect(codes(bind('', 'Q', { queue: 'nowhere' }))).toEqual([403])
    expect(codes(between('ExchangeUnbind', 'X', ''))).toEqual([403])
  })
})

test.each([
  ['an exchange that is missing, before the queue', bind('nowhere', 'k', { queue: 'E' }), 404],
  ['a queue of somebody else', bind('X', 'k', { queue: 'E' }), 405],
  [
    'a match that is none, before that',
    bind('H', 'k', { queue: 'E', arguments: { 'x-match': 'some' } }),
    406,
  ],
  ['a match that is no text', bind('H', 'k', { arguments: { 'x-match': true } }), 406],
  ['a weight that is too much', bind('C', '10001'), 406],
])('not bound: %s', (_what, method, code) => {
  const exchanges = [declare('X'), declare('H', 'headers'), declare('C', 'x-consistent-hash')]
  expect(codes(...exchanges, method)).toEqual([code])
})

describe('deleting an exchange', () => {
  const two = [declare('X', 'fanout'), declare('Y', 'fanout'), between('ExchangeBind', 'X', 'Y')]

  test('takes its bindings along, those to it, too', () => {
    expect(received(...two, bind('Y', ''), to('X', ''))).toBe(1)
    const again = [remove('Y'), declare('Y', 'fanout'), bind('Y', '')]
    expect(received(...two, ...again, to('X', ''))).toBe(0)
    expect(codes(...two, remove('Y'), to('Y', ''))).toEqual([404])
    expect(codes(remove('nowhere'), remove('nowhere', true))).toEqual([])
  })

  test('if unused: not while something is bound to it', () => {
    expect(codes(...two, remove('X', true))).toEqual([406])
    expect(codes(...two, remove('Y', true), remove('X', true))).toEqual([])
    expect(codes(...two, remove('X'))).toEqual([])
  })
})

describe('the exchanges of the broker', () => {
  test('are there, and stay', () => {
    expect(received(bind('amq.direct', 'k'), to('amq.direct', 'k'), to('amq.direct', 'l', 1))).toBe(
      1,
    )
    expect(received(bind('amq.fanout', ''), unbind('amq.fanout', ''), to('amq.fanout', ''))).toBe(0)
    expect(codes(to('amq.topic', 'k'), declare('amq.topic', 'topic'))).toEqual([])
    expect(codes(declare('amq.topic', 'fanout'))).toEqual([406])
    expect(codes(remove('amq.topic'))).toEqual([403])
  })

  test('and nobody else has such a name', () => {
    const flags = { passive: false, durable: true, exclusive: false, autoDelete: false }
    expect(codes(declare('amq.mine'))).toEqual([403])
    expect(codes(method('QueueDeclare', { queue: 'amq.q', ...flags, arguments: {} }))).toEqual([
      403,
    ])
  })
})

describe('the ring of a consistent hash', () => {
  const ring = (...methods: readonly Method[]) =>
    after(declare('C', 'x-consistent-hash'), ...methods).state.exchanges['C']?.ring?.map(
      ({ destination, routingKey }) => `${destination}${routingKey}`,
    )
  const other = bind('C', '2', { queue: 'R' })

  test('has each destination once, by its first weight', () => {
    expect(ring(bind('C', '1'), other, bind('C', '1'), bind('C', '3'))).toEqual(['Q1', 'R2'])
  })

  test('is left by whatever binding is taken back, and joined by a new one', () => {
    const left = [bind('C', '1'), bind('C', '3'), other, unbind('C', '3')]
    expect(ring(...left)).toEqual(['R2'])
    expect(ring(...left, bind('C', '1'))).toEqual(['R2'])
    expect(ring(...left, bind('C', '4'))).toEqual(['R2', 'Q4'])
    expect(ring(...left, unbind('C', '9'))).toEqual(['R2'])
  })

  test('is left by a queue that is deleted', () => {
    expect(ring(bind('C', '1'), other, method('QueueDelete', { queue: 'Q' }))).toEqual(['R2'])
  })
})
