// Requests of transactions to the real broker, in version 1 of their protocol: @platformatic/kafka has no
// Produce v12 and no EndTxn v5.
import * as kafka from '@platformatic/kafka'
import { soon } from './raw.ts'

export interface Owner {
  readonly id: bigint
  readonly epoch: number
  readonly transactionalId: string
}

const TIMEOUT_MS = 60_000
const LOOK_EVERY_MS = 20
const PREPARING = ['PrepareCommit', 'PrepareAbort', 'PrepareEpochFence']

export interface Described {
  readonly state: string
  readonly epoch: number
}

async function look(line: kafka.Connection, id: string): Promise<Described> {
  const { transactionStates } = await kafka.describeTransactionsV0.api.async(line, [id])
  const [found] = transactionStates
  return { state: found?.transactionState ?? '', epoch: found?.producerEpoch ?? -1 }
}

/** What the coordinator says once it is not in the middle of an end: markers are written by and by. */
export async function described(
  line: kafka.Connection,
  id: string,
  withinMs: number,
): Promise<Described> {
  const untilMs = Date.now() + withinMs
  for (;;) {
    const found = await look(line, id)
    if (!PREPARING.includes(found.state) || Date.now() > untilMs) return found
    await soon(LOOK_EVERY_MS)
  }
}

export function init(line: kafka.Connection, id: string | null, timeoutMs = TIMEOUT_MS) {
  return kafka.initProducerIdV4.api.async(line, id, timeoutMs, -1n, -1)
}

export function addPartitions(
  line: kafka.Connection,
  owner: Owner,
  topics: readonly { readonly name: string; readonly partitions: number[] }[],
) {
  const { transactionalId, id: producerId, epoch: producerEpoch } = owner
  const transaction = {
    transactionalId,
    producerId,
    producerEpoch,
    verifyOnly: false,
    topics: [...topics],
  }
  return kafka.addPartitionsToTxnV3.api.async(line, [transaction])
}

export function addOffsets(line: kafka.Connection, owner: Owner, group: string) {
  return kafka.addOffsetsToTxnV3.api.async(
    line,
    owner.transactionalId,
    owner.id,
    owner.epoch,
    group,
  )
}

export interface OffsetsAsked {
  readonly group: string
  readonly member: string
  readonly generation: number
  readonly topics: Parameters<typeof kafka.txnOffsetCommitV3.api.async>[8]
}

export function commitOffsets(line: kafka.Connection, owner: Owner, asked: OffsetsAsked) {
  const { group, member, generation, topics } = asked
  const { transactionalId, id, epoch } = owner
  const commit = kafka.txnOffsetCommitV3.api.async
  return commit(line, transactionalId, group, id, epoch, generation, member, null, topics)
}

export function end(line: kafka.Connection, owner: Owner, committed: boolean) {
  return kafka.endTxnV3.api.async(line, owner.transactionalId, owner.id, owner.epoch, committed)
}
