import { expect, test } from 'vitest'
import { dedupStore } from '../../clients/dedup-store.ts'
import { sink } from '../../clients/sink.ts'
import { consumer } from './consumer.ts'
import { controllerKind } from './controller.ts'
import { coordinatorKind } from './coordinator.ts'
import { modernCoordinatorKind } from './modern-coordinator.ts'
import { nodeKind } from './node.ts'
import { producerKind } from './producer.ts'
import { shareConsumer } from './share-consumer.ts'
import { shareCoordinatorKind } from './share-coordinator.ts'
import { transactionCoordinatorKind } from './transaction-coordinator.ts'
import { words } from './words.ts'

test.each([
  consumer,
  shareConsumer,
  controllerKind,
  coordinatorKind,
  modernCoordinatorKind,
  shareCoordinatorKind,
  transactionCoordinatorKind,
  nodeKind,
  producerKind,
  sink,
  dedupStore,
])('every rule of the $name has its words, and no others do', (kind) => {
  const told = Object.keys(words[kind.name] ?? {}).sort()
  expect(told).toEqual(kind.rules.map((rule) => rule.name).sort())
})
