// From a story's share groups to actors and lines: a service that reads as a share group has another coordinator
// and another client, and its nodes know the group's settings.
import type { ActorSpec, LinkSpec } from '../../engine/types.ts'
import type { ShareGroupSettings } from './node-state.ts'
import type { Given } from './settings.ts'
import { shareConsumerConfig, shareGroupConfig } from './settings-share.ts'
import { shareConsumer } from './share-consumer.ts'
import type { ShareConsumerSettings } from './share-consumer-state.ts'
import { type ShareCoordinatorSettings, shareCoordinatorKind } from './share-coordinator.ts'

/** What a story says of one share group; `settings` are those of the group, `consumer` those of its clients. */
export interface BuildShareGroup {
  readonly settings: Given
  readonly consumer: Given
}

type Environment = Omit<ShareConsumerSettings, keyof ReturnType<typeof shareConsumerConfig>>

export function shareConsumerSpecs(
  instances: readonly string[],
  { consumer }: BuildShareGroup,
  environment: Environment,
): readonly ActorSpec[] {
  const settings: ShareConsumerSettings = { ...shareConsumerConfig(consumer), ...environment }
  const group = environment.service
  return instances.map((id) => ({ id, kind: shareConsumer, settings, group }))
}

export function shareCoordinatorSpec(
  id: string,
  group: string,
  { settings }: BuildShareGroup,
  broker: Given,
): ActorSpec {
  const config = shareGroupConfig(settings, broker)
  const timeout = config['share.session.timeout.ms']
  const own: ShareCoordinatorSettings = { group, 'share.session.timeout.ms': timeout }
  return { id, kind: shareCoordinatorKind, settings: own }
}

/** What a broker node is told of a group. A member works on all records of a poll, each with its call. */
export function shareGroupSettings(
  { settings, consumer }: BuildShareGroup,
  broker: Given,
  longestRecordMs: number,
): ShareGroupSettings {
  const records = shareConsumerConfig(consumer)['max.poll.records']
  return { ...shareGroupConfig(settings, broker), longestWorkMs: records * longestRecordMs }
}

export const TO_SHARE_NODE: Pick<LinkSpec, 'requests' | 'replies'> = {
  requests: ['ShareFetch', 'ShareAcknowledge', 'Produce'],
  replies: ['ShareFetchResponse', 'ShareAcknowledgeResponse', 'ProduceResponse'],
}
export const TO_SHARE_COORDINATOR: Pick<LinkSpec, 'requests' | 'replies'> = {
  requests: ['ShareGroupHeartbeat', 'ShareGroupHeartbeatsStop', 'LeaveShareGroup'],
  replies: ['ShareGroupHeartbeatResponse'],
}
