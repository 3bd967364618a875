// The controller and the broker nodes of a story, and which of them may host the coordinator of a service.
import type { ActorSpec, Range } from '../../engine/types.ts'
import { shareGroupSettings } from './build-share.ts'
import {
  actor,
  allTopics,
  type BuildService,
  type BuildStory,
  isModern,
  isShared,
  longestPoll,
  longestRecord,
  slowestAnswer,
  type Topics,
} from './build-story.ts'
import { controllerKind } from './controller.ts'
import { nodeKind } from './node.ts'
import { isQuiet } from './node-log.ts'
import type { ClusterSettings } from './node-state.ts'
import { replicasOf } from './placement.ts'
import { brokerConfig, producerConfig } from './settings.ts'

/** How long things of a node take when no fault says otherwise. */
const NODE_RESTART_MS: Range = [5000, 5000]
const NODE_PAUSE_MS: Range = [15_000, 15_000]
const ISOLATED_MS: Range = [15_000, 15_000]
const SLOW_FOLLOWER_MS: Range = [45_000, 45_000]

/**
 * Whether nodes are told apart: where a partition has replicas on several. With one replica each, no node speaks to
 * another and none dies.
 */
export function isClustered(story: BuildStory): boolean {
  return (
    story.nodes.length > 1 &&
    Object.values(allTopics(story)).some((topic) => topic['replication.factor'] > 1)
  )
}

/** Nodes that may host the coordinator of a service: those with its partition of __consumer_offsets. */
export function hostsOf(story: BuildStory, service: BuildService): readonly string[] {
  if (!isClustered(story) || isModern(story, service) || isShared(story, service)) return []
  const factor = brokerConfig(story.brokerSettings)['offsets.topic.replication.factor']
  return replicasOf(story.nodes, story.services.indexOf(service), factor)
}

function cluster(story: BuildStory, node: string): ClusterSettings {
  const hosted = story.services.filter((service) => hostsOf(story, service).includes(node))
  return {
    'replica.lag.time.max.ms': brokerConfig(story.brokerSettings)['replica.lag.time.max.ms'],
    hosts: hosted.map((service) => service.coordinator),
    restartMs: NODE_RESTART_MS,
    pauseMs: NODE_PAUSE_MS,
    isolatedMs: ISOLATED_MS,
    slowMs: SLOW_FOLLOWER_MS,
  }
}

/** What the nodes know of share groups. */
function shareGroupsOf(story: BuildStory) {
  const groups = story.services.flatMap((service) => {
    const shared = story.shareGroups?.[service.id]
    if (shared === undefined) return []
    const longest = longestRecord(story, service)
    return [[service.id, shareGroupSettings(shared, story.brokerSettings, longest)] as const]
  })
  return groups.length === 0 ? {} : { shareGroups: Object.fromEntries(groups) }
}

/** How long a record may lie before a service that is well has read it. */
function longestLag(story: BuildStory, service: BuildService): number {
  const sent = story.producers.filter(({ publishes }) => publishes === service.listensTo)
  const count = sent.reduce((sum, producer) => sum + producer.count, 0)
  const publishing = Math.max(0, ...sent.map((each) => each.count * each.everyMs[0]))
  const working = count * (service.ms[1] + slowestAnswer(story, service))
  return service.joinsAtMs + Math.max(0, working - publishing) + longestPoll(story, service)
}

function longestRetry(story: BuildStory, id: string): number {
  return producerConfig(story.producerSettings(id))['delivery.timeout.ms']
}

export function nodes(story: BuildStory, topics: Topics): readonly ActorSpec[] {
  const clustered = isClustered(story)
  const settings = {
    nodes: story.nodes,
    topics,
    broker: brokerConfig(story.brokerSettings),
    longestLagMs: Math.max(0, ...story.services.map((each) => longestLag(story, each))),
    longestRetryMs: Math.max(0, ...story.producers.map(({ id }) => longestRetry(story, id))),
  }
  const whole = { ...settings, quiet: isQuiet(settings), ...shareGroupsOf(story) }
  return story.nodes.map((id) =>
    actor(id, nodeKind, clustered ? { ...whole, cluster: cluster(story, id) } : whole),
  )
}

export function controller(story: BuildStory, topics: Topics): ActorSpec {
  const name = 'broker.session.timeout.ms'
  const session = isClustered(story) ? { [name]: brokerConfig(story.brokerSettings)[name] } : {}
  return actor(story.controller, controllerKind, { nodes: story.nodes, topics, ...session })
}
