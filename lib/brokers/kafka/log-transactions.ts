// Transactions in a partition's log: which are open, the control record that ends one, and the index of the
// aborted (storage.internals.log.ProducerAppendInfo, TransactionIndex).
import { append } from '../../engine/tape.ts'
import type { AbortedTransaction, Log, OpenTransaction, ProducerEntry } from './log.ts'
import type { Batch, KafkaError } from './protocol.ts'

/** Whether this producer has records here that no control record has ended yet. */
export function isOpen(log: Log, producerId: number): boolean {
  for (const each of log.open) {
    if (each.producerId === producerId && each.end === undefined) return true
  }
  return false
}

/** The first record of a transaction in this partition opens it here. */
export function opened(log: Log, batch: Batch): readonly OpenTransaction[] {
  if (isOpen(log, batch.producerId)) return log.open
  return [...log.open, { producerId: batch.producerId, firstOffset: log.records.length }]
}

/**
 * Whether the partition need not ask the coordinator about this batch: it is of an open transaction
 * (hasOngoingTransaction), or of an older epoch, which is refused at once.
 */
export function needsNoWord(log: Log, { producerId, epoch }: Batch): boolean {
  const known = log.producers[producerId]
  if (known === undefined) return false
  return epoch < known.epoch || (epoch === known.epoch && isOpen(log, producerId))
}

/** A plain batch of a producer whose transaction is open here ("Expected transactional write"). */
export function isOutsideOwnTransaction(log: Log, batch: Batch): boolean {
  return batch.transactional !== true && isOpen(log, batch.producerId)
}

/** Before the coordinator is asked about a batch (ProducerStateManager.maybeCreateVerificationStateEntry). */
export function asked(log: Log, { producerId, epoch, firstSequence: sequence }: Batch): Log {
  const known = log.earliest?.[producerId]
  const isKnown = known !== undefined && epoch <= known.epoch
  if (isKnown && (epoch < known.epoch || sequence >= known.sequence)) return log
  return { ...log, earliest: { ...log.earliest, [producerId]: { epoch, sequence } } }
}

/** What a producer was refused must come first when it writes again ("earliest seen sequence"). */
export function isPastEarliest(log: Log, batch: Batch): boolean {
  const known = log.earliest?.[batch.producerId]
  return known !== undefined && batch.firstSequence > known.sequence
}

/** The log as it is on disk: what was asked about is known to the process that leads, and to no other. */
export function onDisk(log: Log): Log {
  if (log.earliest === undefined) return log
  const { earliest: _, ...rest } = log
  return rest
}

/** Something of its transaction is written, a record or its end (clearVerificationStateEntry). */
export function unasked(log: Log, producerId: number): Log {
  if (log.earliest?.[producerId] === undefined) return log
  const { earliest, ...rest } = log
  const { [producerId]: _, ...others } = earliest
  return Object.keys(others).length === 0 ? rest : { ...rest, earliest: others }
}

export interface Marker {
  readonly producerId: number
  /** The producer's epoch from now on: whoever writes with an older one is refused. */
  readonly epoch: number
  readonly committed: boolean
}

/** A raised epoch begins its numbering anew; the same one goes on with it. */
function entryAfter(before: ProducerEntry | undefined, epoch: number): ProducerEntry {
  return before?.epoch === epoch ? before : { epoch, batches: [] }
}

export interface Marked {
  readonly log: Log
  readonly error?: KafkaError
  /** The transaction that it ended here; absent for one that had written nothing. */
  readonly ended?: OpenTransaction
}

/**
 * Appends the control record. It takes an offset also where the transaction wrote nothing. The transaction
 * stays among the open ones until the high watermark has passed its end: see `released`.
 */
export function appendMarker(logBefore: Log, { producerId, epoch, committed }: Marker): Marked {
  const before = logBefore.producers[producerId]
  if (before !== undefined && epoch < before.epoch) {
    return { log: logBefore, error: 'INVALID_PRODUCER_EPOCH' }
  }
  const log = unasked(logBefore, producerId)
  const end = log.records.length
  const control = committed ? 'COMMIT' : 'ABORT'
  const records = append(log.records, { control, producerId } as const)
  const producers = { ...log.producers, [producerId]: entryAfter(before, epoch) }
  const ended = log.open.find((each) => each.producerId === producerId && each.end === undefined)
  if (ended === undefined) return { log: { ...log, records, producers } }
  const open = log.open.map((each) => (each === ended ? { ...each, end } : each))
  const { firstOffset } = ended
  const aborted = committed
    ? log.aborted
    : [...log.aborted, { producerId, firstOffset, lastOffset: end }]
  return { log: { ...log, records, producers, open, aborted }, ended }
}

/**
 * What ended below the high watermark no longer holds back read_committed readers
 * (UnifiedLog.fetchLastStableOffsetMetadata: a transaction counts until its end is replicated).
 */
export function released(log: Log, highWatermark: number): Log {
  const unsettled = ({ end }: OpenTransaction) => end === undefined || end >= highWatermark
  return log.open.every(unsettled) ? log : { ...log, open: log.open.filter(unsettled) }
}

/** What a read_committed reader of these offsets must be told (AbortedTxn), by first offset. */
export function abortedWithin(log: Log, from: number, to: number): readonly AbortedTransaction[] {
  return log.aborted
    .filter(({ firstOffset, lastOffset }) => lastOffset >= from && firstOffset < to)
    .sort((a, b) => a.firstOffset - b.firstOffset)
}
