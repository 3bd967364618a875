// What a sink holds, as rows that a person or a script can read.
import type { SinkState } from '../clients/sink-state.ts'
import { slice } from '../engine/tape.ts'
import { entries } from '../engine/trie.ts'
import type { Json } from '../engine/types.ts'

/** Charges and e-mails in the order they came; else table rows and counts by name. */
export function sinkRows(sink: SinkState): Json {
  if (sink.rows.length > 0) return slice(sink.rows, 0).map((row) => ({ ...row }))
  const table = entries(sink.table).map(({ key, value }) => [key, value.value] as const)
  return Object.fromEntries([...table, ...Object.entries(sink.counts)].sort(byName))
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1
}
