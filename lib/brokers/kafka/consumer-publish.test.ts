import { beforeEach, describe, expect, test } from 'vitest'
import {
  answer,
  type Change,
  type Consumer,
  commitResponse,
  polled,
  stable,
} from './consumer.fixture.ts'

const publishes = {
  stream: 'invoices',
  eventType: 'InvoiceIssued',
  firstN: 100,
  transactional: true,
}
const handler = { effect: 'none', sink: '', handles: [] } as const
let it_: Consumer

const inHand = (count = 1, change: Change = {}) => {
  it_ = polled(count, { handler, publishes, ...change })
}
const published = (ok = true) => {
  const [asked] = it_.sent('producer')
  return it_.hears('producer', { kind: 'Published', id: asked.message.id, ok } as never)
}
const ended = (committed: boolean, fenced = false) =>
  it_.hears('producer', { kind: 'EndedTogether', committed, fenced } as never)

beforeEach(() => inHand())

describe('in a transaction', () => {
  test('works, publishes what follows, and commits both as one', () => {
    expect(it_.can()).toContain('Process')
    expect(it_.can()).not.toContain('ApplyEffect')
    it_.does('Process')
    expect(it_.can()).not.toContain('Process')
    it_.does('Publish')
    const asked = it_.sent('producer')[0]
    expect(asked).toMatchObject({
      kind: 'Publish',
      message: { n: 100, source: 'payments', type: 'InvoiceIssued' },
    })
    expect(it_.can()).not.toContain('Publish')
    const other = { kind: 'Published', id: 'another', ok: true }
    expect(it_.wouldTake('producer', other as never)).toEqual([])
    expect(it_.wouldTake('producer', { ...other, ok: false } as never)).toEqual([])
    it_.hears('producer', { ...other, id: asked.message.id } as never)
    expect(it_.can()).toContain('CommitTransaction')
    expect(it_.can()).not.toContain('OffsetCommit')
    it_.does('CommitTransaction')
    expect(it_.sent('producer')).toEqual([
      {
        kind: 'EndTogether',
        commit: true,
        member: 'payments-0#0',
        generation: 1,
        offsets: [{ topic: 'orders', partition: 0, offset: 1 }],
      },
    ])
    expect(it_.can()).not.toContain('CommitTransaction')
    expect(ended(true)).toBe('TransactionCommitted')
    expect(it_.state.work.batch?.phase).toBe('committed')
    expect(it_.sent('coordinator')).toEqual([])
    expect(it_.wouldTake('producer', { kind: 'EndedTogether', committed: true } as never)).toEqual(
      [],
    )
  })
  test('reads again what was aborted', () => {
    inHand(2)
    it_.does('Process')
    it_.does('Publish')
    expect(published(false)).toBe('PublishFailed')
    expect(it_.sent('producer')).toMatchObject([
      { kind: 'EndTogether', commit: false, offsets: [] },
    ])
    it_.sent('coordinator')
    expect(ended(false)).toBe('TransactionAborted')
    expect(it_.state.work.batch).toBeNull()
    expect(it_.state.lanes[0]).toMatchObject({ state: 'asked', position: -1, buffer: [] })
    expect(it_.sent('coordinator')).toMatchObject([{ kind: 'OffsetFetch' }])
  })
  test('stops when another process has taken its place', () => {
    it_.does('Process')
    it_.does('Publish')
    published()
    it_.does('CommitTransaction')
    expect(ended(false, true)).toBe('ProducerFenced')
    expect(it_.state).toMatchObject({ process: 'stopped', said: 'ProducerFencedException' })
  })
  test('a lost coordinator changes nothing: the producer has its own line', () => {
    it_.does('Process')
    it_.does('Publish')
    published()
    it_.does('CommitTransaction')
    it_.hears('coordinator', { kind: 'ConnectionClosed' })
    expect(it_.state.work.batch?.phase).toBe('after-sent')
  })
  test('a handler that hangs does none of it', () => {
    const stall = () => {
      it_.does('StallHandler')
      const can = it_.can()
      it_.does('HandlerGoesOn')
      return can
    }
    expect(stall()).not.toContain('Process')
    it_.does('Process')
    expect(stall()).not.toContain('Publish')
    it_.does('Publish')
    published()
    expect(stall()).not.toContain('CommitTransaction')
  })
})

describe('without transactions', () => {
  beforeEach(() => inHand(1, { publishes: { ...publishes, transactional: false } }))
  test('publishes, and then commits what was read', () => {
    it_.does('Process')
    it_.does('Publish')
    published()
    expect(it_.can()).not.toContain('CommitTransaction')
    it_.does('OffsetCommit')
    it_.hears('coordinator', commitResponse(0))
    expect(it_.state.work.batch?.phase).toBe('committed')
  })
  test('tries again what could not be published', () => {
    it_.does('Process')
    it_.does('Publish')
    published(false)
    it_.does('StallHandler')
    expect(it_.can()).not.toContain('PublishAgain')
    it_.does('HandlerGoesOn')
    expect(it_.can()).toContain('PublishAgain')
    it_.does('PublishAgain')
    expect(published()).toBe('Published')
  })
  test('an end of a transaction is none of its business', () => {
    it_.does('Process')
    it_.does('Publish')
    published()
    it_.does('OffsetCommit')
    const end = { kind: 'EndedTogether', committed: true, fenced: true }
    expect(it_.wouldTake('producer', end as never)).toEqual([])
    expect(it_.wouldTake('producer', { ...end, committed: false } as never)).toEqual([])
    expect(it_.wouldTake('producer', { ...end, committed: false, fenced: false } as never)).toEqual(
      [],
    )
  })
})

test('with an effect of its own, that comes first', () => {
  inHand(1, { handler: { effect: 'email', sink: 'mail' } })
  expect(it_.can()).not.toContain('Process')
  it_.does('ApplyEffect')
  answer(it_)
  expect(it_.can()).toContain('Publish')
})

test('its producer starts, pauses and goes on with it, and neither outlives the other', () => {
  it_ = stable({ handler, publishes })
  it_.does('Pause')
  it_.does('Resume')
  it_.does('Crash')
  it_.does('Restart')
  const said = it_.sent('producer').map(({ kind }) => kind)
  expect(said.filter((kind) => kind !== 'ConnectionClosed')).toEqual([
    'ProcessPauses',
    'ProcessResumes',
    'ProcessStarts',
  ])
  it_ = stable({ handler, publishes })
  expect(it_.hears('producer', { kind: 'ConnectionClosed' })).toBe('ProducerGone')
  expect(it_.state.process).toBe('crashed')
})
