// What the actors of a scenario are called: the ids that anchors name, that the log shows and that
// `build` gives to what it makes.
import type { Deployment, Producer, Scenario, Service, Story } from './types.ts'

export const controllerId = 'controller'
export const rabbitmqId = 'rabbitmq'
export const nodeId = (node: number): string => `broker-${node}`
export const instanceId = (service: string, instance: number): string => `${service}-${instance}`
export const coordinatorId = (service: string): string => `${service}-coordinator`
export const transactionCoordinatorId = 'transaction-coordinator'
export const dedupStoreId = (service: string): string => `${service}-dedup-store`

export function nodeIds(deployment: Deployment): readonly string[] {
  if (deployment.broker === 'rabbitmq') return [rabbitmqId]
  return Array.from({ length: deployment.nodes }, (_, node) => nodeId(node))
}

export function instanceIds(service: Service): readonly string[] {
  return Array.from({ length: service.instances }, (_, i) => instanceId(service.id, i))
}

/** Every actor there will be. A producer is one actor under its own id. */
export function actorIds({ story, deployment }: Scenario): readonly string[] {
  return [
    ...story.producers.map((producer: Producer) => producer.id),
    ...(deployment.broker === 'kafka' ? [controllerId] : []),
    ...nodeIds(deployment),
    ...(deployment.broker === 'kafka' ? coordinators(story, deployment) : []),
    ...story.services.flatMap(instanceIds),
    ...story.services.filter(publishes).flatMap(instanceIds).map(publisherId),
    ...story.services.filter(hasDedupStore).map((service) => dedupStoreId(service.id)),
    ...story.sinks.map((sink) => sink.id),
  ]
}

/** Coordinators are Kafka's. */
function coordinators(story: Story, deployment: Deployment): readonly string[] {
  return [
    ...(usesTransactions(deployment) ? [transactionCoordinatorId] : []),
    ...story.services.map((service) => coordinatorId(service.id)),
  ]
}

/** Whether any producer has a transactional.id. */
export function usesTransactions({ producer, producers }: Deployment): boolean {
  const all = [producer, ...Object.values(producers)]
  return all.some((settings) => (settings['transactional.id'] ?? '') !== '')
}

export const publisherId = (instance: string): string => `${instance}-producer`

const publishes = (service: Service): boolean => service.publishes !== undefined

export function hasDedupStore(service: Service): boolean {
  return service.strategy.kind === 'dedup-table'
}
