// Every kind of actor whose rules are mutated.
import { consumer } from '../../lib/brokers/kafka/consumer.ts'
import { controllerKind } from '../../lib/brokers/kafka/controller.ts'
import { coordinatorKind } from '../../lib/brokers/kafka/coordinator.ts'
import { modernCoordinatorKind } from '../../lib/brokers/kafka/modern-coordinator.ts'
import { nodeKind } from '../../lib/brokers/kafka/node.ts'
import { producerKind } from '../../lib/brokers/kafka/producer.ts'
import { shareConsumer } from '../../lib/brokers/kafka/share-consumer.ts'
import { shareCoordinatorKind } from '../../lib/brokers/kafka/share-coordinator.ts'
import { transactionCoordinatorKind } from '../../lib/brokers/kafka/transaction-coordinator.ts'
import { consumer as rabbitmqConsumer } from '../../lib/brokers/rabbitmq/consumer.ts'
import { nodeKind as rabbitmqNode } from '../../lib/brokers/rabbitmq/node.ts'
import { publisherKind } from '../../lib/brokers/rabbitmq/publisher.ts'
import { dedupStore } from '../../lib/clients/dedup-store.ts'
import { sink } from '../../lib/clients/sink.ts'
import type { Kind } from '../../lib/engine/types.ts'

export const kinds: readonly Kind[] = [
  consumer,
  nodeKind,
  controllerKind,
  coordinatorKind,
  modernCoordinatorKind,
  producerKind,
  shareConsumer,
  shareCoordinatorKind,
  transactionCoordinatorKind,
  publisherKind,
  rabbitmqNode,
  rabbitmqConsumer,
  sink,
  dedupStore,
]
