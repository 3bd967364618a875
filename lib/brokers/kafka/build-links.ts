// The lines of a story: who reaches whom, by which port, and what the line carries. Those of publishers and of
// transactions stand with their actors.
import type { LinkSpec } from '../../engine/types.ts'
import { hostsOf, isClustered } from './build-nodes.ts'
import { TO_SHARE_COORDINATOR, TO_SHARE_NODE } from './build-share.ts'
import { type BuildService, type BuildStory, isModern, isShared, usesStore } from './build-story.ts'
import { CONTROLLER, portOfFollower } from './node-state.ts'

const TO_CONTROLLER = {
  requests: ['Metadata', 'InitProducerId'],
  replies: ['MetadataResponse', 'InitProducerIdResponse'],
}
const TO_NODE = {
  requests: ['Produce', 'Fetch', 'ListOffsets'],
  replies: ['ProduceResponse', 'FetchResponse', 'ListOffsetsResponse'],
}
const TO_COORDINATOR = {
  requests: [
    'JoinGroup',
    'SyncGroup',
    'Heartbeat',
    'HeartbeatsStop',
    'LeaveGroup',
    'ConsumerGroupHeartbeat',
    'OffsetCommit',
    'OffsetFetch',
  ],
  replies: [
    'JoinGroupResponse',
    'SyncGroupResponse',
    'HeartbeatResponse',
    'ConsumerGroupHeartbeatResponse',
    'OffsetCommitResponse',
    'OffsetFetchResponse',
  ],
}
const NODE_TO_CONTROLLER = {
  requests: [
    'BrokerRegistration',
    'MetadataFetch',
    'BrokerHeartbeatsStop',
    'AlterPartition',
    'WriteShareGroupState',
  ],
  replies: ['BrokerRegistrationResponse', 'MetadataFetchResponse', 'AlterPartitionResponse'],
}
const TO_LEADER = {
  requests: ['ReplicaFetch', 'ReplicaFetchesStop'],
  replies: ['ReplicaFetchResponse'],
}
const TO_HOSTED = { requests: ['NodeUp'], replies: [] }
/** A coordinator that shares partitions out itself has to know how many there are. */
const TO_METADATA = { requests: ['Metadata'], replies: ['MetadataResponse'] }
const TO_SINK = { requests: ['ApplyEffect'], replies: ['EffectAnswer', 'ConnectionClosed'] }
const TO_STORE = {
  requests: ['CheckSeen', 'MarkSeen'],
  replies: ['SeenAnswer', 'MarkAnswer', 'ConnectionClosed'],
}

type Carries = Pick<LinkSpec, 'requests' | 'replies'>

/** A line from a client to a server; the client's port is named by what it reaches. */
export function line(
  story: BuildStory,
  from: string,
  to: string,
  more: Carries & Partial<LinkSpec>,
): LinkSpec {
  const mode = 'connection'
  return {
    id: `${from}/${to}`,
    from,
    port: to,
    to,
    at: from,
    mode,
    latency: story.latencyMs,
    ...more,
  }
}

/** Between followers and leaders, to the controller, and from each node to the coordinators it may host. */
function clusterLinks(story: BuildStory): readonly LinkSpec[] {
  if (!isClustered(story)) return []
  return story.nodes.flatMap((node) => [
    line(story, node, story.controller, { ...NODE_TO_CONTROLLER, port: CONTROLLER }),
    ...story.nodes
      .filter((leader) => leader !== node)
      .map((leader) => line(story, node, leader, { ...TO_LEADER, at: portOfFollower(node) })),
    ...story.services
      .filter((service) => hostsOf(story, service).includes(node))
      .map(({ coordinator }) => {
        return line(story, node, coordinator, { ...TO_HOSTED, latency: [0, 0] })
      }),
  ])
}

/** Every client asks the controller and speaks to every node. */
export function toCluster(
  story: BuildStory,
  id: string,
  toNode: Carries = TO_NODE,
): readonly LinkSpec[] {
  return [
    line(story, id, story.controller, { ...TO_CONTROLLER, port: 'controller' }),
    ...story.nodes.map((node) => line(story, id, node, toNode)),
  ]
}

export function links(story: BuildStory): readonly LinkSpec[] {
  const toController = (id: string) =>
    line(story, id, story.controller, { ...TO_CONTROLLER, port: 'controller' })
  const toGroup = (id: string, service: BuildService) => {
    const [toNode, toCoordinator] = isShared(story, service)
      ? [TO_SHARE_NODE, TO_SHARE_COORDINATOR]
      : [TO_NODE, TO_COORDINATOR]
    const { coordinator } = service
    return [
      ...toCluster(story, id, toNode),
      line(story, id, coordinator, { ...toCoordinator, port: 'coordinator' }),
    ]
  }
  const ofConsumer = (id: string, service: BuildService) => [
    ...toGroup(id, service),
    ...(service.sink === ''
      ? []
      : [line(story, id, service.sink, { ...TO_SINK, port: 'sink', mode: 'calls' })]),
    ...(usesStore(service)
      ? [line(story, id, service.dedupStore, { ...TO_STORE, port: 'dedup', mode: 'calls' })]
      : []),
  ]
  return [
    ...story.producers.flatMap(({ id }) => toCluster(story, id)),
    ...story.services
      .filter((service) => isShared(story, service))
      .map(({ coordinator }) => toController(coordinator)),
    ...story.services.flatMap((service) =>
      service.instances.flatMap((id) => ofConsumer(id, service)),
    ),
    ...clusterLinks(story),
    ...story.services
      .filter((service) => isModern(story, service))
      .map(({ coordinator }) =>
        line(story, coordinator, story.controller, { ...TO_METADATA, port: 'controller' }),
      ),
  ]
}
