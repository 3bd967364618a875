// From a scenario document to a system that drivers can run, and to what monitors must be told of it.

import { brokerOf } from '../brokers/index.ts'
import { buildKafka } from '../brokers/kafka/build.ts'
import type { BrokerModel } from '../brokers/types.ts'
import { compile, type System } from '../engine/compile.ts'
import type { SystemSpec } from '../engine/types.ts'
import type { Subject } from '../invariants/types.ts'
import { controllerId, coordinatorId, dedupStoreId, instanceIds, nodeIds } from './actors.ts'
import type { Scenario } from './types.ts'

export interface Built {
  readonly system: System
  readonly subject: Subject
  readonly broker: BrokerModel
}

function specOf({ story, deployment }: Scenario): SystemSpec {
  return buildKafka({
    producers: story.producers,
    services: story.services.map((service) => ({
      ...service,
      ms: service.handlerMs,
      instances: instanceIds(service),
      coordinator: coordinatorId(service.id),
      dedupStore: dedupStoreId(service.id),
    })),
    sinks: story.sinks,
    controller: controllerId,
    nodes: nodeIds(deployment),
    topics: Object.fromEntries(
      Object.entries(deployment.topics).map(([topic, { partitions, settings }]) => [
        topic,
        { ...settings, partitions },
      ]),
    ),
    brokerSettings: deployment.brokerSettings,
    producerSettings: (id) => ({ ...deployment.producer, ...deployment.producers[id] }),
    consumerSettings: (id) => ({ ...deployment.consumer, ...deployment.services[id] }),
    shareGroups: Object.fromEntries(
      Object.entries(deployment.shareGroups ?? {}).map(([id, settings]) => [
        id,
        { settings, consumer: deployment.services[id] ?? {} },
      ]),
    ),
    latencyMs: deployment.latencyMs,
  })
}

/** Who should hear what. A group that starts at the end, or late, need not hear what came before. */
function subjectOf({ story, deployment }: Scenario): Subject {
  return {
    groups: story.services.map((service) => {
      const shared = deployment.shareGroups?.[service.id]
      const settings = { ...deployment.consumer, ...deployment.services[service.id] }
      const reset = shared === undefined ? 'auto.offset.reset' : 'share.auto.offset.reset'
      return {
        id: service.id,
        stream: service.listensTo,
        sink: service.sink,
        effect: service.effect,
        handles: service.handles,
        replays: service.replays,
        // Records of one partition go to several members, and those given back come again later.
        orderPromised: shared === undefined,
        hearsAll: (shared ?? settings)[reset] === 'earliest',
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
