import { beforeEach, describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import { metadata } from './metadata.fixture.ts'
import { newProducing, type Producing } from './producer.fixture.ts'
import type { Given } from './settings.ts'

let it_: Producing
const says = (kind: string, more: object = {}) =>
  it_.hears('application', { kind, ...more } as never)
const publish = (n: number) => says('Publish', { message: message(n) })
const endTogether = (commit = true) =>
  says('EndTogether', { commit, member: 'a#0', generation: 2, offsets: [] })
const told = () => {
  it_.does('AnswerApplication')
  return it_.sent('application')[0]
}
const initialised = (change: object = {}) =>
  it_.hears('transactions', {
    kind: 'InitProducerIdResponse',
    producerId: 7,
    epoch: 0,
    ...change,
  } as never)

/** In the process of a service, started with it; its partition and its producer id known. */
function inService(kafka: Given = {}): void {
  it_ = newProducing({ kafka, inService: true, together: 0 })
  says('ProcessStarts')
  it_.hears('controller', metadata(1))
  if (kafka['transactional.id'] === undefined) {
    const id = { kind: 'InitProducerIdResponse', producerId: 7, epoch: 0 }
    it_.hears('controller', id as never)
    return
  }
  it_.does('InitTransactions')
  initialised()
}

describe('the process', () => {
  beforeEach(() => inService())
  test('starts it, and nothing else does', () => {
    it_ = newProducing({ inService: true })
    expect(it_.can()).toEqual([])
    expect(says('ProcessStarts')).toBe('ProcessStarts')
    expect(it_.state.life).toBe('running')
  })
  test('pauses it, and goes on with it', () => {
    says('ProcessPauses')
    expect(it_.can()).toEqual([])
    expect(it_.wouldTake('application', { kind: 'Publish', message: message(0) } as never)).toEqual(
      [],
    )
    expect(says('ProcessResumes')).toBe('ProcessResumes')
    expect(publish(0)).toBe('Publish')
  })
  test('ends it: what it was to do is forgotten, and what comes for it is dropped', () => {
    publish(0)
    expect(says('ConnectionClosed')).toBe('ProcessEnds')
    expect([it_.state.life, it_.state.serving]).toEqual(['new', null])
    const answer = { kind: 'ProduceResponse', topic: 'orders', partition: 0, correlation: 0 }
    expect(it_.hears('node', { ...answer, baseOffset: 0 } as never)).toBe('ProcessGone')
    expect(it_.wouldTake('application', { kind: 'ConnectionClosed' })).toEqual(['ProcessEnds'])
    says('ProcessStarts')
    expect(it_.can()).toEqual([])
  })
  test('befalls it as a whole: no fault does so alone', () => {
    inService({ 'transactional.id': 'billing' })
    publish(0)
    expect(it_.faults()).toEqual([])
  })
})

describe('publishing without transactions', () => {
  beforeEach(() => inService())
  test('is answered when the broker has it', () => {
    publish(3)
    expect(it_.wouldTake('application', { kind: 'Publish', message: message(4) } as never)).toEqual(
      [],
    )
    expect(it_.can()).not.toContain('AnswerApplication')
    it_.answer(0)
    expect(it_.seen).toMatchObject([{ kind: 'acknowledged' }])
    expect(told()).toMatchObject({ kind: 'Published', id: message(3).id, ok: true })
    expect(it_.can()).not.toContain('AnswerApplication')
  })
  test('is answered when its time is over', () => {
    publish(3)
    it_.does('DeliveryTimeoutExpires', message(3).id)
    expect(told()).toMatchObject({ id: message(3).id, ok: false })
  })
  test('waits until it knows the partitions', () => {
    it_ = newProducing({ inService: true })
    says('ProcessStarts')
    expect(it_.wouldTake('application', { kind: 'Publish', message: message(0) } as never)).toEqual(
      [],
    )
    const end = { kind: 'EndTogether', commit: true, member: '', generation: -1, offsets: [] }
    expect(it_.wouldTake('application', end as never)).toEqual([])
  })
})

describe('publishing in transactions', () => {
  beforeEach(() => inService({ 'transactional.id': 'billing' }))
  const commits = () => {
    it_.does('TxnOffsetCommit')
    it_.hears('coordinator', { kind: 'TxnOffsetCommitResponse' } as never)
    it_.does('EndTxn')
  }
  const ends = (change: object = { epoch: 1 }) =>
    it_.hears('transactions', { kind: 'EndTxnResponse', ...change } as never)

  test('begins one, and commits what was written with what was read', () => {
    publish(0)
    it_.answer(0)
    expect(it_.seen).toEqual([])
    expect(told()).toMatchObject({ ok: true })
    expect(endTogether()).toBe('EndTogether')
    commits()
    expect(it_.sent('coordinator')).toMatchObject([{ member: 'a#0', generation: 2 }])
    expect(it_.can()).not.toContain('AnswerApplication')
    ends()
    expect(it_.seen).toMatchObject([{ kind: 'acknowledged' }])
    expect(told()).toEqual({ kind: 'EndedTogether', committed: true, fenced: false })
  })
  test('commits offsets alone where nothing was written', () => {
    endTogether()
    commits()
    ends()
    expect(told()).toMatchObject({ committed: true })
  })
  test('takes everything back when it is told to', () => {
    publish(0)
    it_.answer(0)
    told()
    endTogether(false)
    it_.does('EndTxn')
    ends()
    expect(told()).toEqual({ kind: 'EndedTogether', committed: false, fenced: false })
  })
  test('fails with its transaction, and every call until that is taken back', () => {
    publish(0)
    it_.answer('INVALID_PRODUCER_EPOCH')
    expect(told()).toMatchObject({ ok: false })
    expect(it_.can()).not.toContain('AbortTransaction')
    publish(1)
    expect(told()).toMatchObject({ ok: false })
    endTogether()
    it_.does('EndTxn')
    ends()
    expect(told()).toMatchObject({ committed: false, fenced: false })
  })
  test('aborts by itself when the offsets are refused', () => {
    endTogether()
    it_.does('TxnOffsetCommit')
    const refused = { kind: 'TxnOffsetCommitResponse', error: 'ILLEGAL_GENERATION' }
    it_.hears('coordinator', refused as never)
    expect(it_.can()).toEqual(['AbortTransaction'])
    it_.does('AbortTransaction')
    it_.does('EndTxn')
    ends()
    expect(told()).toMatchObject({ committed: false, fenced: false })
  })
  test('says that it is fenced, to every call', () => {
    endTogether()
    commits()
    ends({ epoch: -1, error: 'PRODUCER_FENCED' })
    expect(told()).toMatchObject({ committed: false, fenced: true })
    endTogether()
    expect(told()).toMatchObject({ fenced: true })
  })
})
