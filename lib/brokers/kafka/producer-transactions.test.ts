import { beforeEach, describe, expect, test } from 'vitest'
import { metadata } from './metadata.fixture.ts'
import { type Change, newProducing, type Producing, ruleOf } from './producer.fixture.ts'
import { producerKind } from './producer.ts'

const OWN = { 'transactional.id': 'shop' }
let it_: Producing

const initialised = (change: object = { producerId: 7, epoch: 0 }) =>
  it_.hears('transactions', { kind: 'InitProducerIdResponse', ...change } as never)
const ended = (change: object = { epoch: 1 }) =>
  it_.hears('transactions', { kind: 'EndTxnResponse', ...change } as never)
const phase = () => it_.state.transaction?.phase

/** Started and initialised, with its partition known. */
function ready(change: Change = {}): void {
  it_ = newProducing({ kafka: OWN, together: 2, ...change })
  it_.does('Start')
  it_.hears('controller', metadata(1))
  it_.does('InitTransactions')
  initialised()
  for (const port of ['controller', 'transactions']) it_.sent(port)
}
/** In a transaction with so many events, which the broker has. */
function open(count: number, change: Change = {}): void {
  ready(change)
  it_.does('BeginTransaction')
  it_.publish(count)
  for (let i = 0; i < count; i++) it_.answer(i)
  it_.requests()
}
beforeEach(() => ready())

describe('initTransactions', () => {
  test('asks the coordinator, not the controller', () => {
    it_ = newProducing({ kafka: { ...OWN, 'transaction.timeout.ms': 9000 } })
    it_.does('Start')
    expect(it_.sent('controller').map(({ kind }) => kind)).toEqual(['Metadata'])
    expect(it_.can()).toEqual(['InitTransactions'])
    it_.does('InitTransactions')
    const asked = { kind: 'InitProducerId', transactionalId: 'shop', timeoutMs: 9000 }
    expect(it_.sent('transactions')).toEqual([asked])
    expect(it_.can()).not.toContain('InitTransactions')
  })
  test('comes again after a while when it is too early', () => {
    it_ = newProducing({ kafka: OWN })
    it_.does('Start')
    it_.does('InitTransactions')
    initialised({ error: 'CONCURRENT_TRANSACTIONS', producerId: -1, epoch: -1 })
    const takes = ruleOf('InitTransactions').takes
    expect(takes?.(it_.settings, it_.state, undefined, undefined)).toEqual([100, 100])
    it_.does('InitTransactions')
    initialised()
    expect([phase(), it_.state.producerId]).toEqual(['ready', 7])
  })
  test('that is refused is the end', () => {
    it_ = newProducing({ kafka: OWN })
    it_.does('Start')
    it_.does('InitTransactions')
    initialised({ error: 'INVALID_TRANSACTION_TIMEOUT', producerId: -1, epoch: -1 })
    expect([phase(), it_.can()]).toEqual(['fatal', []])
  })
})

describe('a transaction', () => {
  test('begins before the first event, and is committed after the last that belongs to it', () => {
    expect(it_.can()).toEqual(['BeginTransaction'])
    it_.does('BeginTransaction')
    expect(it_.can()).toEqual(['SendNext'])
    it_.publish(1)
    expect(it_.requests()).toMatchObject([
      { transaction: { id: 'shop', version: 2 }, batch: { transactional: true, producerId: 7 } },
    ])
    it_.answer(0)
    expect(it_.seen).toEqual([])
    it_.publish(1)
    expect(it_.can()).toContain('CommitTransaction')
    expect(it_.can()).not.toContain('SendNext')
    it_.does('CommitTransaction')
    expect(it_.can()).not.toContain('EndTxn')
    it_.answer(1)
    it_.does('EndTxn')
    expect(it_.sent('transactions')).toMatchObject([
      { kind: 'EndTxn', producerId: 7, epoch: 0, committed: true, version: 2 },
    ])
    ended()
    expect(it_.seen).toMatchObject([
      { kind: 'acknowledged', place: { stream: 'orders', lane: 0, offset: 0 } },
      { kind: 'acknowledged', place: { offset: 1 } },
    ])
    expect(it_.state.epoch).toBe(1)
    it_.does('BeginTransaction')
    it_.publish(1)
    expect(it_.requests().at(-1)).toMatchObject({ batch: { epoch: 1, firstSequence: 0 } })
  })
  test('flushes what lingers when it is committed', () => {
    ready({ kafka: { ...OWN, 'linger.ms': 50 } })
    it_.does('BeginTransaction')
    it_.publish(2)
    expect(it_.requests()).toEqual([])
    it_.does('CommitTransaction')
    expect(it_.requests()).toHaveLength(1)
  })
  test('ends with what there is, and no other begins then', () => {
    ready({ workload: { count: 1 } })
    it_.does('BeginTransaction')
    expect(it_.can()).not.toContain('CommitTransaction')
    it_.publish(1)
    it_.answer(0)
    it_.does('CommitTransaction')
    it_.does('EndTxn')
    ended()
    expect(it_.can()).toEqual([])
  })
  test('is asked about again when its end is too early', () => {
    open(2)
    it_.does('CommitTransaction')
    it_.does('EndTxn')
    ended({ error: 'CONCURRENT_TRANSACTIONS', epoch: -1 })
    expect(phase()).toBe('committing')
    const takes = ruleOf('EndTxn').takes
    expect(takes?.(it_.settings, it_.state, undefined, undefined)).toEqual([100, 100])
  })
  test.each([
    ['PRODUCER_FENCED', 'ProducerFencedException'],
    ['INVALID_PRODUCER_EPOCH', 'ProducerFencedException'],
    ['INVALID_TXN_STATE', 'INVALID_TXN_STATE'],
  ])('whose end is refused with %s is its producer’s last', (error, reason) => {
    open(2)
    it_.does('CommitTransaction')
    it_.does('EndTxn')
    ended({ error, epoch: -1 })
    expect(it_.seen).toMatchObject([{ kind: 'refused', reason, final: true }, { final: true }])
    expect([phase(), it_.can()]).toEqual(['fatal', []])
  })
})

describe('an error inside a transaction', () => {
  test('leaves an abort: what waits is dropped, what is under way is awaited', () => {
    ready({
      kafka: { ...OWN, 'max.in.flight.requests.per.connection': 2, 'batch.size': 1 },
      together: 4,
    })
    it_.does('BeginTransaction')
    it_.publish(3)
    it_.answer('INVALID_PRODUCER_EPOCH')
    expect(it_.seen).toMatchObject([{ kind: 'refused', final: false }])
    expect(phase()).toBe('abortable')
    expect(it_.can()).toEqual([
      'RequestTimeoutExpires',
      'DeliveryTimeoutExpires',
      'AbortTransaction',
    ])
    it_.does('AbortTransaction')
    expect(it_.can()).not.toContain('EndTxn')
    it_.answer('NOT_LEADER_OR_FOLLOWER')
    it_.does('EndTxn')
    expect(it_.sent('transactions')).toMatchObject([{ committed: false }])
    ended()
    expect(it_.seen.map(({ reason }) => reason)).toEqual(Array(3).fill('INVALID_PRODUCER_EPOCH'))
    expect(phase()).toBe('ready')
  })
  test.each(['NOT_ENOUGH_REPLICAS', 'CONCURRENT_TRANSACTIONS', 'NOT_LEADER_OR_FOLLOWER'] as const)(
    '%s is none: the batch is sent again',
    (error) => {
      it_.does('BeginTransaction')
      it_.publish(1)
      it_.answer(error)
      expect(phase()).toBe('open')
      it_.does('RetryBackoffExpires')
      expect(it_.requests().at(-1)?.batch.firstSequence).toBe(0)
    },
  )
  test('a gap in the numbers is one', () => {
    it_.does('BeginTransaction')
    it_.publish(1)
    it_.answer(0)
    it_.publish(1)
    it_.answer('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(phase()).toBe('abortable')
  })
})

describe('the application', () => {
  test('may abort an open transaction, and what was in it is refused', () => {
    expect(it_.faults()).not.toContain('ApplicationAborts')
    open(1, { resends: true })
    expect(it_.faults()).toContain('ApplicationAborts')
    it_.does('ApplicationAborts')
    it_.does('EndTxn')
    ended()
    expect(it_.seen).toMatchObject([{ kind: 'refused', final: true }])
    expect(it_.state.outbox).toHaveLength(1)
    it_.does('BeginTransaction')
    expect(it_.can()).toContain('ResendUnconfirmed')
  })
  test('a resend waits for a transaction as a first send does', () => {
    open(1, { resends: true })
    it_.does('ApplicationAborts')
    it_.does('EndTxn')
    ended()
    expect(it_.can()).toEqual(['BeginTransaction'])
  })
  test('may end inside one, and is not started again', () => {
    expect(it_.faults()).not.toContain('AbandonTransaction')
    open(1)
    const seen = it_.does('AbandonTransaction')
    expect(seen).toMatchObject([{ kind: 'crashed', holding: [expect.any(String)] }])
    expect([it_.state.life, it_.can()]).toEqual(['stopped', []])
    expect(it_.hears('transactions', { kind: 'EndTxnResponse', epoch: 1 } as never)).toBe(
      'ProcessGone',
    )
  })
  test('that decides by other means begins, commits and aborts nothing by itself', () => {
    ready({ together: 0 })
    expect(it_.can()).toEqual([])
    const transaction = it_.state.transaction as NonNullable<typeof it_.state.transaction>
    it_.state = { ...it_.state, transaction: { ...transaction, phase: 'open' } }
    expect(it_.can()).toEqual(['SendNext'])
    expect(it_.faults()).not.toContain('ApplicationAborts')
    it_.state = { ...it_.state, transaction: { ...transaction, phase: 'abortable' } }
    expect(it_.can()).toEqual([])
  })
})

test('a crash inside a transaction loses all of it, acknowledged by nobody', () => {
  open(2, { resends: true })
  expect(it_.does('Crash')).toMatchObject([{ holding: [expect.any(String), expect.any(String)] }])
  expect(it_.state.outbox).toHaveLength(2)
  it_.does('Restart')
  expect(phase()).toBe('uninitialised')
})

test('stands at `uncommitted` with what the broker has of an open transaction', () => {
  open(1)
  expect(producerKind.stages?.(it_.state)).toEqual([
    { stage: 'uncommitted', about: it_.state.transaction?.written[0]?.message.id },
  ])
})

describe('a lost connection', () => {
  const lost = () => it_.hears('transactions', { kind: 'ConnectionClosed' })
  test('to the coordinator: what was asked is asked again', () => {
    expect(lost()).toBe('TransactionCoordinatorDisconnected')
    expect(it_.sent('transactions')).toEqual([])
    open(2)
    it_.does('CommitTransaction')
    it_.does('EndTxn')
    it_.sent('transactions')
    lost()
    expect(it_.sent('transactions')).toMatchObject([{ kind: 'EndTxn', epoch: 0 }])
  })
  test('while it initialises', () => {
    it_ = newProducing({ kafka: OWN })
    it_.does('Start')
    it_.does('InitTransactions')
    it_.sent('transactions')
    lost()
    expect(it_.sent('transactions')).toMatchObject([{ kind: 'InitProducerId' }])
  })
})

describe('offsets of a group', () => {
  const offsets = [{ topic: 'orders', partition: 0, offset: 4 }]
  const answered = (error?: string) =>
    it_.hears('coordinator', {
      kind: 'TxnOffsetCommitResponse',
      ...(error ? { error } : {}),
    } as never)
  beforeEach(() => {
    open(1)
    const transaction = it_.state.transaction as NonNullable<typeof it_.state.transaction>
    const told = { port: 'coordinator', member: 'a#0', generation: 3, offsets }
    it_.state = {
      ...it_.state,
      transaction: { ...transaction, offsets: told, offsetsSent: false, phase: 'committing' },
    }
  })
  test('are sent before the end', () => {
    expect(it_.can()).toEqual(['TxnOffsetCommit'])
    it_.does('TxnOffsetCommit')
    expect(it_.sent('coordinator')).toMatchObject([
      { transactionalId: 'shop', producerId: 7, member: 'a#0', generation: 3, offsets },
    ])
    expect(it_.can()).toEqual([])
    expect(answered()).toBe('TxnOffsetCommitResponse')
    expect(it_.can()).toEqual(['EndTxn'])
    expect(answered()).toBe('IgnoreTxnOffsetCommitResponse')
  })
  test('are sent again when it is too early', () => {
    it_.does('TxnOffsetCommit')
    answered('CONCURRENT_TRANSACTIONS')
    expect(it_.can()).toEqual(['TxnOffsetCommit'])
  })
  test.each(['ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID'])('%s leaves an abort', (error) => {
    it_.does('TxnOffsetCommit')
    answered(error)
    expect(it_.state.transaction).toMatchObject({
      phase: 'abortable',
      why: 'CommitFailedException',
    })
  })
  test('a fenced producer hears of it here too', () => {
    it_.does('TxnOffsetCommit')
    answered('INVALID_PRODUCER_EPOCH')
    expect(phase()).toBe('fatal')
  })
  test('are sent again on a new connection, if they are awaited', () => {
    expect(it_.wouldTake('coordinator', { kind: 'ConnectionClosed' })).toEqual([])
    it_.does('TxnOffsetCommit')
    it_.sent('coordinator')
    expect(it_.wouldTake('controller', { kind: 'ConnectionClosed' })).toEqual([
      'ControllerDisconnected',
    ])
    expect(it_.hears('coordinator', { kind: 'ConnectionClosed' })).toBe(
      'GroupCoordinatorDisconnected',
    )
    expect(it_.sent('coordinator')).toHaveLength(1)
  })
})
