// The Kafka picture: producers, the topic's partitions with committed positions, consumers with their
// handlers, dedup stores, sinks. Reads states, never changes them.

import { dedupStore } from '../../clients/dedup-store.ts'
import { drawSink } from '../../clients/draw-sink.ts'
import { drawStore } from '../../clients/draw-store.ts'
import { sink } from '../../clients/sink.ts'
import type { SinkSettings, SinkState } from '../../clients/sink-state.ts'
import type { Actor, System } from '../../engine/compile.ts'
import type { World } from '../../engine/types.ts'
import type { Look } from '../../picture/look.ts'
import type { CardPart, Part, Picture, WirePart } from '../../picture/types.ts'
import type { Drawn } from '../types.ts'
import { consumer } from './consumer.ts'
import type { ConsumerSettings, ConsumerState } from './consumer-state.ts'
import { groupNamed, groupsIn, heldBy } from './coordinators.ts'
import { drawConsumer } from './draw-consumer.ts'
import { actorsOf, type From, stateOf } from './draw-from.ts'
import { type Locks, locksOn } from './draw-locks.ts'
import { type Committed, drawLane } from './draw-log.ts'
import { drawNodes } from './draw-nodes.ts'
import { type DrawnPartition, drawReplicas, partitionsOf } from './draw-replicas.ts'
import { drawShareConsumer } from './draw-share-consumer.ts'
import type { NodeSettings, NodeState } from './node-state.ts'
import { laneName } from './node-state.ts'
import { producerKind } from './producer.ts'
import type { ProducerSettings, ProducerState } from './producer-state.ts'
import type { Assignment } from './protocol.ts'
import { shareConsumer } from './share-consumer.ts'
import type { ShareConsumerSettings, ShareConsumerState } from './share-consumer-state.ts'

/** A group's position lags "after a fault" while one of its members is down. */
function hotGroups(at: From): ReadonlySet<string> {
  const hot = new Set<string>()
  for (const actor of actorsOf(at.system, consumer)) {
    const { process, paused } = stateOf<ConsumerState>(at, actor)
    if (process === 'crashed' || paused) hot.add(actor.group)
  }
  return hot
}

function committedOn(at: From, lane: string): readonly Committed[] {
  const hot = hotGroups(at)
  return groupsIn(at.system, at.world).flatMap(({ id, group: known }): Committed[] => {
    const group = at.look.groups.find((each) => each.id === id)
    const offset = known.state.offsets[lane]
    if (group === undefined || offset === undefined) return []
    return [{ group: id, letter: group.letter, offset, hot: hot.has(id) }]
  })
}

function lookOf({ life }: ProducerState): Pick<CardPart, 'state' | 'said'> {
  if (life === 'crashed') return { state: 'crashed', said: 'Crashed' }
  if (life === 'stopped') return { state: 'left', said: 'Ended inside a transaction' }
  return { state: life === 'paused' ? 'paused' : 'running', said: '' }
}

function drawProducer(at: From, actor: Actor): readonly Part[] {
  const told = at.look.producers.find((each) => each.id === actor.id)
  const state = stateOf<ProducerState>(at, actor)
  const card: CardPart = {
    kind: 'card',
    id: actor.id,
    role: 'producer',
    title: told?.title ?? actor.id,
    subtitle: 'producer',
    notes: told?.notes ?? [],
    group: '',
    letter: '',
    assignment: [],
    ...lookOf(state),
  }
  const { inService } = actor.me.settings as ProducerSettings
  // A producer in a service's process is no box of its own: the service writes.
  return inService
    ? writes(at, actor, processOf(at.system, actor))
    : [card, ...writes(at, actor, actor.id)]
}

/** The instance in whose process a producer lives: it alone speaks to it as an application. */
function processOf(system: System, producer: Actor): string {
  const inside = system.links.find(({ to, port }) => to === producer.id && port === 'producer')
  return inside?.from ?? producer.id
}

function writes(at: From, actor: Actor, from: string): readonly WirePart[] {
  const { topic } = actor.me.settings as ProducerSettings
  const isGone = stateOf<ProducerState>(at, actor).life === 'crashed'
  return partitionsOf(at)
    .filter((lane) => lane.topic === topic)
    .map((lane): WirePart => {
      const to = `${topic}/${lane.partition}`
      const link = `${actor.id}/${lane.leader.node}`
      const isLost = !(lane.hasLeader && lane.leader.up) || (isGone && from !== actor.id)
      const state = isLost ? 'lost' : 'idle'
      return { kind: 'wire', id: `${actor.id}>${to}`, link, from, to, state, label: '' }
    })
}

/** Its partitions by the word of its group's coordinator, under whichever id it was last a member. */
function heldFor(at: From, { id, group }: Actor): Assignment {
  const known = groupNamed(at.system, at.world, group)
  return known === undefined ? {} : heldBy(known, id)
}

/** How share groups stand with a partition: its leader knows. */
function locksOf(at: From, lane: DrawnPartition): readonly Locks[] {
  const node = at.system.actorById.get(lane.leader.node) as Actor
  const settings = node.me.settings as NodeSettings
  return locksOn({ state: stateOf<NodeState>(at, node), settings }, lane, at.look)
}

function drawShareConsumers(at: From): readonly Part[] {
  return actorsOf(at.system, shareConsumer).flatMap((actor) => {
    const group = at.look.groups.find((each) => each.id === actor.group)
    if (group === undefined) return []
    const settings = actor.me.settings as ShareConsumerSettings
    const drawn = { id: actor.id, group, look: at.look }
    return drawShareConsumer(stateOf<ShareConsumerState>(at, actor), settings, drawn)
  })
}

function drawConsumers(at: From): readonly Part[] {
  return actorsOf(at.system, consumer).flatMap((actor) => {
    const group = at.look.groups.find((each) => each.id === actor.group)
    return group === undefined
      ? []
      : drawConsumer(stateOf<ConsumerState>(at, actor), actor.me.settings as ConsumerSettings, {
          id: actor.id,
          group,
          look: at.look,
          held: heldFor(at, actor),
        })
  })
}

function drawSinks(at: From): readonly Part[] {
  return actorsOf(at.system, sink).flatMap((actor) => {
    const told = at.look.sinks.find((each) => each.id === actor.id)
    if (told === undefined) return []
    const settings = actor.me.settings as SinkSettings
    return [drawSink(stateOf<SinkState>(at, actor), settings, told, at.look)]
  })
}

const isConsumer = ({ kind: { kind } }: Actor): boolean =>
  kind === consumer || kind === shareConsumer

function groupsOf(at: From): Picture['groups'] {
  return at.look.groups.map(({ id, title, letter }) => ({
    id,
    title,
    letter,
    cards: at.system.actors
      .filter((actor) => actor.group === id && isConsumer(actor))
      .map((actor) => actor.id),
  }))
}

export function draw(system: System, world: World, look: Look): Drawn {
  const at = { system, world, look }
  const lanes = partitionsOf(at)
  const parts: Part[] = [
    ...actorsOf(system, producerKind).flatMap((actor) => drawProducer(at, actor)),
    ...lanes.flatMap((lane) => {
      const committed = committedOn(at, laneName(lane.topic, lane.partition))
      const locks = locksOf(at, lane)
      const tape = drawLane({ ...lane, replica: lane.leader.replica, committed, locks }, look)
      return [...tape, ...drawReplicas(lane, at)]
    }),
    ...drawNodes(at),
    ...drawConsumers(at),
    ...drawShareConsumers(at),
    ...actorsOf(system, dedupStore).map((actor) =>
      drawStore(actor, stateOf<{ up: boolean }>(at, actor).up),
    ),
    ...drawSinks(at),
  ]
  const topics = [...new Set(lanes.map((lane) => lane.topic))]
  const streams = topics.map((topic) => {
    const count = lanes.filter((lane) => lane.topic === topic).length
    return {
      id: topic,
      title: topic,
      note: `Kafka topic, ${count} partition${count === 1 ? '' : 's'}`,
    }
  })
  return { parts, streams, groups: groupsOf(at) }
}
