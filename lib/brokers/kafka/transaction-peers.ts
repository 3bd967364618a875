// What broker nodes and group coordinators share as participants of transactions: the port to the transaction
// coordinator, requests that wait for its word, and the answer to a marker.
import type { WriteTxnMarkers, WriteTxnMarkersResponse } from './protocol-transactions.ts'

/** The port by which a participant asks the transaction coordinator. */
export const TRANSACTIONS = 'transactions'

export interface Waiting {
  /** Where its answer goes; '' once that connection is gone. */
  readonly port: string
}

/** The same requests; those of a connection that is gone are worked on and answered to nobody. */
export function answeredToNobody<W extends Waiting>(all: readonly W[], gone: string): readonly W[] {
  if (!all.some(({ port }) => port === gone)) return all
  return all.map((each) => (each.port === gone ? { ...each, port: '' } : each))
}

export interface Lane {
  readonly topic: string
  readonly partition: number
}

/** 'topic/partition' taken apart. */
export function laneOf(name: string): Lane {
  const slash = name.lastIndexOf('/')
  return { topic: name.slice(0, slash), partition: Number(name.slice(slash + 1)) }
}

export function markersWritten(
  { transactionalId, epoch }: WriteTxnMarkers,
  participants: readonly string[],
  refused: readonly string[],
  unsafe: readonly string[] = [],
): WriteTxnMarkersResponse {
  const about = transactionalId
  const answer = { kind: 'WriteTxnMarkersResponse', about, transactionalId, epoch } as const
  return { ...answer, participants, refused, unsafe }
}
