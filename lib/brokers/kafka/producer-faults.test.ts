// What can happen to a producer's process: a crash, with an outbox and without, and a pause.
import { describe, expect, test } from 'vitest'
import { metadata } from './metadata.fixture.ts'
import { plain, producing } from './producer.fixture.ts'
import { closed, rangeOf } from './producer-rules.fixture.ts'

describe('a crash', () => {
  const crashed = (resends: boolean) => {
    const it = producing({
      kafka: { ...plain, 'max.in.flight.requests.per.connection': 1 },
      resends,
    })
    it.publish(3)
    it.requests()
    expect(it.faults()).toEqual(['Crash', 'Pause'])
    it.does('Crash')
    return it
  }
  test('loses what was queued and in flight; what was sent still arrives', () => {
    const it = crashed(false)
    expect(it.seen).toEqual([
      {
        kind: 'crashed',
        actor: 'shop',
        holding: ['order-1/Created', 'order-1/Paid', 'order-1/Shipped'],
      },
    ])
    expect(it.sent('node')).toEqual([closed])
    expect(it.can()).toEqual(['Restart'])
    expect(it.faults()).toEqual([])
  })
  test('what comes for the dead process is dropped', () => {
    const it = crashed(false)
    const before = it.state
    for (const kind of ['ConnectionClosed', 'ProduceResponse', 'MetadataResponse']) {
      expect(it.hears('node', { kind })).toBe('ProcessGone')
    }
    expect(it.hears('controller', { kind: 'InitProducerIdResponse' })).toBe('ProcessGone')
    expect(it.state).toBe(before)
    it.does('Restart')
    expect(it.wouldTake('node', closed)).toEqual(['NodeDisconnected'])
  })
  test('the next process goes on where the application is, under a new producer id', () => {
    const it = crashed(false)
    for (const port of ['node', 'controller']) it.sent(port)
    it.does('Restart')
    expect(it.seen).toEqual([{ kind: 'restarted', actor: 'shop', holding: [] }])
    expect(it.whyNot('Restart')).toBe('it has crashed')
    expect(it.sent('controller')).toMatchObject([{ kind: 'Metadata', known: [] }])
    it.hears('controller', metadata(1))
    expect(it.can()).toEqual(['SendNext'])
    it.publish(1)
    expect(it.batches()).toEqual(['order-2/Created'])
  })
  test('an idempotent producer asks for a new id', () => {
    const it = producing()
    it.does('Crash')
    it.sent('controller')
    it.does('Restart')
    expect(it.sent('controller')).toMatchObject([{ kind: 'Metadata' }, { kind: 'InitProducerId' }])
  })
  test('an application that keeps an outbox sends what is unconfirmed again, under new ids', () => {
    const it = crashed(true)
    it.sent('node')
    expect(it.can()).toEqual(['Restart'])
    it.does('Restart')
    expect(it.whyNot('ResendUnconfirmed')).toBe('it knows the partitions of its topic')
    it.hears('controller', metadata(1))
    expect(it.whyNot('ResendUnconfirmed', 'order-1/Created~2')).toBeNull()
    it.does('ResendUnconfirmed')
    it.does('ResendUnconfirmed')
    expect(it.batches()).toEqual(['order-1/Created~2'])
    it.answer(4)
    expect(it.seen[0]).toMatchObject({
      kind: 'acknowledged',
      message: { n: 0, id: 'order-1/Created~2' },
    })
    expect(it.batches()).toEqual(['order-1/Paid~2'])
    it.does('ResendUnconfirmed')
    expect(it.whyNot('ResendUnconfirmed')).toContain('something')
  })
  test('a resend, too, waits for its partition to exist', () => {
    const it = producing({ kafka: plain, workload: { keyChoice: 1 }, resends: true }, 2)
    it.publish(1)
    it.does('Crash')
    it.does('Restart')
    it.hears('controller', metadata(1))
    expect(it.whyNot('ResendUnconfirmed')).toBe('the partition it was told to use exists')
  })
  test('a final failure goes to the outbox, too', () => {
    const it = producing({ kafka: { ...plain, retries: 0 }, resends: true })
    it.publish(1)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    expect(it.state.outbox.map((message) => message.id)).toEqual(['order-1/Created~2'])
  })
  test('a restart takes as long as the settings say', () => {
    expect(rangeOf('Restart', producing().settings)).toEqual([2000, 3000])
  })
})

describe('a pause', () => {
  test('stops everything; the connections stay open', () => {
    const it = producing({ kafka: plain })
    it.publish(1)
    it.requests()
    it.does('Pause')
    expect(it.seen).toEqual([{ kind: 'paused', actor: 'shop', holding: [] }])
    expect(it.sent('node')).toEqual([])
    expect(it.can()).toEqual(['Resume'])
    expect(it.whyNot('SendNext')).toBe('it is running')
    expect(it.wouldTake('node', closed)).toEqual([])
    it.does('Resume')
    expect(it.seen).toEqual([{ kind: 'resumed', actor: 'shop', holding: [] }])
    expect(it.whyNot('Resume')).toBe('it is paused')
    it.answer(0)
    expect(it.seen).toMatchObject([{ kind: 'acknowledged' }])
  })
  test('takes as long as the settings say', () => {
    expect(rangeOf('Resume', producing().settings)).toEqual([9000, 9500])
  })
})
