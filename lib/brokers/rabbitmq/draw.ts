// The RabbitMQ picture: publishers, exchanges with the queues bound to them (ready and unacknowledged messages
// apart), consumers with their handlers, sinks. Reads states, never changes them.
import { dedupStore } from '../../clients/dedup-store.ts'
import { drawSink } from '../../clients/draw-sink.ts'
import { drawStore } from '../../clients/draw-store.ts'
import { sink } from '../../clients/sink.ts'
import type { SinkSettings, SinkState } from '../../clients/sink-state.ts'
import type { Actor, System } from '../../engine/compile.ts'
import { at as itemAt } from '../../engine/tape.ts'
import type { World } from '../../engine/types.ts'
import { type Look, tokenOf } from '../../picture/look.ts'
import type {
  CardPart,
  Part,
  Picture,
  PointerPart,
  QueuePart,
  Slot,
  TapePart,
  WirePart,
} from '../../picture/types.ts'
import type { Drawn } from '../types.ts'
import { consumer } from './consumer.ts'
import type { ConsumerSettings, ConsumerState } from './consumer-state.ts'
import { drawConsumer } from './draw-consumer.ts'
import { firstOf, itemsOf } from './list.ts'
import { nodeKind } from './node.ts'
import type { Entry, NodeState, Queue } from './node-state.ts'
import type { Content } from './protocol.ts'
import { type PublisherSettings, type PublisherState, publisherKind } from './publisher.ts'
import { answersOf } from './requests.ts'

interface Scene {
  readonly system: System
  readonly world: World
  readonly look: Look
}

/** More than any queue shows. */
const SLOTS = 48

function actorsOf(system: System, kind: unknown): readonly Actor[] {
  return system.actors.filter((actor) => actor.kind.kind === kind)
}

function stateOf<S>(at: Scene, actor: Actor): S {
  return at.world.actors[actor.index] as unknown as S
}

function slot(entry: Entry, status: Slot['status'], look: Look): Slot {
  const { redelivered } = entry
  return { offset: entry.seq, token: tokenOf(entry.content.message, look, { redelivered }), status }
}

/** In the order in which they will be served: what came back first, then by priority and age. */
function readyOf(queue: Queue): readonly Entry[] {
  const lists = [queue.returned, ...queue.lanes.map((lane) => lane.ready)]
  return lists.flatMap((list) => firstOf(list, SLOTS)).slice(0, SLOTS)
}

function unackedOf(s: NodeState, queue: string): readonly Entry[] {
  return Object.values(s.connections)
    .flatMap(({ channels }) => Object.values(channels))
    .flatMap((channel) => itemsOf(channel.unacked))
    .filter((each) => each.queue === queue)
    .map((each) => each.entry)
}

function drawQueue(s: NodeState, queue: Queue, stream: string, look: Look): QueuePart {
  return {
    kind: 'queue',
    id: queue.name,
    stream,
    title: stream === '' ? queue.name : queue.name.slice(stream.length + 1),
    ready: readyOf(queue).map((entry) => slot(entry, 'stored', look)),
    unacked: unackedOf(s, queue.name).map((entry) => slot(entry, 'unacked', look)),
  }
}

/** A stream is a log: what was read stands in it still. */
function drawStream({ name, log }: Queue, stream: string, look: Look): TapePart {
  const first = Math.max(0, log.length - SLOTS)
  const slots = Array.from({ length: log.length - first }, (_, i): Slot => {
    const { message } = itemAt(log, first + i) as Content
    return { offset: first + i, token: tokenOf(message, look), status: 'stored' }
  })
  const title = stream === '' ? name : name.slice(stream.length + 1)
  return { kind: 'tape', id: name, stream, title, first, end: log.length, slots, badge: '' }
}

/** How far the readers of a stream have come. */
function positionsOf(at: Scene): readonly PointerPart[] {
  return actorsOf(at.system, consumer).flatMap((actor): readonly PointerPart[] => {
    const { queue, stream, service } = actor.me.settings as ConsumerSettings
    const { position } = stateOf<ConsumerState>(at, actor)
    const group = at.look.groups.find((each) => each.id === service)
    if (stream !== true || position < 0 || group === undefined) return []
    const groups = [{ id: group.id, letter: group.letter, hot: false }]
    return [{ kind: 'pointer', of: queue, at: position, flag: 'committed', groups }]
  })
}

function wireOf(from: string, to: string, link: string): WirePart {
  return { kind: 'wire', id: `${from}>${to}`, link, from, to, state: 'idle', label: '' }
}

/** From each exchange to the queues bound to it. */
function bindingsOf(s: NodeState): readonly WirePart[] {
  return Object.entries(s.exchanges).flatMap(([id, { bindings }]) =>
    bindings.map(({ destination }) => wireOf(id, destination, '')),
  )
}

/** Queues under the exchange they are bound to; dead letters under the queue they come from. */
function drawNode(at: Scene): { parts: readonly Part[]; streams: Picture['streams'] } {
  const [node] = actorsOf(at.system, nodeKind)
  if (node === undefined) return { parts: [], streams: [] }
  const s = stateOf<NodeState>(at, node)
  const streams = Object.entries(s.exchanges).map(([id, { type, bindings }]) => {
    const queues = bindings.length
    const note = `${type} exchange, ${queues} queue${queues === 1 ? '' : 's'}`
    return { id, title: id, note, spreads: true as const }
  })
  const isOf = (queue: string, stream: string) => queue.startsWith(`${stream}.`)
  const parts = Object.values(s.queues).map((queue) => {
    const stream = streams.find(({ id }) => isOf(queue.name, id))?.id ?? ''
    return queue.type === 'stream'
      ? drawStream(queue, stream, at.look)
      : drawQueue(s, queue, stream, at.look)
  })
  const hasSomething = (part: QueuePart | TapePart) =>
    part.kind === 'tape' || !part.id.endsWith('.dlq') || part.ready.length + part.unacked.length > 0
  return { parts: [...parts.filter(hasSomething), ...bindingsOf(s)], streams }
}

function drawPublisher(at: Scene, actor: Actor): readonly Part[] {
  const told = at.look.producers.find((each) => each.id === actor.id)
  const { life, unconfirmed } = stateOf<PublisherState>(at, actor)
  const settings = actor.me.settings as PublisherSettings
  // Always there, where it can be: a card that grows would move everything.
  const waits = settings['confirm.select'] ? [`${unconfirmed.length} unconfirmed`] : []
  const card: CardPart = {
    kind: 'card',
    id: actor.id,
    role: 'producer',
    title: told?.title ?? actor.id,
    subtitle: 'publisher',
    notes: [...(told?.notes ?? []), ...waits],
    group: '',
    letter: '',
    assignment: [],
    state: life,
    said: life === 'crashed' ? 'Crashed' : '',
  }
  const { exchange, reply_to } = settings
  const line = `${actor.id}/rabbitmq`
  const answers = answersOf(exchange, actor.id)
  return [
    card,
    wireOf(actor.id, exchange, line),
    ...(reply_to ? [wireOf(answers, actor.id, line)] : []),
  ]
}

function drawConsumers(at: Scene): readonly Part[] {
  return actorsOf(at.system, consumer).flatMap((actor) => {
    const group = at.look.groups.find((each) => each.id === actor.group)
    if (group === undefined) return []
    const settings = actor.me.settings as ConsumerSettings
    const drawn = { id: actor.id, group, look: at.look }
    return drawConsumer(stateOf<ConsumerState>(at, actor), settings, drawn)
  })
}

function drawSinks(at: Scene): readonly Part[] {
  return actorsOf(at.system, sink).flatMap((actor) => {
    const told = at.look.sinks.find((each) => each.id === actor.id)
    if (told === undefined) return []
    const settings = actor.me.settings as SinkSettings
    return [drawSink(stateOf<SinkState>(at, actor), settings, told, at.look)]
  })
}

export function draw(system: System, world: World, look: Look): Drawn {
  const at: Scene = { system, world, look }
  const node = drawNode(at)
  const parts: Part[] = [
    ...actorsOf(system, publisherKind).flatMap((actor) => drawPublisher(at, actor)),
    ...node.parts,
    ...positionsOf(at),
    ...drawConsumers(at),
    ...actorsOf(system, dedupStore).map((actor) =>
      drawStore(actor, stateOf<{ up: boolean }>(at, actor).up),
    ),
    ...drawSinks(at),
  ]
  const groups = look.groups.map(({ id, title, letter }) => ({
    id,
    title,
    letter,
    cards: system.actors
      .filter((actor) => actor.group === id && actor.kind.kind === consumer)
      .map((actor) => actor.id),
  }))
  return { parts, streams: node.streams, groups }
}
