// The share groups of an experiment: their coordinators, their consumers, and what the node knows of them.
import type { ShareGroupSettings } from '../../brokers/kafka/node-state.ts'
import {
  type ShareConsumerConfig,
  type ShareGroupConfig,
  shareConsumerConfig,
  shareGroupConfig,
} from '../../brokers/kafka/settings-share.ts'
import { shareConsumer } from '../../brokers/kafka/share-consumer.ts'
import type { ShareConsumerSettings } from '../../brokers/kafka/share-consumer-state.ts'
import {
  type ShareCoordinatorSettings,
  shareCoordinatorKind,
} from '../../brokers/kafka/share-coordinator.ts'
import type { HandlerSettings } from '../../clients/types.ts'
import type { ActorSpec } from '../../engine/types.ts'
import type { Experiment } from '../types.ts'
import { brokerGiven } from './cluster.ts'

type Fixed = Omit<
  ShareConsumerSettings,
  keyof ShareConsumerConfig | 'service' | 'topic' | 'handler'
>

export function shareGroupsOf({ shareConsumers = {}, shareGroups = {} }: Experiment) {
  const named = Object.values(shareConsumers).map(({ group }) => group)
  return [...new Set([...Object.keys(shareGroups), ...named])].sort()
}

function configOf(experiment: Experiment, group: string): ShareGroupConfig {
  return shareGroupConfig(experiment.shareGroups?.[group] ?? {}, brokerGiven(experiment))
}

export function shareGroupSettings(
  experiment: Experiment,
  longestWorkMs: number,
): Readonly<Record<string, ShareGroupSettings>> {
  const all = shareGroupsOf(experiment).map((group) => [
    group,
    { ...configOf(experiment, group), longestWorkMs },
  ])
  return Object.fromEntries(all)
}

export function shareActors(
  experiment: Experiment,
  coordinatorOf: (group: string) => string,
  handler: HandlerSettings,
  fixed: Fixed,
): readonly ActorSpec[] {
  const coordinators = shareGroupsOf(experiment).map((group): ActorSpec => {
    const timeout = configOf(experiment, group)['share.session.timeout.ms']
    const settings: ShareCoordinatorSettings = { group, 'share.session.timeout.ms': timeout }
    return { id: coordinatorOf(group), kind: shareCoordinatorKind, settings }
  })
  const consumers = Object.entries(experiment.shareConsumers ?? {}).map(
    ([id, { group, topic, settings }]): ActorSpec => {
      const own: ShareConsumerSettings = {
        ...shareConsumerConfig(settings),
        ...fixed,
        service: group,
        topic,
        handler,
      }
      return { id, kind: shareConsumer, settings: own, group }
    },
  )
  return [...coordinators, ...consumers]
}
