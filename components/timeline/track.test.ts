// The timeline's gathering, on steps written by hand.

import { expect, test } from 'vitest'
import type { Seen } from '@/lib/clients/types'
import type { Session, StepRecord } from '@/lib/session/types'
import { msAt, pageAt, stretch, ticks, xOf } from './axis'
import { between, emptyTrack, gather, thin } from './track'

const message = {
  id: 'e-1',
  n: 0,
  source: 'shop',
  type: 'OrderCreated',
  subject: 'order-42',
  key: 'user-7',
  seq: 1,
  order: 42,
}
const place = { stream: 'orders', lane: 2, offset: 2 }

function run(...seen: readonly (readonly [ms: number, what: Seen, fault?: string])[]) {
  const steps = seen.map(
    ([timeMs, what, fault = ''], index): StepRecord => ({
      index: index + 1,
      timeMs,
      action: { actor: what.actor, rule: 'R' },
      actor: what.actor,
      rule: 'R',
      about: '',
      fault,
      causes: index === 0 ? [] : [index],
      observations: [what],
      sentence: '',
    }),
  )
  return {
    length: steps.length,
    scenario: { story: { streams: ['orders'] } },
    step: (index: number) => steps[index - 1],
  } as unknown as Session
}

const delivered: Seen = {
  kind: 'delivered',
  actor: 'payments-1',
  group: 'payments',
  message,
  place,
}
const charged = (by: string): Seen => ({
  kind: 'effectApplied',
  actor: 'card',
  group: 'payments',
  by,
  sink: 'card',
  message,
  place,
  effect: 'charge',
})

test('an effect ends a busy bar on the lane of the handler, not of the sink', () => {
  const track = gather(emptyTrack(), run([100, delivered], [150, charged('payments-1')]))
  expect(track.lanes.get('payments-1')?.bars).toEqual([{ fromMs: 100, toMs: 150 }])
  expect(track.lanes.get('payments-1')?.marks).toMatchObject([{ atMs: 150, again: false }])
  expect(track.lanes.has('card')).toBe(false)
})

test('the same effect done by another instance is marked as done again', () => {
  const track = gather(
    emptyTrack(),
    run([100, delivered], [150, charged('payments-1')], [900, charged('payments-0')]),
  )
  expect(track.lanes.get('payments-0')?.marks).toMatchObject([{ atMs: 900, again: true }])
})

test('a process is down from its crash until it is started again', () => {
  const crash: Seen = { kind: 'crashed', actor: 'payments-1', holding: ['e-1'] }
  const back: Seen = { kind: 'restarted', actor: 'payments-1', holding: [] }
  const open = gather(emptyTrack(), run([200, crash, 'crash']))
  expect(open.lanes.get('payments-1')?.downs).toEqual([
    { fromMs: 200, toMs: Infinity, kind: 'crashed' },
  ])
  expect(open.lanes.get('payments-1')?.bolts).toEqual([{ atMs: 200, step: 1 }])
  const shut = gather(emptyTrack(), run([200, crash, 'crash'], [700, back]))
  expect(shut.lanes.get('payments-1')?.downs[0]?.toMs).toBe(700)
})

test('copies for several queues are one mark on the lane of their exchange', () => {
  const stored = (queue: string): Seen => ({
    kind: 'stored',
    actor: 'broker',
    message,
    place: { stream: `orders.${queue}`, lane: 0, offset: 0 },
  })
  const session = run([100, stored('payments')], [900, stored('email')])
  const both = { ...session.step(1), observations: [stored('payments'), stored('email')] }
  const once = gather(emptyTrack(), { ...session, length: 1, step: () => both } as Session)
  expect(once.lanes.get('orders')?.marks).toMatchObject([{ atMs: 100, again: false }])
  const twice = gather(emptyTrack(), session)
  expect(twice.lanes.get('orders')?.marks.map(({ again }) => again)).toEqual([false, true])
  const got = gather(
    emptyTrack(),
    run([100, { ...delivered, place: { ...place, stream: 'orders.payments' } }]),
  )
  expect(got.lanes.get('payments-1')?.arrows).toMatchObject([{ from: 'orders' }])
})

test('a dead letter is none of what was published', () => {
  const dead: Seen = {
    kind: 'stored',
    actor: 'broker',
    message,
    place: { stream: 'orders.payments.dlq', lane: 0, offset: 0 },
  }
  const removed = { kind: 'removed', actor: 'broker', message } as unknown as Seen
  const session = run([100, dead])
  const step = { ...session.step(1), observations: [dead, removed] }
  const track = gather(emptyTrack(), { ...session, step: () => step } as Session)
  expect(track.lanes.get('orders')).toBeUndefined()
  expect(gather(emptyTrack(), session).lanes.get('orders')?.marks).toHaveLength(1)
})

test('gathering goes on where it ended', () => {
  const session = run([100, delivered], [150, charged('payments-1')])
  const track = gather(emptyTrack(), { ...session, length: 1 } as Session)
  expect(track.length).toBe(1)
  gather(track, session)
  gather(track, session)
  expect(track.lanes.get('payments-1')?.marks).toHaveLength(1)
})

test('a stretch is found by halving, and thinned to what can be told apart', () => {
  const at = Array.from({ length: 100 }, (_, i) => i * 10)
  expect(between(at, (ms) => ms, 200, 230)).toEqual([200, 210, 220])
  expect(thin(at, (ms) => ms, 250)).toEqual([0, 250, 500, 750])
})

test('the axis maps times to pixels and back, and turns its page with the playhead', () => {
  const axis = stretch(18_000, pageAt(18_000, 0), 152, 1064)
  expect(xOf(axis, 18_000)).toBe(1064)
  expect(msAt(axis, xOf(axis, 7_400))).toBeCloseTo(7_400)
  expect(ticks(axis)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18].map((s) => s * 1_000))
  const long = stretch(400_000, pageAt(400_000, 100_000), 152, 1064)
  expect(long.toMs - long.fromMs).toBe(40_000)
  expect(long.fromMs).toBeLessThanOrEqual(100_000)
  expect(long.toMs).toBeGreaterThan(100_000)
})
