// The share groups on a node: their share-partitions, and the share sessions of their members (ShareSessionCache).
import type { AcquireMode, ShareFetch } from './protocol-share.ts'
import type { SharePartition } from './share-partition.ts'

/** A fetch that waits for something to acquire. */
export interface ParkedShareFetch {
  readonly partitions: ShareFetch['partitions']
  readonly maxRecords: number
  readonly mode: AcquireMode
}

/** One for each member's connection: it begins with the first ShareFetch and ends with the connection. */
export interface ShareSession {
  readonly port: string
  readonly group: string
  readonly member: string
  /** Which of the partitions asked for is looked at first: the next one each time (PartitionRotateStrategy). */
  readonly turn: number
  readonly parked: ParkedShareFetch | null
}

export interface GroupPartition {
  readonly group: string
  readonly topic: string
  readonly partition: number
  readonly state: SharePartition
}

export interface ShareState {
  /** In the order in which they were first read. */
  readonly partitions: readonly GroupPartition[]
  readonly sessions: readonly ShareSession[]
}

export const NO_SHARES: ShareState = { partitions: [], sessions: [] }

type PlaceOf = Pick<GroupPartition, 'group' | 'topic' | 'partition'>

export function isAt(a: PlaceOf, b: PlaceOf): boolean {
  return a.partition === b.partition && a.topic === b.topic && a.group === b.group
}

export function sessionAt(share: ShareState | null, port: string): ShareSession | undefined {
  if (share === null) return undefined
  for (const session of share.sessions) if (session.port === port) return session
  return undefined
}

export function withSession(share: ShareState, session: ShareSession): ShareState {
  const known = share.sessions.some(({ port }) => port === session.port)
  const sessions = known
    ? share.sessions.map((each) => (each.port === session.port ? session : each))
    : [...share.sessions, session]
  return { ...share, sessions }
}

export function withPartition(share: ShareState, changed: GroupPartition): ShareState {
  const known = share.partitions.some((each) => isAt(each, changed))
  const partitions = known
    ? share.partitions.map((each) => (isAt(each, changed) ? changed : each))
    : [...share.partitions, changed]
  return { ...share, partitions }
}
