// What the cleaner knows of transactions: which of their ends may go, and of which batches it leaves the header when
// every record is gone (storage.internals.log.CleanedTransactionMetadata, Cleaner.checkBatchRetention).
import { at } from '../../engine/tape.ts'
import { batchAt, type HollowBatch, type Log, type WideBatch } from './log.ts'

/** A batch that is still there, if only as a header. */
export interface Standing extends WideBatch {
  /** -1 for a plain one: its producer, if it has one, need not be known. */
  readonly producerId: number
  readonly isControl: boolean
}

/** The batch with its first record that is left; null: nothing of it is. */
function standingAt(log: Log, { first, last }: WideBatch): Standing | null {
  const hollow = log.cleaning.hollow.find((each) => each.first === first)
  if (hollow !== undefined) return { ...hollow, isControl: false }
  for (let i = first; i <= last; i++) {
    const record = at(log.records, i)
    if (record === null || record === undefined) continue
    const producerId = 'producerId' in record ? record.producerId : -1
    return { first, last, producerId, isControl: 'control' in record }
  }
  return null
}

/** The batches from one offset to another, without those that are gone. */
export function standing(log: Log, from: number, to: number): readonly Standing[] {
  const found: Standing[] = []
  for (let offset = from; offset < to; ) {
    const batch = batchAt(log, offset)
    const one = standingAt(log, batch)
    if (one !== null) found.push(one)
    offset = batch.last + 1
  }
  return found
}

/** Ends before which no batch of their transaction was met, not even a header: they may go, once their time has come. */
export function endsOfNothing(batches: readonly Standing[]): ReadonlySet<number> {
  const met = new Set<number>()
  const ends = new Set<number>()
  for (const { first, producerId, isControl } of batches) {
    if (!isControl) met.add(producerId)
    else if (!met.delete(producerId)) ends.add(first)
  }
  return ends
}

/**
 * Of what a cleaning has emptied it leaves the header where that is the last of its producer, for the numbers, or the
 * last of the whole round, for the offset.
 */
export function hollowed(
  log: Log,
  batches: readonly Standing[],
  isEmpty: (batch: WideBatch) => boolean,
  to: number,
): readonly HollowBatch[] {
  const lasts = new Set(Object.values(log.producers).map((each) => each.batches.at(-1)?.offset))
  return batches
    .filter((each) => !each.isControl && (lasts.has(each.first) || each.last + 1 === to))
    .filter(isEmpty)
    .map(({ first, last, producerId }) => ({ first, last, producerId }))
}
