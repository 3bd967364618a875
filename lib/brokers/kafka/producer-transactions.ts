// Transactions on the producer's side (TransactionManager, protocol version 2): begin, send, send offsets,
// commit or abort. Until the end is confirmed nothing of it counts as acknowledged.
import type { Message, Place, Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { drain, type Going, withOutbox } from './producer-batches.ts'
import {
  type PendingBatch,
  type ProducerState,
  type Self,
  type Send,
  unconfirmed,
} from './producer-state.ts'
import type {
  InitProducerId,
  InitProducerIdResponse,
  KafkaError,
  OffsetCommit,
} from './protocol.ts'
import type {
  EndTxn,
  EndTxnResponse,
  TxnOffsetCommit,
  TxnOffsetCommitResponse,
} from './protocol-transactions.ts'

/**
 * uninitialised · initialising (asked for its epoch) · ready · open · committing, aborting (waits for what is
 * unanswered) · ending (EndTxn is sent) · abortable (an error: only an abort is left) · fatal (fenced).
 */
export type TransactionPhase =
  | 'uninitialised'
  | 'initialising'
  | 'ready'
  | 'open'
  | 'committing'
  | 'abortable'
  | 'aborting'
  | 'ending'
  | 'fatal'

/** A record of the open transaction; `place` is null until the broker has it. */
export interface Written {
  readonly message: Message
  readonly place: Place | null
}

/** Offsets of a consumer, with what it knows of its membership: consumer.groupMetadata(). */
export interface GroupOffsets {
  readonly port: string
  readonly member: string
  readonly generation: number
  readonly offsets: OffsetCommit['offsets']
}

export interface ProducerTransaction {
  readonly phase: TransactionPhase
  readonly written: readonly Written[]
  /** A broker may know of it: its end has to be told. */
  readonly started: boolean
  readonly committed: boolean
  /** Offsets that are to be part of it: to be sent, or sent and unanswered. */
  readonly offsets: GroupOffsets | null
  readonly offsetsSent: boolean
  /** The last answer was that it is too early: wait before the next try. */
  readonly again: boolean
  /** Why it cannot be committed. */
  readonly why: string
}

export const UNINITIALISED: ProducerTransaction = {
  phase: 'uninitialised',
  written: [],
  started: false,
  committed: false,
  offsets: null,
  offsetsSent: false,
  again: false,
  why: '',
}

export const TO_COORDINATOR = 'transactions'
const FENCED = 'ProducerFencedException'

export function inPhase(s: ProducerState, ...phases: readonly TransactionPhase[]): boolean {
  return s.transaction !== null && phases.includes(s.transaction.phase)
}

export function withTransaction(
  s: ProducerState,
  change: Partial<ProducerTransaction>,
): ProducerState {
  return { ...s, transaction: { ...(s.transaction as ProducerTransaction), ...change } }
}

export function initRequest({ settings }: Self): Send {
  const transactionalId = settings['transactional.id']
  const timeoutMs = settings['transaction.timeout.ms']
  const request: InitProducerId = { kind: 'InitProducerId', transactionalId, timeoutMs }
  return [TO_COORDINATOR, request]
}

/** initTransactions(): fences whoever used the id before. */
export function initTransactions(s: ProducerState, me: Self): Out<ProducerState> {
  const self = withTransaction(s, { phase: 'initialising', again: false })
  return { self, send: [initRequest(me)] }
}

export function initialised(s: ProducerState, e: InitProducerIdResponse): ProducerState {
  if (e.error === 'CONCURRENT_TRANSACTIONS') {
    return withTransaction(s, { phase: 'uninitialised', again: true })
  }
  if (e.error !== undefined) return withTransaction(s, { phase: 'fatal', why: e.error })
  return withTransaction({ ...s, producerId: e.producerId, epoch: e.epoch }, { phase: 'ready' })
}

export function begin(s: ProducerState): ProducerState {
  return withTransaction(s, { ...UNINITIALISED, phase: 'open' })
}

/** send() inside a transaction. */
export function written(s: ProducerState, message: Message): ProducerState {
  if (s.transaction === null) return s
  const all = [...s.transaction.written, { message, place: null }]
  return withTransaction(s, { written: all, started: true })
}

/** The broker has these records: nothing is acknowledged yet. */
export function landed(s: ProducerState, batch: PendingBatch, stream: string, base: number) {
  const { written: all } = s.transaction as ProducerTransaction
  const places = new Map(
    batch.messages.map(({ id }, i) => [id, { stream, lane: batch.partition, offset: base + i }]),
  )
  const next = all.map((each) => {
    const place = places.get(each.message.id)
    return place === undefined ? each : { ...each, place }
  })
  return withTransaction(s, { written: next })
}

/** What waits in the accumulator is dropped (abortUndrainedBatches); what is in flight is awaited. */
function withoutQueues(s: ProducerState): ProducerState {
  return { ...s, lanes: s.lanes.map((lane) => ({ ...lane, queue: [] })) }
}

/** An error after which only an abort is left (transitionToAbortableError). */
export function abortable(s: ProducerState, why: string): ProducerState {
  if (!inPhase(s, 'open', 'committing')) return s
  return withoutQueues(withTransaction(s, { phase: 'abortable', why, offsets: null }))
}

/** commitTransaction(): flushes, then ends. */
export function commit(s: ProducerState, me: Self): Going {
  const lanes = s.lanes.map((lane) => ({
    ...lane,
    queue: lane.queue.map(
      (batch): PendingBatch => (batch.status === 'filling' ? { ...batch, status: 'ready' } : batch),
    ),
  }))
  const self = withTransaction({ ...s, lanes }, { phase: 'committing', committed: true })
  return drain({ self, send: [], observe: [] }, me)
}

/** abortTransaction() */
export function abort(s: ProducerState, why: string): ProducerState {
  const known = (s.transaction as ProducerTransaction).why
  const change = { phase: 'aborting', committed: false, offsets: null } as const
  return withoutQueues(withTransaction(s, { ...change, why: known === '' ? why : known }))
}

/** Whether the end may be told: nothing of it is unanswered. */
export function isFlushed(s: ProducerState): boolean {
  return unconfirmed(s).length === 0 && s.transaction?.offsets === null
}

function endRequest(s: ProducerState, me: Self): Send {
  const { committed } = s.transaction as ProducerTransaction
  const transactionalId = me.settings['transactional.id']
  const who = { transactionalId, producerId: s.producerId, epoch: s.epoch }
  const request: EndTxn = { kind: 'EndTxn', about: transactionalId, ...who, committed, version: 2 }
  return [TO_COORDINATOR, request]
}

/** A transaction in which nothing was sent ends without a word to anybody. */
export function end(s: ProducerState, me: Self): Out<ProducerState> {
  if (!(s.transaction as ProducerTransaction).started) return ended(s, me)
  const self = withTransaction(s, { phase: 'ending', again: false })
  return { self, send: [endRequest(s, me)] }
}

/** It is over: acknowledged as a whole, or given back to the application as a whole. */
function ended(s: ProducerState, me: Self): Going {
  const { written: all, committed, why } = s.transaction as ProducerTransaction
  const self = withTransaction(s, { ...UNINITIALISED, phase: 'ready', committed })
  if (!committed) return givenUp(self, all, why, me)
  const observe = all.map(({ message, place }): Seen => {
    return { kind: 'acknowledged', actor: me.id, message, place }
  })
  return { self, send: [], observe }
}

function givenUp(s: ProducerState, all: readonly Written[], reason: string, me: Self): Going {
  const messages = all.map(({ message }) => message)
  const observe = messages.map((message): Seen => {
    return { kind: 'refused', actor: me.id, message, reason, final: true }
  })
  return { self: withOutbox(s, messages, me), send: [], observe }
}

/** Somebody else uses the transactional id by now: this producer can do nothing more. */
function fatal(s: ProducerState, why: string, me: Self): Going {
  const { written: all } = s.transaction as ProducerTransaction
  const self = withoutQueues(withTransaction(s, { ...UNINITIALISED, phase: 'fatal', why }))
  return givenUp(self, all, why, me)
}

const isFencing = (error: KafkaError): boolean =>
  error === 'PRODUCER_FENCED' || error === 'INVALID_PRODUCER_EPOCH'

const saidFor = (error: KafkaError): string => (isFencing(error) ? FENCED : error)

export function endAnswered(s: ProducerState, e: EndTxnResponse, me: Self): Going {
  if (e.error === undefined) return ended({ ...s, epoch: e.epoch }, me)
  if (e.error !== 'CONCURRENT_TRANSACTIONS') return fatal(s, saidFor(e.error), me)
  const { committed } = s.transaction as ProducerTransaction
  const self = withTransaction(s, { phase: committed ? 'committing' : 'aborting', again: true })
  return { self, send: [], observe: [] }
}

/** sendOffsetsToTransaction(): the group's coordinator holds them until the end. */
export function withOffsets(s: ProducerState, offsets: GroupOffsets): ProducerState {
  return withTransaction(s, { offsets, offsetsSent: false, started: true })
}

export function offsetsRequest(s: ProducerState, me: Self): Send {
  const { offsets } = s.transaction as ProducerTransaction
  const { port, ...told } = offsets as GroupOffsets
  const transactionalId = me.settings['transactional.id']
  const who = { transactionalId, producerId: s.producerId, epoch: s.epoch }
  const request: TxnOffsetCommit = {
    kind: 'TxnOffsetCommit',
    about: transactionalId,
    ...who,
    ...told,
    version: 2,
  }
  return [port, request]
}

export function sendOffsets(s: ProducerState, me: Self): Out<ProducerState> {
  const self = withTransaction(s, { offsetsSent: true, again: false })
  return { self, send: [offsetsRequest(s, me)] }
}

const PASSING: readonly KafkaError[] = ['CONCURRENT_TRANSACTIONS', 'NOT_ENOUGH_REPLICAS']
const OF_THE_GROUP: readonly KafkaError[] = ['ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID']

export function offsetsAnswered(s: ProducerState, e: TxnOffsetCommitResponse, me: Self): Going {
  const still = { send: [], observe: [] }
  if (e.error === undefined) return { self: withTransaction(s, { offsets: null }), ...still }
  if (PASSING.includes(e.error)) {
    return { self: withTransaction(s, { offsetsSent: false, again: true }), ...still }
  }
  if (OF_THE_GROUP.includes(e.error)) {
    return { self: abortable(s, 'CommitFailedException'), ...still }
  }
  return fatal(s, saidFor(e.error), me)
}

/** What it still waits for from the transaction coordinator, asked again on a new connection. */
export function askCoordinatorAgain(s: ProducerState, me: Self): readonly Send[] {
  if (inPhase(s, 'initialising')) return [initRequest(me)]
  return inPhase(s, 'ending') ? [endRequest(s, me)] : []
}

/** Events of the open transaction, of which nobody knows the end once the process is gone. */
export function messagesOf(s: ProducerState): readonly Message[] {
  return s.transaction?.written.map(({ message }) => message) ?? []
}
