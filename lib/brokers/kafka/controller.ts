// The controller (KRaft): which topics there are, how many partitions each has and who leads them, and
// producer ids. It has no faults of its own; metadata is asked from it instead of from any broker.
import type { Seen } from '../../clients/types.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { Kind, Me, Out } from '../../engine/types.ts'
import { replicasOf } from './placement.ts'
import type {
  InitProducerIdResponse,
  KafkaEnvelope,
  Metadata,
  MetadataResponse,
} from './protocol.ts'
import type { TopicConfig } from './settings.ts'

export interface ControllerSettings {
  /** Ids of the broker nodes; clients are told leaders by their index here. */
  readonly nodes: readonly string[]
  /** In the story's order: partitions are added to the first. */
  readonly topics: Readonly<Record<string, TopicConfig>>
}

/** PartitionRegistration, as far as it is needed yet. */
export interface Partition {
  /** Index of the leading node; -1: there is none. */
  readonly leader: number
  readonly epoch: number
}

/** A client that knows the truth and waits to hear of a change. */
interface ParkedMetadata {
  readonly port: string
  readonly topic: string
}

export interface ControllerState {
  readonly partitions: Readonly<Record<string, readonly Partition[]>>
  readonly parked: readonly ParkedMetadata[]
  /** Handed out from ProducerIdManager's block, one for each start of an idempotent producer. */
  readonly nextProducerId: number
}

const rule = ruleFor<ControllerState, ControllerSettings, KafkaEnvelope>()

/** How many more partitions an operator is offered to add at once. */
const MOST_ADDED = 8
const MOST_PARTITIONS = 64

const NOTHING: readonly Partition[] = []

function metadataOf(s: ControllerState, topic: string): MetadataResponse {
  const partitions = s.partitions[topic] ?? NOTHING
  const leaders = partitions.map(({ leader }) => leader)
  const epochs = partitions.map(({ epoch }) => epoch)
  return { kind: 'MetadataResponse', about: topic, topic, leaders, epochs }
}

/** Whether the client's picture of the topic, by leader epochs, is the present one. */
function isUpToDate(s: ControllerState, { topic, known }: Metadata): boolean {
  const partitions = s.partitions[topic] ?? NOTHING
  return known.length === partitions.length && partitions.every((p, i) => p.epoch === known[i])
}

/** As they are placed when they are made: the first replica leads. */
function placed(settings: ControllerSettings, from: number, to: number): readonly Partition[] {
  const { nodes } = settings
  return Array.from({ length: to - from }, (_, i) => {
    const [leader] = replicasOf(nodes, from + i, 1)
    return { leader: nodes.indexOf(leader as string), epoch: 0 }
  })
}

function park(s: ControllerState, e: Metadata, port: string): ControllerState {
  const others = s.parked.filter((each) => each.port !== port || each.topic !== e.topic)
  return { ...s, parked: [...others, { port, topic: e.topic }] }
}

function firstTopic(s: ControllerState): string {
  return Object.keys(s.partitions)[0] as string
}

function countsOnOffer(s: ControllerState): readonly number[] {
  const now = s.partitions[firstTopic(s)]?.length ?? 0
  const more = Math.min(MOST_ADDED, MOST_PARTITIONS - now)
  return Array.from({ length: Math.max(0, more) }, (_, i) => now + 1 + i)
}

function addPartitions(
  s: ControllerState,
  count: number,
  me: Me<ControllerSettings>,
): Out<ControllerState> {
  const topic = firstTopic(s)
  const before = s.partitions[topic] ?? NOTHING
  const grown = [...before, ...placed(me.settings, before.length, count)]
  const partitions = { ...s.partitions, [topic]: grown }
  const self = { ...s, partitions, parked: s.parked.filter((each) => each.topic !== topic) }
  const told = s.parked.filter((each) => each.topic === topic)
  const seen: Seen = { kind: 'lanesAdded', actor: me.id, stream: topic, lanes: count }
  return {
    self,
    send: told.map(({ port }) => [port, metadataOf(self, topic)] as const),
    observe: [seen],
  }
}

export const controllerRules = [
  rule({
    name: 'Metadata',
    on: 'Metadata',
    cites: 'MetadataRequest',
    when: {
      'the client knows other leader epochs, or other partitions': (s, e) => !isUpToDate(s, e),
    },
    then: (s, e) => ({ reply: metadataOf(s, e.topic) }),
  }),
  rule({
    name: 'ParkMetadata',
    on: 'Metadata',
    cites: 'Stands for asking every metadata.max.age.ms, which the client then takes into account',
    when: {
      'the client knows how it is': isUpToDate,
    },
    then: (s, e, _x, me) => ({ self: park(s, e, me.port) }),
  }),
  rule({
    name: 'InitProducerId',
    on: 'InitProducerId',
    cites: 'KIP-98: every start of an idempotent producer gets a new producer id, epoch 0',
    then: (s) => {
      const producerId = s.nextProducerId
      const reply: InitProducerIdResponse = { kind: 'InitProducerIdResponse', producerId, epoch: 0 }
      return { self: { ...s, nextProducerId: producerId + 1 }, reply }
    },
  }),
  rule({
    name: 'ConnectionClosed',
    on: 'ConnectionClosed',
    then: (s, _e, _x, me) => ({
      self: { ...s, parked: s.parked.filter((each) => each.port !== me.port) },
    }),
  }),
  rule({
    name: 'AddPartitions',
    fault: { kind: 'add-partitions' },
    cites: 'kafka-topics.sh --alter --partitions: keys are hashed over the new number from now on',
    each: countsOnOffer,
    then: (s, _e, count, me) => addPartitions(s, count, me),
  }),
]

export const controllerKind: Kind<ControllerState, ControllerSettings> = {
  name: 'kafka controller',
  init: (me) => ({
    partitions: Object.fromEntries(
      Object.entries(me.settings.topics).map(([topic, { partitions }]) => [
        topic,
        placed(me.settings, 0, partitions),
      ]),
    ),
    parked: [],
    nextProducerId: 0,
  }),
  rules: controllerRules,
}
