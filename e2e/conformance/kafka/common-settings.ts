// What every real broker of the experiments is told, by itself or in a cluster: the model assumes it.
export type BrokerSettings = Readonly<Record<string, boolean | number | string>>

/** Internal topics of one partition, on every node. */
function internalTopics(nodes: number): BrokerSettings {
  return {
    'offsets.topic.replication.factor': nodes,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': nodes,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': nodes,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
  }
}

/** Short waits where experiments wait for the broker; what they are about keeps its default. */
export function commonSettings(nodes: number): BrokerSettings {
  return {
    'auto.create.topics.enable': false,
    ...internalTopics(nodes),
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'group.share.min.heartbeat.interval.ms': 200,
    'group.share.heartbeat.interval.ms': 300,
    'group.share.min.record.lock.duration.ms': 1000,
    'group.consumer.min.session.timeout.ms': 1000,
    'group.consumer.min.heartbeat.interval.ms': 100,
    'group.consumer.heartbeat.interval.ms': 300,
    'group.consumer.assignment.interval.ms': 0,
    'group.consumer.assignor.offload.enable': false,
    'log.retention.check.interval.ms': 1000,
    'log.initial.task.delay.ms': 500,
    'log.cleaner.backoff.ms': 500,
    'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
  }
}

/** As a file of properties. */
export function asProperties(settings: BrokerSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
