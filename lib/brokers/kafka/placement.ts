// Where the replicas of a partition are put when its topic is made. Kafka begins at a node chosen at random
// and goes round (StripedReplicaPlacer); the model begins at node p modulo nodes, so that runs can be told.

/** Ids of the nodes that hold the partition; the first is the preferred leader. */
export function replicasOf(
  nodes: readonly string[],
  partition: number,
  replicationFactor: number,
): readonly string[] {
  const count = Math.min(replicationFactor, nodes.length)
  return Array.from({ length: count }, (_, i) => nodes[(partition + i) % nodes.length] as string)
}
