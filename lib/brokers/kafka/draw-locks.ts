// How a share group stands with each record of a partition, as the partition's leader knows it (KIP-932).
import type { Look } from '../../picture/look.ts'
import type { Taken } from '../../picture/types.ts'
import type { Committed } from './draw-log.ts'
import type { NodeSettings, NodeState } from './node-state.ts'
import { inFlightAt, type RecordState, type SharePartition } from './share-partition.ts'

/** One share group on one partition; null while it has not read there. */
export interface Locks {
  readonly group: string
  readonly letter: string
  readonly partition: SharePartition | null
}

interface Lane {
  readonly topic: string
  readonly partition: number
}

export function locksOn(
  node: { readonly state: NodeState; readonly settings: NodeSettings },
  lane: Lane,
  look: Look,
): readonly Locks[] {
  const ids = Object.keys(node.settings.shareGroups ?? {})
  return look.groups
    .filter(({ id, stream }) => ids.includes(id) && stream === lane.topic)
    .map(({ id, letter }) => {
      const found = node.state.share?.partitions.find(
        (each) =>
          each.group === id && each.topic === lane.topic && each.partition === lane.partition,
      )
      return { group: id, letter, partition: found?.state ?? null }
    })
}

const TAKEN: Readonly<Record<RecordState, Taken['state']>> = {
  AVAILABLE: 'returned',
  ACQUIRED: 'acquired',
  ACKNOWLEDGED: 'done',
  ARCHIVED: 'archived',
}

/** What the picture knows of the past, where the broker has forgotten it. */
interface Past {
  readonly log: string
  /** Event id; '' for what is no message. */
  readonly event: string
  readonly look: Pick<Look, 'archived' | 'deliveries'>
}

/** What was never handed out has no mark. Below the start all is over: archived, or else acknowledged. */
export function takenAt(
  locks: readonly Locks[],
  offset: number,
  { log, event, look }: Past,
): readonly Taken[] {
  return locks.flatMap(({ group, partition }): readonly Taken[] => {
    if (partition === null) return []
    const count = look.deliveries(group, event)
    if (offset < partition.start && count === 0) return []
    if (offset < partition.start)
      return [{ group, state: look.archived(group, log, offset) ? 'archived' : 'done', count }]
    const record = inFlightAt(partition, offset)
    if (record === undefined || record.deliveryCount === 0) return []
    return [{ group, state: TAKEN[record.state], count: record.deliveryCount }]
  })
}

/** The share-partition start offset: everything below is acknowledged or archived. */
export function startsOf(locks: readonly Locks[]): readonly Committed[] {
  return locks.flatMap(({ group, letter, partition }) =>
    partition === null ? [] : [{ group, letter, offset: partition.start, hot: false }],
  )
}
