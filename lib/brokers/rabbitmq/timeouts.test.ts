// Deliveries that are kept too long: which are timed, for how long, and what becomes of them; and how long silence lasts.
import { describe, expect, test } from 'vitest'
import { consume, method, numbersIn, opened, publish, queue } from './node.fixture.ts'
import { nodeKind } from './node.ts'

const quorum = { 'x-queue-type': 'quorum' }
const get = (name = 'Q') => method('BasicGet', { queue: name, noAck: false })
const acknowledge = (deliveryTag: number) => method('BasicAck', { deliveryTag, multiple: false })
const into = (name: string, n: number) => publish(n, { routingKey: name })
const expiryOf = (tag: number, ms: number) => ({ port: 'a', channel: 1, tag, ms })

type Change = Parameters<typeof opened>[0]
function holding(change: Change, names: readonly string[]) {
  const bench = opened({ consumer_timeout: 2000, ...change })
  for (const name of names) bench.hears('a', into(name, 0))
  for (const name of names) bench.hears('a', get(name))
  bench.sent('a')
  return bench
}
const isTimed = (bench: ReturnType<typeof opened>, tag: number, ms: number) =>
  bench.whyNot('ConsumerTimeoutExpires', expiryOf(tag, ms)) === null

describe('a delivery', () => {
  test('is timed as its queue says, or else the broker: on 4.3 only of a quorum queue', () => {
    const own = { 'x-consumer-timeout': 5000 }
    for (const [version, given, ms] of [
      ['4.0', {}, 2000],
      ['4.0', own, 5000],
      ['4.0', { ...quorum, ...own }, 5000],
      ['4.3', quorum, 2000],
      ['4.3', { ...quorum, ...own }, 5000],
    ] as const) {
      expect(isTimed(holding({ version, queues: [queue('Q', given)] }, ['Q']), 1, ms)).toBe(true)
    }
    expect(holding({ version: '4.3' }, ['Q']).can()).toEqual([])
  })

  test('is not timed where nobody says so in less than half an hour', () => {
    expect(holding({ version: '4.0', consumer_timeout: 1_800_000 }, ['Q']).can()).toEqual([])
  })

  test('waits on 4.0 behind the oldest of its channel if that has more time', () => {
    const queues = [queue('Q', { 'x-consumer-timeout': 5000 }), queue('R')]
    const bench = holding({ version: '4.0', queues }, ['Q', 'R'])
    expect([isTimed(bench, 1, 5000), isTimed(bench, 2, 2000)]).toEqual([true, false])
    bench.hears('a', acknowledge(1))
    expect(isTimed(bench, 2, 2000)).toBe(true)
  })

  test('is still timed when its transaction has settled it, in the queue of 4.3 only', () => {
    for (const [version, isStill] of [
      ['4.0', false],
      ['4.3', true],
    ] as const) {
      const queues = [queue('Q', quorum)]
      const bench = opened({ version, consumer_timeout: 2000, queues })
      for (const each of [into('Q', 0), method('TxSelect'), get()]) bench.hears('a', each)
      bench.hears('a', acknowledge(1))
      expect(isTimed(bench, 1, 2000)).toBe(isStill)
    }
  })

  test('closes its channel when the consumer has left it behind', () => {
    for (const [version, said] of [
      ['4.0', 2000],
      ['4.3', -1],
    ] as const) {
      const queues = [queue('Q', quorum)]
      const bench = opened({ version, consumer_timeout: 2000, queues })
      for (const each of [consume, into('Q', 0), into('Q', 1)]) bench.hears('a', each)
      bench.hears('a', method('BasicCancel', { consumerTag: 'c' }))
      bench.sent('a')
      bench.does('ConsumerTimeoutExpires', expiryOf(1, 2000))
      const [closed] = bench.sent('a')
      expect(closed).toMatchObject({ kind: 'ChannelClose', replyCode: 406 })
      expect(closed.replyText).toContain(`Timeout value used: ${said} ms`)
      expect(numbersIn(bench.state)).toEqual([0, 1])
    }
  })

  test('that was fetched is late by itself: what else its channel holds is a failure', () => {
    const queues = [queue('Q', quorum)]
    const bench = opened({ consumer_timeout: 2000, queues })
    for (const each of [into('Q', 0), into('Q', 1), get(), get()]) bench.hears('a', each)
    bench.does('ConsumerTimeoutExpires', expiryOf(1, 2000))
    const returned = bench.state.queues['Q']?.returned.chunks.flat() ?? []
    expect(returned.map((each) => each.deliveryCount)).toEqual([0, 1])
  })
})

test('a silent connection is given up two to three timeouts after its last sign, half of one old at most', () => {
  const found = nodeKind.rules.find((each) => each.name === 'HeartbeatTimeoutExpires')
  const bench = opened({ heartbeat: 60 })
  expect(found?.takes?.({ heartbeat: 60 }, bench.state, undefined, 'a')).toEqual([90_000, 180_000])
})
