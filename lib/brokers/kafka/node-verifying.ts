// Whether a batch has to wait for the transaction coordinator's word before it is appended (KIP-890).
import { needsNoWord } from './log-transactions.ts'
import { type NodeState, replicaOf, type Self } from './node-state.ts'
import type { Produce } from './protocol.ts'

/**
 * Requests of one connection are worked on one after the other (SocketServer mutes the channel), so that
 * what comes behind a batch that is being verified waits.
 */
export function isMuted(s: NodeState, me: Self): boolean {
  return s.verifying.length > 0 && s.verifying.some(({ port }) => port === me.port)
}

/** The first batch of a transaction in this partition, as far as its log knows. */
export function needsVerification(s: NodeState, e: Produce, me: Self): boolean {
  return e.transaction !== undefined && !needsNoWord(replicaOf(s, e, me).log, e.batch)
}
