// The controller (KRaft): which topics there are, how many partitions each has and who leads them, and
// producer ids. It has no faults of its own; metadata is asked from it instead of from any broker.
import type { Seen } from '../../clients/types.ts'
import { claiming } from '../../engine/rule.ts'
import type { Kind, Out } from '../../engine/types.ts'
import { controllerClaims } from './commuting.ts'
import { clusterRules, nodeAt, withoutAllFenced } from './controller-cluster.ts'
import {
  andThen,
  type ControllerSettings,
  type ControllerState,
  metadataOf,
  NO_PARTITIONS,
  newController,
  placed,
  rule,
  type Self,
  tellClients,
} from './controller-state.ts'
import type { CreatePartitions, InitProducerIdResponse, Metadata } from './protocol.ts'

export type { ControllerSettings, ControllerState } from './controller-state.ts'

/** How many more partitions an operator is offered to add at once. */
const MOST_ADDED = 8
const MOST_PARTITIONS = 64

/** Whether the client's picture of the topic, by leader epochs, is the present one. */
function isUpToDate(s: ControllerState, { topic, known }: Metadata): boolean {
  const partitions = s.partitions[topic] ?? NO_PARTITIONS
  return known.length === partitions.length && partitions.every((p, i) => p.epoch === known[i])
}

function park(s: ControllerState, e: Metadata, port: string): ControllerState {
  const others = s.parked.filter((each) => each.port !== port || each.topic !== e.topic)
  const parked = [...others, { port, topic: e.topic }]
  return { ...s, parked: parked.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)) }
}

/** All of them are told at once, so that they have no order; it is kept the same. */
const placeOf = ({ port, topic }: ControllerState['parked'][number]): string => `${port} ${topic}`

function firstTopic(s: ControllerState): string {
  return Object.keys(s.partitions)[0] as string
}

function countsOnOffer(s: ControllerState): readonly number[] {
  const now = s.partitions[firstTopic(s)]?.length ?? 0
  const more = Math.min(MOST_ADDED, MOST_PARTITIONS - now)
  return Array.from({ length: Math.max(0, more) }, (_, i) => now + 1 + i)
}

type Grown = Pick<CreatePartitions, 'topic' | 'count'>

function addPartitions(
  s: ControllerState,
  { topic, count }: Grown,
  me: Self,
): Out<ControllerState> {
  const before = s.partitions[topic] ?? NO_PARTITIONS
  const grown = [...before, ...placed(me.settings, topic, before.length, count)]
  const all = { ...s, partitions: { ...s.partitions, [topic]: grown } }
  const led = withoutAllFenced(all, me)
  const { self, send, observe } = andThen(led, (at) => tellClients(at, topic))
  const seen: Seen = { kind: 'lanesAdded', actor: me.id, stream: topic, lanes: count }
  return { self, send, observe: [seen, ...observe] }
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
    ready: { 'it was a client': (_s, me) => nodeAt(me) < 0 },
    then: (s, _e, _x, me) => ({
      self: { ...s, parked: s.parked.filter((each) => each.port !== me.port) },
    }),
  }),
  rule({
    name: 'AddPartitions',
    fault: { kind: 'add-partitions' },
    cites: 'kafka-topics.sh --alter --partitions: keys are hashed over the new number from now on',
    each: countsOnOffer,
    then: (s, _e, count, me) => addPartitions(s, { topic: firstTopic(s), count }, me),
  }),
  rule({
    name: 'CreatePartitions',
    on: 'CreatePartitions',
    cites: 'KIP-195; ReplicationControlManager.createPartitions: partitions are only ever added',
    then: (s, e, _x, me) => {
      const reply = { kind: 'CreatePartitionsResponse' } as const
      const now = s.partitions[e.topic]?.length ?? 0
      if (e.count <= now) return { reply: { ...reply, error: 'INVALID_PARTITIONS' } }
      return { ...addPartitions(s, e, me), reply }
    },
  }),
  ...clusterRules,
]

export const controllerKind: Kind<ControllerState, ControllerSettings> = {
  name: 'kafka controller',
  init: newController,
  rules: claiming(controllerClaims, controllerRules),
}
