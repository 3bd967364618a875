// One partition's log on its leader: records by offset, and what it remembers of idempotent producers
// (kafka.cluster.Partition, storage.internals.log.ProducerAppendInfo, ProducerStateEntry).
import type { Message } from '../../clients/types.ts'
import { append, at, emptyTape, slice, type Tape } from '../../engine/tape.ts'
import { decide, type Row } from '../_decision.ts'
import type { Segment } from './log-segments.ts'
import { isOutsideOwnTransaction, isPastEarliest, opened, unasked } from './log-transactions.ts'
import type { Batch, KafkaError } from './protocol.ts'

/** A record written inside a transaction: read_committed readers must know whose it is. */
export interface TransactionalRecord {
  readonly message: Message
  readonly producerId: number
}

/** The end of a transaction in this partition. It takes an offset and is shown to no application. */
export interface ControlRecord {
  readonly control: 'COMMIT' | 'ABORT'
  readonly producerId: number
}

/**
 * What stands at one offset: an application's record, plain or of a transaction, a control record, or null
 * where compaction has taken one away. Offsets never change, so the place stays.
 */
export type LogRecord = Message | TransactionalRecord | ControlRecord | null

/** The application's record at an offset; null for control records and for what is gone. */
export function messageIn(record: LogRecord | undefined): Message | null {
  if (record === undefined || record === null || 'control' in record) return null
  return 'message' in record ? record.message : record
}

/** Every application's record of a log, in order: what a picture or a test asks for. */
export function messagesIn(log: Log): readonly Message[] {
  return slice(log.records, log.start).flatMap((record) => messageIn(record) ?? [])
}

/** A batch that the broker can still recognise when it comes again. */
export interface KnownBatch {
  readonly first: number
  readonly last: number
  readonly offset: number
}

/** Per producer id. `batches` are the last five, oldest first (ProducerStateEntry.NUM_BATCHES_TO_RETAIN). */
export interface ProducerEntry {
  readonly epoch: number
  readonly batches: readonly KnownBatch[]
}

/** From which offset on a leader epoch wrote (LeaderEpochFileCache, KIP-101). */
export interface EpochStart {
  readonly epoch: number
  readonly start: number
}

/** A transaction that has records here, or had: where its first stands. */
export interface OpenTransaction {
  readonly producerId: number
  readonly firstOffset: number
  /** Offset of its control record, until the high watermark has passed that. */
  readonly end?: number
}

/** The transaction index: what a read_committed reader has to leave out (AbortedTxn). */
export interface AbortedTransaction {
  readonly producerId: number
  readonly firstOffset: number
  /** Offset of its ABORT. */
  readonly lastOffset: number
}

/** Offsets from `from` up to and without `to`. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** What the log cleaner remembers of a log (log-cleaner.ts). */
export interface Cleaning {
  /** The cleaner's checkpoint: everything below has been cleaned. */
  readonly firstDirty: number
  /** Records below are older than min.compaction.lag.ms. */
  readonly lagged: number
  /** Where tombstones lie whose delete horizon runs: a cleaning has met them for the first time. */
  readonly horizons: readonly Stretch[]
  /** The same of ends of transactions, each by itself. */
  readonly markers: readonly number[]
  /** What was to wait there goes in the next cleaning: delete.retention.ms has passed. */
  readonly passed: readonly Stretch[]
  /** Batches of which nothing but the header is left, by offset, ascending. */
  readonly hollow: readonly HollowBatch[]
}

/** A batch without records. `producerId` is that of its transaction; -1 without one. */
export interface HollowBatch extends WideBatch {
  readonly producerId: number
}

const NEVER_CLEANED: Cleaning = {
  firstDirty: 0,
  lagged: 0,
  horizons: [],
  markers: [],
  passed: [],
  hollow: [],
}

/** The lowest number of a producer that the coordinator was asked about (VerificationStateEntry). */
export interface EarliestSeen {
  readonly epoch: number
  readonly sequence: number
}

/** What one replica has on its disk of a partition. The index in `records` is the offset. */
export interface Log {
  readonly records: Tape<LogRecord>
  /** Log start offset: retention has deleted what lies below. */
  readonly start: number
  /** By offset, ascending; the first stands for epoch 0. */
  readonly epochs: readonly EpochStart[]
  readonly producers: Readonly<Record<string, ProducerEntry>>
  /** Transactions without a control record that readers could see, by first offset, ascending. */
  readonly open: readonly OpenTransaction[]
  /** By last offset, ascending. */
  readonly aborted: readonly AbortedTransaction[]
  /** The active one last; empty while the log was never cut (log-segments.ts). */
  readonly segments: readonly Segment[]
  readonly cleaning: Cleaning
  /** Batches of more than one record, by offset, ascending: share groups read whole batches. */
  readonly wide: Tape<WideBatch>
  /** In memory of the leader only, by producer id, until something of its transaction is written. */
  readonly earliest?: Readonly<Record<string, EarliestSeen>>
}

/** Where a batch of several records begins and ends. One that stands alone needs no note. */
export interface WideBatch {
  readonly first: number
  readonly last: number
}

export const RETAINED_BATCHES = 5
const MAX_SEQUENCE = 2147483647

export const EMPTY_LOG: Log = {
  records: emptyTape(),
  start: 0,
  epochs: [{ epoch: 0, start: 0 }],
  producers: {},
  open: [],
  aborted: [],
  segments: [],
  cleaning: NEVER_CLEANED,
  wide: emptyTape(),
}

export function logEnd(log: Log): number {
  return log.records.length
}

/** The leader epoch in which the record at an offset was written. */
export function epochAt(log: Log, offset: number): number {
  const found = log.epochs.findLast((each) => each.start <= offset) ?? log.epochs[0]
  return (found as EpochStart).epoch
}

/**
 * Where the oldest open transaction begins; the end of the log without one. Of one that begins below the log's start
 * it is the batch that a read from there finds first, and that may begin below the start itself
 * (UnifiedLog.maybeIncrementFirstUnstableOffset, LocalLog.convertToOffsetMetadataOrThrow).
 */
export function firstUnstable(log: Log): number {
  const [oldest] = log.open
  if (oldest === undefined) return logEnd(log)
  return oldest.firstOffset < log.start ? batchFrom(log, log.start).first : oldest.firstOffset
}

/** Sequence numbers wrap around to 0 (DefaultRecordBatch.incrementSequence). */
export function addSequence(sequence: number, increment: number): number {
  return (sequence + increment) % (MAX_SEQUENCE + 1)
}

export interface AppendFacts {
  readonly idempotent: boolean
  /** The batch's epoch against the one that the log knows of this producer. */
  readonly epoch: 'unknown producer' | 'older' | 'same' | 'newer'
  /** Whether a batch of the same epoch with these very sequence numbers is remembered. */
  readonly remembered: boolean
  readonly startsAtZero: boolean
  /** Whether it begins right after the last sequence number of that producer. */
  readonly follows: boolean
  /** Whether a lower number of that producer was asked about and is not in the log. */
  readonly pastEarliest: boolean
}

export type AppendAnswer = 'append' | 'known already' | KafkaError

/** ProducerStateManager.prepareUpdate and ProducerAppendInfo.append: what becomes of a batch, KIP-98. */
export const appendTable: readonly Row<AppendFacts, AppendAnswer>[] = [
  { if: { idempotent: false }, answer: 'append' },
  {
    if: { idempotent: true, epoch: 'unknown producer', pastEarliest: false },
    answer: 'append',
  },
  {
    if: { idempotent: true, epoch: 'unknown producer', pastEarliest: true },
    answer: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  },
  { if: { idempotent: true, epoch: 'older' }, answer: 'INVALID_PRODUCER_EPOCH' },
  { if: { idempotent: true, epoch: 'newer', startsAtZero: true }, answer: 'append' },
  {
    if: { idempotent: true, epoch: 'newer', startsAtZero: false },
    answer: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  },
  { if: { idempotent: true, epoch: 'same', remembered: true }, answer: 'known already' },
  {
    if: { idempotent: true, epoch: 'same', remembered: false, follows: true, pastEarliest: false },
    answer: 'append',
  },
  {
    if: { idempotent: true, epoch: 'same', remembered: false, follows: true, pastEarliest: true },
    answer: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  },
  {
    if: { idempotent: true, epoch: 'same', remembered: false, follows: false },
    answer: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  },
]

function lastOf(batch: Batch): number {
  return addSequence(batch.firstSequence, batch.messages.length - 1)
}

function remembered(entry: ProducerEntry, batch: Batch): KnownBatch | undefined {
  const last = lastOf(batch)
  return entry.batches.find((known) => known.first === batch.firstSequence && known.last === last)
}

export function appendFacts(log: Log, batch: Batch): AppendFacts {
  const entry = log.producers[batch.producerId]
  const startsAtZero = batch.firstSequence === 0
  if (entry === undefined) {
    const idempotent = batch.producerId >= 0
    return {
      idempotent,
      epoch: 'unknown producer',
      remembered: false,
      startsAtZero,
      follows: false,
      pastEarliest: isPastEarliest(log, batch),
    }
  }
  const same = batch.epoch === entry.epoch
  // After a control record that raised the epoch nothing is remembered, and numbers begin at 0.
  const lastSequence = entry.batches.at(-1)?.last ?? MAX_SEQUENCE
  return {
    idempotent: true,
    epoch: same ? 'same' : batch.epoch < entry.epoch ? 'older' : 'newer',
    remembered: same && remembered(entry, batch) !== undefined,
    startsAtZero,
    follows: batch.firstSequence === addSequence(lastSequence, 1),
    pastEarliest: isPastEarliest(log, batch),
  }
}

export interface Appended {
  readonly log: Log
  readonly error?: KafkaError
  /** Offset of the first record; the original one of a batch that is known already; -1 with an error. */
  readonly baseOffset: number
  readonly isNew: boolean
}

/** Appends a batch, or says why not. */
export function appendBatch(log: Log, batch: Batch): Appended {
  if (batch.producerId < 0) {
    return { log: write(log, batch), baseOffset: logEnd(log), isNew: true }
  }
  const answer = decide(appendTable, appendFacts(log, batch))
  if (answer === 'append' && isOutsideOwnTransaction(log, batch)) {
    return { log, error: 'INVALID_TXN_STATE', baseOffset: -1, isNew: false }
  }
  if (answer === 'append') {
    const producers = { ...log.producers, [batch.producerId]: remember(log, batch) }
    return { log: { ...write(log, batch), producers }, baseOffset: logEnd(log), isNew: true }
  }
  if (answer !== 'known already') return { log, error: answer, baseOffset: -1, isNew: false }
  const known = remembered(log.producers[batch.producerId] as ProducerEntry, batch) as KnownBatch
  return { log, baseOffset: known.offset, isNew: false }
}

function write(log: Log, batch: Batch): Log {
  let records = log.records
  const { producerId, messages, transactional } = batch
  for (const message of messages) {
    records = append(records, transactional === true ? { message, producerId } : message)
  }
  const written =
    transactional === true ? { ...unasked(log, producerId), open: opened(log, batch) } : log
  if (messages.length < 2) return { ...written, records }
  const wide = append(log.wide, { first: logEnd(log), last: records.length - 1 })
  return { ...written, records, wide }
}

/** The batch in which an offset stands. */
export function batchAt(log: Log, offset: number): WideBatch {
  for (let i = log.wide.length - 1; i >= 0; i--) {
    const batch = at(log.wide, i) as WideBatch
    if (batch.last < offset) break
    if (batch.first <= offset) return batch
  }
  return { first: offset, last: offset }
}

/** Whether compaction has left anything of a batch, if only its header. */
export function isStanding(log: Log, { first, last }: WideBatch): boolean {
  for (let i = first; i <= last; i++) if (at(log.records, i) !== null) return true
  return log.cleaning.hollow.some((each) => each.first === first)
}

/** The batch that a read from an offset finds first: over one of which nothing is left it goes on. */
export function batchFrom(log: Log, offset: number): WideBatch {
  for (let from = offset; from < logEnd(log); ) {
    const batch = batchAt(log, from)
    if (isStanding(log, batch)) return batch
    from = batch.last + 1
  }
  return { first: logEnd(log), last: logEnd(log) }
}

function remember(log: Log, batch: Batch): ProducerEntry {
  const before = log.producers[batch.producerId]
  const known = before?.epoch === batch.epoch ? before.batches : []
  const added = { first: batch.firstSequence, last: lastOf(batch), offset: logEnd(log) }
  return { epoch: batch.epoch, batches: [...known, added].slice(-RETAINED_BATCHES) }
}
