// The producers of services that publish: one in the process of each instance.
import { workloadOf } from '../../clients/workload.ts'
import type { ActorSpec, LinkSpec } from '../../engine/types.ts'
import { line, toCluster } from './build-links.ts'
import { actor, type BuildService, type BuildStory, PAUSE_MS, RESTART_MS } from './build-story.ts'
import type { ConsumerSettings } from './consumer-state.ts'
import { producerKind } from './producer.ts'
import { producerConfig } from './settings.ts'

export const publisherId = (instance: string): string => `${instance}-producer`

/** Each instance of a service has a transactional.id of its own: the setting, and its number. */
export function transactionalIdOf(story: BuildStory, service: BuildService, i: number): string {
  const id = producerConfig(story.producerSettings(service.id))['transactional.id']
  return id === '' ? '' : `${id}-${i}`
}

export function publishingOf(
  story: BuildStory,
  service: BuildService,
): Pick<ConsumerSettings, 'publishes'> {
  if (service.publishes === undefined) return {}
  const transactional = transactionalIdOf(story, service, 0) !== ''
  return { publishes: { ...service.publishes, transactional } }
}

/** It has nothing to say by itself. */
const SILENT = {
  count: 0,
  everyMs: [0, 0],
  keys: ['none'],
  eventTypes: ['none'],
  firstOrder: 0,
  firstN: 0,
  keyChoice: 'key',
} as const

export const publishing = (story: BuildStory) =>
  story.services.filter(({ publishes }) => publishes !== undefined)

export function publishers(story: BuildStory): readonly ActorSpec[] {
  return publishing(story).flatMap((service) =>
    service.instances.map((instance, i) =>
      actor(publisherId(instance), producerKind, {
        ...producerConfig(story.producerSettings(service.id)),
        'transactional.id': transactionalIdOf(story, service, i),
        topic: service.publishes?.stream ?? '',
        nodes: story.nodes,
        workload: workloadOf({ ...SILENT, source: service.id }),
        resendsWithNewId: false,
        together: 0,
        startsAtMs: 0,
        inService: true,
        groupPort: 'coordinator',
        restartMs: RESTART_MS,
        pauseMs: PAUSE_MS,
      }),
    ),
  )
}

const IN_PROCESS = {
  requests: ['ProcessStarts', 'ProcessPauses', 'ProcessResumes', 'Publish', 'EndTogether'],
  replies: ['Published', 'EndedTogether'],
  port: 'producer',
  at: 'application',
  latency: [0, 0],
} as const
const TO_GROUP = { requests: ['TxnOffsetCommit'], replies: ['TxnOffsetCommitResponse'] }

export function publisherLinks(story: BuildStory): readonly LinkSpec[] {
  return publishing(story).flatMap((service) =>
    service.instances.flatMap((instance) => {
      const id = publisherId(instance)
      return [
        line(story, instance, id, IN_PROCESS),
        ...toCluster(story, id),
        line(story, id, service.coordinator, { ...TO_GROUP, port: 'coordinator' }),
      ]
    }),
  )
}
