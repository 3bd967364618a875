// Partitions as a consumer takes them up: what stays is kept with its position and records, what is new has
// its committed offset asked for.
import type { ConsumerState, Lane } from './consumer-state.ts'
import type { OffsetFetch } from './protocol.ts'

export function offsetFetchFor(lanes: readonly Lane[]): OffsetFetch | null {
  const asked = lanes.filter((lane) => lane.state === 'asked')
  if (asked.length === 0) return null
  const partitions = asked.map(({ topic, partition }) => ({ topic, partition }))
  return { kind: 'OffsetFetch', partitions, requireStable: true }
}

export function laneFor(s: ConsumerState, topic: string, partition: number): Lane {
  const kept = s.lanes.find((lane) => lane.topic === topic && lane.partition === partition)
  if (kept !== undefined) return kept
  return {
    topic,
    partition,
    state: 'asked',
    position: -1,
    committed: -1,
    fetch: 'none',
    buffer: [],
    taken: 0,
    epoch: -1,
  }
}
