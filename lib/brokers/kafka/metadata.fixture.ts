// What a controller tells of a topic whose partitions have gone round the nodes, for tests of its clients.
import type { MetadataResponse } from './protocol.ts'

/** As many leader epochs as a client names that knows so many partitions from the start. */
export const epochs = (partitions: number): readonly number[] =>
  Array.from({ length: partitions }, () => 0)

export function metadata(partitions: number, nodes = 1, topic = 'orders'): MetadataResponse {
  const leaders = Array.from({ length: partitions }, (_, partition) => partition % nodes)
  return { kind: 'MetadataResponse', topic, leaders, epochs: leaders.map(() => 0) }
}
