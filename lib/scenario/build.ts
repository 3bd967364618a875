// From a scenario document to a system that drivers can run, and to what monitors must be told of it.

import { brokerOf } from '../brokers/index.ts'
import { buildKafka } from '../brokers/kafka/build.ts'
import { buildRabbitmq, hearsAll, queueOf } from '../brokers/rabbitmq/build.ts'
import type { BrokerModel } from '../brokers/types.ts'
import { compile, type System } from '../engine/compile.ts'
import type { SystemSpec } from '../engine/types.ts'
import type { Subject } from '../invariants/types.ts'
import {
  controllerId,
  coordinatorId,
  dedupStoreId,
  instanceIds,
  nodeIds,
  rabbitmqId,
  transactionCoordinatorId,
} from './actors.ts'
import type {
  Deployment,
  KafkaDeployment,
  RabbitmqDeployment,
  Scenario,
  Service,
  Story,
} from './types.ts'

export interface Built {
  readonly system: System
  readonly subject: Subject
  readonly broker: BrokerModel
}

/** Facts are numbered: those of producers one after the other, then those that follow from them. */
function firstFollowing({ producers }: Story, service: number): number {
  return producers.reduce((sum, { count }) => sum + count, 0) * (service + 1)
}

function serviceOf(story: Story, i: number) {
  const { publishes, ...service } = story.services[i] as Service
  if (publishes === undefined) return service
  return { ...service, publishes: { ...publishes, firstN: firstFollowing(story, i) } }
}

function specOf(scenario: Scenario): SystemSpec {
  return scenario.deployment.broker === 'kafka'
    ? buildKafka(kafkaStory(scenario.story, scenario.deployment))
    : buildRabbitmq(rabbitmqStory(scenario.story, scenario.deployment))
}

/** What every broker is told of the story. */
function parts(story: Story, deployment: Deployment) {
  return {
    producers: story.producers,
    sinks: story.sinks,
    brokerSettings: deployment.brokerSettings,
    producerSettings: (id: string) => ({ ...deployment.producer, ...deployment.producers[id] }),
    consumerSettings: (id: string) => ({ ...deployment.consumer, ...deployment.services[id] }),
    latencyMs: deployment.latencyMs,
  }
}

function kafkaStory(story: Story, deployment: KafkaDeployment) {
  return {
    ...parts(story, deployment),
    services: story.services.map((service, i) => ({
      ...serviceOf(story, i),
      ms: service.handlerMs,
      instances: instanceIds(service),
      coordinator: coordinatorId(service.id),
      dedupStore: dedupStoreId(service.id),
    })),
    controller: controllerId,
    transactionCoordinator: transactionCoordinatorId,
    nodes: nodeIds(deployment),
    topics: Object.fromEntries(
      Object.entries(deployment.topics).map(([topic, { partitions, settings }]) => [
        topic,
        { ...settings, partitions },
      ]),
    ),
    shareGroups: Object.fromEntries(
      Object.entries(deployment.shareGroups ?? {}).map(([id, settings]) => [
        id,
        { settings, consumer: deployment.services[id] ?? {} },
      ]),
    ),
  }
}

function rabbitmqStory(story: Story, deployment: RabbitmqDeployment) {
  const { version, unbound, queue, queues } = deployment
  return {
    ...parts(story, deployment),
    services: story.services.map(({ publishes: _, ...service }) => ({
      ...service,
      ms: service.handlerMs,
      instances: instanceIds(service),
      dedupStore: dedupStoreId(service.id),
    })),
    streams: story.streams,
    node: rabbitmqId,
    version,
    unbound,
    queueSettings: (id: string) => ({ ...queue, ...queues[id] }),
  }
}

/** Who publishes to a stream. */
function sourcesOf({ producers, services }: Story, stream: string): readonly string[] {
  return [
    ...producers.filter(({ publishes }) => publishes === stream).map(({ id }) => id),
    ...services.filter(({ publishes }) => publishes?.stream === stream).map(({ id }) => id),
  ]
}

/** Who has to write what follows, whatever else it does. */
function publishersOf({ story, deployment }: Scenario): NonNullable<Subject['publishers']> {
  return story.services.flatMap((service, i) => {
    const { id, listensTo: stream, handles, publishes } = service
    if (publishes === undefined) return []
    const settings = { ...deployment.consumer, ...deployment.services[id] }
    const hearsAll = settings['auto.offset.reset'] === 'earliest'
    const firstN = firstFollowing(story, i)
    return [{ id, stream, handles, hearsAll, sources: sourcesOf(story, stream), firstN }]
  })
}

/** Who should hear what. A group that starts at the end, or late, need not hear what came before. */
function subjectOf(scenario: Scenario): Subject {
  const { story, deployment } = scenario
  const isQueued = deployment.broker === 'rabbitmq'
  const shareGroups = deployment.broker === 'kafka' ? (deployment.shareGroups ?? {}) : {}
  return {
    publishers: publishersOf(scenario),
    groups: story.services.flatMap((service): Subject['groups'] => {
      const { effect } = service
      // A service without an effect is judged by what it publishes.
      if (effect === 'none') return []
      const shared = shareGroups[service.id]
      const settings = { ...deployment.consumer, ...deployment.services[service.id] }
      const reset = shared === undefined ? 'auto.offset.reset' : 'share.auto.offset.reset'
      return [
        {
          id: service.id,
          stream: isQueued ? queueOf(service.listensTo, service.id) : service.listensTo,
          sink: service.sink,
          effect,
          handles: service.handles,
          replays: service.replays,
          // Records of one partition go to several members, and those given back come again later.
          orderPromised: shared === undefined,
          hearsAll: isQueued
            ? hearsAll({ ...deployment.queue, ...deployment.queues[service.id] }, settings)
            : (shared ?? settings)[reset] === 'earliest',
          readsCommitted: shared === undefined && settings['isolation.level'] === 'read_committed',
          sources: sourcesOf(story, service.listensTo),
        },
      ]
    }),
  }
}

export function build(scenario: Scenario): Built {
  return {
    system: compile(specOf(scenario)),
    subject: subjectOf(scenario),
    broker: brokerOf(scenario.deployment.broker),
  }
}
