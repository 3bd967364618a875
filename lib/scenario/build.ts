// From a scenario document to a system that drivers can run, and to what monitors must be told of it.

import { brokerOf } from '../brokers/index.ts'
import { buildKafka } from '../brokers/kafka/build.ts'
import { buildRabbitmq, queueOf } from '../brokers/rabbitmq/build.ts'
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
} from './actors.ts'
import type { Deployment, KafkaDeployment, RabbitmqDeployment, Scenario, Story } from './types.ts'

export interface Built {
  readonly system: System
  readonly subject: Subject
  readonly broker: BrokerModel
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
    services: story.services.map((service) => ({
      ...service,
      ms: service.handlerMs,
      instances: instanceIds(service),
      coordinator: coordinatorId(service.id),
      dedupStore: dedupStoreId(service.id),
    })),
    controller: controllerId,
    nodes: nodeIds(deployment),
    topics: deployment.topics,
  }
}

function rabbitmqStory(story: Story, deployment: RabbitmqDeployment) {
  const { version, unbound, queue, queues } = deployment
  return {
    ...parts(story, deployment),
    services: story.services.map((service) => ({
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

/** Who should hear what. A group that starts at the end, or late, need not hear what came before. */
function subjectOf({ story, deployment }: Scenario): Subject {
  const isQueued = deployment.broker === 'rabbitmq'
  return {
    groups: story.services.map((service) => {
      const settings = { ...deployment.consumer, ...deployment.services[service.id] }
      const fromStart = isQueued || settings['auto.offset.reset'] === 'earliest'
      return {
        id: service.id,
        stream: isQueued ? queueOf(service.listensTo, service.id) : service.listensTo,
        sink: service.sink,
        effect: service.effect,
        handles: service.handles,
        replays: service.replays,
        orderPromised: true,
        hearsAll: fromStart,
      }
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
