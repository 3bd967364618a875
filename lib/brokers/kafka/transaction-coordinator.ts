// The coordinator of transactions: who may use a transactional id, which partitions take part, how and when
// a transaction ends. It decides once, and then writes the markers until every participant has its own.
import { ruleFor } from '../../engine/rule.ts'
import type { ConnectionClosedEnvelope, Kind, Out } from '../../engine/types.ts'
import { decide } from '../_decision.ts'
import type {
  InitProducerId,
  InitProducerIdResponse,
  KafkaEnvelope,
  KafkaError,
} from './protocol.ts'
import type {
  AddOffsetsToTxn,
  AddPartitionsToTxn,
  EndTxn,
  Transactional,
  WriteTxnMarkers,
  WriteTxnMarkersResponse,
} from './protocol-transactions.ts'
import {
  FIRST_PRODUCER_ID,
  isEnding,
  portOf,
  type Self,
  type Transaction,
  type TransactionCoordinatorSettings,
  type TransactionCoordinatorState,
  turned,
  type Unmarked,
  withTransaction,
} from './transaction-state.ts'
import { endFacts, endTable, identityOf, partitionTable } from './transaction-tables.ts'

type State = TransactionCoordinatorState
type Sends = readonly (readonly [port: string, marker: WriteTxnMarkers])[]

const rule = ruleFor<State, TransactionCoordinatorSettings, KafkaEnvelope>()

/** How long it waits before it tries again where a marker could not be written. */
const RETRY_MS = 100

/** One request to each leader and coordinator that is concerned. */
function markersOf(s: State, id: string, me: Self, only?: readonly string[]): Sends {
  const transaction = s.transactions[id] as Transaction
  const { producerId, epoch, state, participants } = transaction
  const byPort = new Map<string, string[]>()
  for (const participant of only ?? participants) {
    const port = portOf(participant, me.settings, s.turns)
    byPort.set(port, [...(byPort.get(port) ?? []), participant])
  }
  const committed = state === 'PrepareCommit'
  const who = { transactionalId: id, producerId, epoch }
  return [...byPort].map(([port, named]) => [
    port,
    { kind: 'WriteTxnMarkers', about: id, ...who, committed, participants: named },
  ])
}

/** The end is decided and from now on certain; without participants it is over at once. */
function prepare(s: State, id: string, transaction: Transaction, me: Self) {
  const decided = transaction.participants.length === 0 ? completed(transaction) : transaction
  const self = withTransaction(s, id, decided)
  return { self, send: isEnding(decided) ? markersOf(self, id, me) : [] }
}

function completed(transaction: Transaction): Transaction {
  const state = transaction.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort'
  return { ...transaction, state, participants: [] }
}

/** prepareFenceProducerEpoch: whoever used this id until now is shut out, and its transaction is aborted. */
function fence(s: State, id: string, known: Transaction, me: Self) {
  const epoch = known.epoch + 1
  return prepare(s, id, { ...known, epoch, state: 'PrepareAbort' }, me)
}

function initAnswer(producerId: number, epoch: number, error?: KafkaError): InitProducerIdResponse {
  const answer = { kind: 'InitProducerIdResponse', producerId, epoch } as const
  return error === undefined ? answer : { ...answer, error }
}

/** The same producer id with a higher epoch. One that is in a transaction is fenced first: ask again. */
function initialise(s: State, e: InitProducerId, me: Self): Out<State> {
  const { transactionalId: id = '', timeoutMs = 0 } = e
  if (timeoutMs > me.settings['transaction.max.timeout.ms']) {
    return { reply: initAnswer(-1, -1, 'INVALID_TRANSACTION_TIMEOUT') }
  }
  const known = s.transactions[id]
  const busy = initAnswer(-1, -1, 'CONCURRENT_TRANSACTIONS')
  if (known?.state === 'Ongoing') return { ...fence(s, id, known, me), reply: busy }
  if (known !== undefined && isEnding(known)) return { reply: busy }
  const { nextProducerId } = s
  const { producerId, epoch } = known ?? { producerId: nextProducerId, epoch: -1 }
  const fresh: Transaction = {
    producerId,
    epoch: epoch + 1,
    state: 'Empty',
    timeoutMs,
    version: 1,
    participants: [],
    owner: me.port,
  }
  const next = known === undefined ? nextProducerId + 1 : nextProducerId
  const self = { ...withTransaction(s, id, fresh), nextProducerId: next }
  return { self, reply: initAnswer(producerId, fresh.epoch) }
}

interface Joining {
  readonly self?: State
  readonly error?: KafkaError
}

function takePart(
  s: State,
  e: Transactional & Pick<AddPartitionsToTxn, 'participants' | 'verifyOnly' | 'version'>,
): Joining {
  const { transactionalId: id, participants, version } = e
  const known = s.transactions[id]
  const answer = decide(partitionTable, {
    identity: identityOf(known, e),
    state: known?.state ?? 'Empty',
    asks: e.verifyOnly ? 'whether added' : 'to add',
    added: participants.every((each) => known?.participants.includes(each)),
  })
  if (answer === 'yes') return {}
  if (answer !== 'add') return { error: answer }
  const before = known as Transaction
  const all = [...new Set([...before.participants, ...participants])].sort()
  return {
    self: withTransaction(s, id, { ...before, state: 'Ongoing', version, participants: all }),
  }
}

function addPartitions(s: State, e: AddPartitionsToTxn): Out<State> {
  const { self = s, error } = takePart(s, e)
  const answer = { kind: 'AddPartitionsToTxnResponse', about: e.transactionalId } as const
  return { self, reply: error === undefined ? answer : ({ ...answer, error } as typeof answer) }
}

/** Version 1: the group's partition of __consumer_offsets takes part. */
function addOffsets(s: State, e: AddOffsetsToTxn): Out<State> {
  const asked = { ...e, participants: [e.group], verifyOnly: false, version: 1 } as const
  const { self = s, error } = takePart(s, asked)
  const answer = { kind: 'AddOffsetsToTxnResponse', about: e.transactionalId } as const
  return { self, reply: error === undefined ? answer : ({ ...answer, error } as typeof answer) }
}

/** Answered as soon as it is decided; the markers follow. Version 2 raises the epoch each time. */
function end(s: State, e: EndTxn, me: Self): Out<State> {
  const { transactionalId: id, committed, version } = e
  const known = s.transactions[id]
  const answer = decide(endTable, endFacts(known, e))
  const told = { kind: 'EndTxnResponse', about: id } as const
  if (answer === 'again')
    return { reply: { ...told, epoch: (known as Transaction).epoch } as typeof told }
  if (answer !== 'prepare') return { reply: { ...told, epoch: -1, error: answer } as typeof told }
  const before = known as Transaction
  const epoch = version === 2 ? before.epoch + 1 : before.epoch
  const state = committed ? 'PrepareCommit' : 'PrepareAbort'
  const prepared = prepare(s, id, { ...before, epoch, state, version }, me)
  return { ...prepared, reply: { ...told, epoch } as typeof told }
}

/** Of the transaction that is ending: a late answer about an earlier one says nothing. */
const isExpected = (s: State, e: WriteTxnMarkersResponse): boolean => {
  const known = s.transactions[e.transactionalId]
  return known !== undefined && isEnding(known) && known.epoch === e.epoch
}

/** With the last participant's word the transaction is over. */
function marked(s: State, e: WriteTxnMarkersResponse, me: Self): State {
  const { transactionalId: id } = e
  const known = s.transactions[id] as Transaction
  const participants = known.participants.filter((each) => !e.participants.includes(each))
  const after = participants.length === 0 ? completed(known) : { ...known, participants }
  const self = withTransaction(s, id, after)
  const again = toRetry(self, asUnmarked(id, e.unsafe))
  return toAskOthers(again, asUnmarked(id, e.refused), me)
}

function asUnmarked(transactionalId: string, participants: readonly string[]): readonly Unmarked[] {
  return participants.length === 0 ? [] : [{ transactionalId, participants }]
}

function toRetry(s: State, unmarked: readonly Unmarked[]): State {
  return unmarked.length === 0 ? s : { ...s, unmarked: [...s.unmarked, ...unmarked] }
}

/** Whoever was asked is no leader, or is gone: the next time another is asked. */
function toAskOthers(s: State, unmarked: readonly Unmarked[], me: Self): State {
  const participants = unmarked.flatMap((each) => each.participants)
  return toRetry({ ...s, turns: turned(s, participants, me.settings) }, unmarked)
}

/** Markers that were on their way to somebody whose connection is gone: nobody knows whether they arrived. */
function lostOn(s: State, me: Self): readonly Unmarked[] {
  return Object.entries(s.transactions).flatMap(([transactionalId, transaction]) => {
    if (!isEnding(transaction)) return []
    const participants = transaction.participants.filter(
      (each) => portOf(each, me.settings, s.turns) === me.port,
    )
    return participants.length === 0 ? [] : [{ transactionalId, participants }]
  })
}

function retry(s: State, what: Unmarked, me: Self): Out<State> {
  const { transactionalId: id, participants } = what
  const unmarked = s.unmarked.filter((each) => each !== what)
  const known = s.transactions[id] as Transaction
  // Another try may have been answered meanwhile.
  const left = isEnding(known)
    ? participants.filter((each) => known.participants.includes(each))
    : []
  return { self: { ...s, unmarked }, send: markersOf(s, id, me, left) }
}

/** The owner of these ids is gone: what it left open, only time ends. */
function forget(s: State, port: string): State {
  const changed = Object.entries(s.transactions).map(([id, each]) => [
    id,
    each.owner === port ? { ...each, owner: '' } : each,
  ])
  return { ...s, transactions: Object.fromEntries(changed) }
}

const NOBODY: readonly string[] = []

function ongoing(s: State): readonly string[] {
  const ids = Object.keys(s.transactions).filter((id) => s.transactions[id]?.state === 'Ongoing')
  return ids.length === 0 ? NOBODY : ids
}

const isParticipant = (_s: State, me: Self): boolean =>
  me.settings.nodes.includes(me.port) || Object.values(me.settings.groups).includes(me.port)

/** Whether a producer that lives and is not paused may take so long, or this one is gone. */
function mayOutlast(s: State, id: string, me: Self): boolean {
  const { owner, timeoutMs } = s.transactions[id] as Transaction
  return owner === '' || (me.settings.longestMs[id] ?? 0) >= timeoutMs
}

const SWEEP = 'transaction.abort.timed.out.transaction.cleanup.interval.ms'

export const transactionCoordinatorRules = [
  rule({
    name: 'InitProducerId',
    on: 'InitProducerId',
    reads: ['transactional.id', 'transaction.timeout.ms', 'transaction.max.timeout.ms'],
    cites: 'TransactionCoordinator.handleInitProducerId: the same producer id, a higher epoch',
    then: (s, e, _x, me) => initialise(s, e, me),
  }),
  rule({
    name: 'AddPartitionsToTxn',
    on: 'AddPartitionsToTxn',
    cites:
      'TransactionCoordinator.handleAddPartitionsToTransaction; a table in transaction-tables.ts',
    then: (s, e) => addPartitions(s, e),
  }),
  rule({
    name: 'AddOffsetsToTxn',
    on: 'AddOffsetsToTxn',
    cites: 'KafkaApis.handleAddOffsetsToTxnRequest: the group’s offsets take part (KIP-98)',
    then: (s, e) => addOffsets(s, e),
  }),
  rule({
    name: 'EndTxn',
    on: 'EndTxn',
    cites: 'TransactionCoordinator.endTransaction; a table in transaction-tables.ts',
    then: (s, e, _x, me) => end(s, e, me),
  }),
  rule({
    name: 'WriteTxnMarkersResponse',
    on: 'WriteTxnMarkersResponse',
    cites: 'TransactionMarkerRequestCompletionHandler',
    when: { 'it is about the transaction that is ending': isExpected },
    then: (s, e, _x, me) => ({ self: marked(s, e, me) }),
  }),
  rule({
    name: 'IgnoreWriteTxnMarkersResponse',
    on: 'WriteTxnMarkersResponse',
    when: { 'it is about an earlier one': (s, e) => !isExpected(s, e) },
    then: () => ({}),
  }),
  rule({
    name: 'RetryMarkers',
    cites: 'TransactionMarkerChannelManager: markers are written until they stand',
    each: (s) => s.unmarked,
    takes: () => [RETRY_MS, RETRY_MS],
    then: (s, _e, what, me) => retry(s, what, me),
  }),
  rule({
    name: 'TransactionTimeoutExpires',
    reads: ['transaction.timeout.ms', SWEEP],
    cites: 'TransactionCoordinator.abortTimedOutTransactions: looked for every so often',
    timer: true,
    each: ongoing,
    usual: (s, _e, id, me) => mayOutlast(s, id, me),
    takes: (settings, s, _e, id) => {
      const { timeoutMs } = s.transactions[id] as Transaction
      return [timeoutMs, timeoutMs + settings[SWEEP]]
    },
    then: (s, _e, id, me) => fence(s, id, s.transactions[id] as Transaction, me),
  }),
  rule({
    name: 'ParticipantDisconnected',
    on: 'ConnectionClosed',
    ready: { 'it was a broker node or a group coordinator': isParticipant },
    then: (s, _e, _x, me) => ({ self: toAskOthers(s, lostOn(s, me), me) }),
  }),
  rule({
    name: 'ProducerDisconnected',
    on: 'ConnectionClosed',
    cites: 'A closed socket ends no transaction: transaction.timeout.ms has to run out',
    ready: { 'it was no participant': (s, me) => !isParticipant(s, me) },
    then: (s, e: ConnectionClosedEnvelope, _x, me) =>
      e.cut === true ? {} : { self: forget(s, me.port) },
  }),
]

export const transactionCoordinatorKind: Kind<State, TransactionCoordinatorSettings> = {
  name: 'kafka transaction coordinator',
  init: () => ({ transactions: {}, nextProducerId: FIRST_PRODUCER_ID, unmarked: [], turns: {} }),
  rules: transactionCoordinatorRules,
}
