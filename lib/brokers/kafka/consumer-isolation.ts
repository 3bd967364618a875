// isolation.level in the client library: which of the fetched records an application is shown. The broker
// sends aborted records too, with the list of those transactions (CompletedFetch.nextFetchedRecord).
import type { FetchedControl, FetchedRecord, FetchResponse } from './protocol.ts'

/**
 * What lies at the end of what was fetched and is for no application: control records, aborted records. A
 * poll that gets so far moves its position past them. Offsets are not dense.
 */
export interface Gap {
  readonly offset: number
  readonly message: null
}

export type Fetched = FetchedRecord | Gap

type Record = FetchedRecord | FetchedControl

function isPlain(records: readonly Record[]): records is readonly FetchedRecord[] {
  for (const record of records) if (record.producerId !== undefined) return false
  return true
}

/** Every record of a transaction is kept, except of those that the broker named as aborted. */
function shown(e: FetchResponse): readonly FetchedRecord[] {
  let waiting = e.aborted ?? []
  let aborted: readonly number[] = []
  const kept: FetchedRecord[] = []
  for (const record of e.records) {
    const begun = waiting.filter(({ firstOffset }) => firstOffset <= record.offset)
    if (begun.length > 0) {
      waiting = waiting.slice(begun.length)
      aborted = [...aborted, ...begun.map(({ producerId }) => producerId)]
    }
    if ('control' in record) {
      if (record.control === 'ABORT') aborted = aborted.filter((id) => id !== record.producerId)
    } else if (record.producerId === undefined || !aborted.includes(record.producerId)) {
      kept.push(record)
    }
  }
  return kept
}

/** What polls are going to return of this answer, and a gap where its end is nothing for them. */
export function readable(e: FetchResponse): readonly Fetched[] {
  const { records } = e
  if (isPlain(records)) return records
  const kept = shown(e)
  const last = records.at(-1) as Record
  if (kept.at(-1)?.offset === last.offset) return kept
  return [...kept, { offset: last.offset, message: null }]
}
