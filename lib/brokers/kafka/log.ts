// One partition's log on its leader: records by offset, and what it remembers of idempotent producers
// (kafka.cluster.Partition, storage.internals.log.ProducerAppendInfo, ProducerStateEntry).
import type { Message } from '../../clients/types.ts'
import { append, emptyTape, type Tape } from '../../engine/tape.ts'
import { decide, type Row } from './decision.ts'
import type { Batch, KafkaError } from './protocol.ts'

/**
 * What stands at one offset. So far always an application's message; transactions will write control
 * records, which take an offset and are shown to no consumer.
 */
export type LogRecord = Message

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

/** A fetch that waits for records (fetch.min.bytes=1), and the port on which its answer is awaited. */
export interface ParkedFetch {
  readonly port: string
  readonly maxRecords: number
}

/**
 * One replica for now, so every record is committed as soon as it is appended: the high watermark is the
 * log end offset (see `highWatermark`), and with no transactions the last stable offset is the same.
 * Replicas will add a log end offset for each and keep the watermark here.
 */
export interface Log {
  readonly records: Tape<LogRecord>
  readonly producers: Readonly<Record<string, ProducerEntry>>
  /** All of them wait at the log end offset. */
  readonly parked: readonly ParkedFetch[]
}

export const RETAINED_BATCHES = 5
const MAX_SEQUENCE = 2147483647

export const EMPTY_LOG: Log = { records: emptyTape(), producers: {}, parked: [] }

export function logEnd(log: Log): number {
  return log.records.length
}

/** Consumers read below this offset. */
export function highWatermark(log: Log): number {
  return log.records.length
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
}

export type AppendAnswer = 'append' | 'known already' | KafkaError

/** ProducerStateManager.prepareUpdate and ProducerAppendInfo.append: what becomes of a batch, KIP-98. */
export const appendTable: readonly Row<AppendFacts, AppendAnswer>[] = [
  { if: { idempotent: false }, answer: 'append' },
  { if: { idempotent: true, epoch: 'unknown producer' }, answer: 'append' },
  { if: { idempotent: true, epoch: 'older' }, answer: 'INVALID_PRODUCER_EPOCH' },
  { if: { idempotent: true, epoch: 'newer', startsAtZero: true }, answer: 'append' },
  {
    if: { idempotent: true, epoch: 'newer', startsAtZero: false },
    answer: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  },
  { if: { idempotent: true, epoch: 'same', remembered: true }, answer: 'known already' },
  { if: { idempotent: true, epoch: 'same', remembered: false, follows: true }, answer: 'append' },
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
    }
  }
  const same = batch.epoch === entry.epoch
  const lastSequence = (entry.batches.at(-1) as KnownBatch).last
  return {
    idempotent: true,
    epoch: same ? 'same' : batch.epoch < entry.epoch ? 'older' : 'newer',
    remembered: same && remembered(entry, batch) !== undefined,
    startsAtZero,
    follows: batch.firstSequence === addSequence(lastSequence, 1),
  }
}

export interface Appended {
  readonly log: Log
  readonly error?: KafkaError
  /** Offset of the first record; the original one of a batch that is known already; -1 with an error. */
  readonly baseOffset: number
  readonly isNew: boolean
}

/** Appends a batch, or says why not; leaves parked fetches as they are. */
export function appendBatch(log: Log, batch: Batch): Appended {
  if (batch.producerId < 0) {
    return { log: write(log, batch), baseOffset: logEnd(log), isNew: true }
  }
  const answer = decide(appendTable, appendFacts(log, batch))
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
  for (const message of batch.messages) records = append(records, message)
  return { ...log, records }
}

function remember(log: Log, batch: Batch): ProducerEntry {
  const before = log.producers[batch.producerId]
  const known = before?.epoch === batch.epoch ? before.batches : []
  const added = { first: batch.firstSequence, last: lastOf(batch), offset: logEnd(log) }
  return { epoch: batch.epoch, batches: [...known, added].slice(-RETAINED_BATCHES) }
}
