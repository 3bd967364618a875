// What the transaction coordinator knows (TransactionMetadata): one entry for each transactional id, which
// outlives the producers that use it.
import type { Me } from '../../engine/types.ts'
import { replicasOf } from './placement.ts'
import type { TransactionVersion } from './protocol-transactions.ts'
import type { TopicConfig } from './settings.ts'

export const transactionStates = [
  'Empty',
  'Ongoing',
  'PrepareCommit',
  'PrepareAbort',
  'CompleteCommit',
  'CompleteAbort',
] as const
export type TransactionState = (typeof transactionStates)[number]

export interface Transaction {
  readonly producerId: number
  readonly epoch: number
  readonly state: TransactionState
  /** As the producer that initialised last asked for it. */
  readonly timeoutMs: number
  /** By which the present transaction was begun or the last one ended. */
  readonly version: TransactionVersion
  /** 'topic/partition', or the name of a group: ascending. While it ends, those that lack their marker. */
  readonly participants: readonly string[]
  /** The port of the process that initialised last; '' once that is gone. */
  readonly owner: string
}

export interface TransactionCoordinatorState {
  readonly transactions: Readonly<Record<string, Transaction>>
  /** Within this coordinator's own block of ids (ProducerIdManager). */
  readonly nextProducerId: number
  /** Markers that were refused, or on a connection that is gone. */
  readonly unmarked: readonly Unmarked[]
  /** By partition, how many of its replicas have refused in turn; absent: the first leads. */
  readonly turns: Readonly<Record<string, number>>
}

export interface Unmarked {
  readonly transactionalId: string
  readonly participants: readonly string[]
}

export interface TransactionCoordinatorSettings {
  readonly nodes: readonly string[]
  readonly topics: Readonly<Record<string, TopicConfig>>
  /** By group: the port to its coordinator. */
  readonly groups: Readonly<Record<string, string>>
  readonly 'transaction.max.timeout.ms': number
  readonly 'transaction.abort.timed.out.transaction.cleanup.interval.ms': number
  /**
   * By transactional id, the longest that a healthy producer's own durations let its transactions last.
   * Search lets the timeout fire against a live one only if this reaches it.
   */
  readonly longestMs: Readonly<Record<string, number>>
}

export type Self = Me<TransactionCoordinatorSettings>

/** The first id of the block that this coordinator hands out; the controller's own begins at 0. */
export const FIRST_PRODUCER_ID = 1000

export function withTransaction(
  s: TransactionCoordinatorState,
  id: string,
  transaction: Transaction,
): TransactionCoordinatorState {
  return { ...s, transactions: { ...s.transactions, [id]: transaction } }
}

export function isEnding({ state }: Transaction): boolean {
  return state === 'PrepareCommit' || state === 'PrepareAbort'
}

/**
 * Where the marker for a participant goes: to its group's coordinator, or to the replica that is taken for the
 * leader. One that refuses, or does not answer, is no leader: then the next replica is asked, which stands for
 * asking the metadata.
 */
export function portOf(
  participant: string,
  { nodes, topics, groups }: Self['settings'],
  turns: TransactionCoordinatorState['turns'],
): string {
  const group = groups[participant]
  if (group !== undefined) return group
  const slash = participant.lastIndexOf('/')
  const factor = topics[participant.slice(0, slash)]?.['replication.factor'] ?? 1
  const replicas = replicasOf(nodes, Number(participant.slice(slash + 1)), factor)
  return replicas[(turns[participant] ?? 0) % replicas.length] as string
}

/** The next replica of each of these partitions is asked from now on. */
export function turned(
  { turns }: TransactionCoordinatorState,
  participants: readonly string[],
  { topics }: Self['settings'],
): TransactionCoordinatorState['turns'] {
  const next = participants.flatMap((participant) => {
    const topic = topics[participant.slice(0, participant.lastIndexOf('/'))]
    const count = topic?.['replication.factor'] ?? 1
    return count < 2 ? [] : [[participant, ((turns[participant] ?? 0) + 1) % count] as const]
  })
  return next.length === 0 ? turns : { ...turns, ...Object.fromEntries(next) }
}
