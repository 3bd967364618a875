// Record batches as the broker sent them, told as the experiments tell them. The filter of a read_committed
// client is written a second time here, so that it does not agree with the model by being the model's.
import type * as kafka from '@platformatic/kafka'
import { NO_VALUE } from '../../../lib/experiments/_topics.ts'
import type { FetchAsked } from './raw.ts'

interface Batch {
  readonly firstOffset: bigint
  readonly attributes: number
  readonly producerId: bigint
  readonly records: readonly kafka.KafkaRecord[]
}

interface Aborted {
  readonly producerId: bigint
  readonly firstOffset: bigint
}

const TRANSACTIONAL = 0b1_0000
const CONTROL = 0b10_0000

/** The key of a control record: a version and a type, two bytes each. */
function endIn(record: kafka.KafkaRecord): 'COMMIT' | 'ABORT' {
  return record.key?.readInt16BE(2) === 1 ? 'COMMIT' : 'ABORT'
}

function told(batch: Batch, from: number): readonly string[] {
  return batch.records
    .map((record) => ({ offset: Number(batch.firstOffset) + record.offsetDelta, record }))
    .filter(({ offset }) => offset >= from)
    .map(({ offset, record }) => {
      const control = (batch.attributes & CONTROL) !== 0
      return `${offset}:${control ? `<${endIn(record)}>` : (record.value?.toString().trimEnd() ?? NO_VALUE)}`
    })
}

/** Batches of a producer between its first aborted record and the end of that transaction. */
function committedOnly(batches: readonly Batch[], aborted: readonly Aborted[]): readonly Batch[] {
  const ends = batches.filter(({ attributes }) => (attributes & CONTROL) !== 0)
  const isAborted = (batch: Batch) =>
    aborted.some(({ producerId, firstOffset }) => {
      if (producerId !== batch.producerId || batch.firstOffset < firstOffset) return false
      const end = ends.find((each) => {
        return each.producerId === producerId && each.firstOffset > firstOffset
      })
      return end === undefined || batch.firstOffset < end.firstOffset
    })
  return batches.filter((batch) => (batch.attributes & TRANSACTIONAL) === 0 || !isAborted(batch))
}

export function shownRecords(
  batches: readonly Batch[],
  aborted: readonly Aborted[],
  { isolation, offset }: FetchAsked,
): readonly string[] {
  if (isolation === null) return batches.flatMap((batch) => told(batch, offset))
  const kept = isolation === 'read_committed' ? committedOnly(batches, aborted) : batches
  return kept
    .filter(({ attributes }) => (attributes & CONTROL) === 0)
    .flatMap((batch) => told(batch, offset))
}
