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
import { countsOf } from './deaths.ts'
import { drawConsumer } from './draw-consumer.ts'
import {
  bindingsOf,
  DEFAULT_EXCHANGE,
  deadLetterLines,
  exchangeOf,
  streamsOf,
  wireOf,
} from './draw-exchanges.ts'
import { firstOf, itemsOf } from './list.ts'
import { nodeKind } from './node.ts'
import {
  type Entry,
  type NodeSettings,
  type NodeState,
  numberIn,
  type Queue,
  type Version,
} from './node-state.ts'
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

/** What a delivery of it carries besides: why it died last, or how often it came back. */
function saidOf(entry: Entry, queue: Queue, version: Version): string {
  const [death] = entry.content.deaths ?? []
  if (death !== undefined)
    return `x-death: ${death.reason}${death.count > 1 ? ` ×${death.count}` : ''}`
  const [count] = Object.entries(countsOf(entry, queue, version))
  return count === undefined ? '' : count.join('=')
}

function slot(entry: Entry, status: Slot['status'], said: string, look: Look): Slot {
  const { redelivered } = entry
  const token = tokenOf(entry.content.message, look, { redelivered })
  return { offset: entry.seq, token, status, ...(said === '' ? {} : { said }) }
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

/** A limit only where one was given: every quorum queue has one of 20. */
function noteOf(queue: Queue): string {
  const limit = numberIn(queue, 'x-delivery-limit', -1)
  const kind = queue.owner === '' ? `${queue.type} queue` : 'exclusive queue'
  return limit < 0 ? kind : `${kind}, limit ${limit}`
}

function drawQueue(s: NodeState, queue: Queue, place: Place, { look, version }: Told): QueuePart {
  const drawn = (status: Slot['status']) => (entry: Entry) =>
    slot(entry, status, saidOf(entry, queue, version), look)
  return {
    kind: 'queue',
    id: queue.name,
    ...place,
    note: noteOf(queue),
    ready: readyOf(queue).map(drawn('stored')),
    unacked: unackedOf(s, queue.name).map(drawn('unacked')),
  }
}

type Place = Pick<QueuePart, 'stream' | 'title'>
/** What a queue is drawn with besides. */
type Told = { readonly look: Look; readonly version: Version }

/** A stream is a log: what was read stands in it still. */
function drawStream({ name, log }: Queue, place: Place, look: Look): TapePart {
  const first = Math.max(0, log.length - SLOTS)
  const slots = Array.from({ length: log.length - first }, (_, i): Slot => {
    const { message } = itemAt(log, first + i) as Content
    return { offset: first + i, token: tokenOf(message, look), status: 'stored' }
  })
  const last = { first, end: log.length, slots, badge: '', note: 'stream' }
  return { kind: 'tape', id: name, ...place, ...last }
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

/**
 * Queues under the exchange they are bound to; the default exchange, to which all are bound, with those that
 * only it hands anything to: dead letters, once there were any, and answers.
 */
function drawNode(at: Scene): { parts: readonly Part[]; streams: Picture['streams'] } {
  const [node] = actorsOf(at.system, nodeKind)
  if (node === undefined) return { parts: [], streams: [] }
  const s = stateOf<NodeState>(at, node)
  const { version } = node.me.settings as NodeSettings
  const shown = Object.values(s.queues).filter((queue) => isShown(s, queue))
  const gone = answerQueuesOf(at).filter((name) => s.queues[name] === undefined)
  const parts = shown.map((queue) => {
    const place = placeOf(s, queue.name)
    return queue.type === 'stream'
      ? drawStream(queue, place, at.look)
      : drawQueue(s, queue, place, { look: at.look, version })
  })
  const none = gone.map((name): QueuePart => {
    const place = placeOf(s, name)
    return { kind: 'queue', id: name, ...place, note: 'not declared', ready: [], unacked: [] }
  })
  const drawn = [...parts, ...none]
  const lines = [
    ...bindingsOf(
      s,
      drawn.map(({ id }) => id),
    ),
    ...deadLetterLines(s, shown),
  ]
  return { parts: [...drawn, ...lines], streams: streamsOf(s, drawn) }
}

/** Named without its exchange: that stands beside it, and in front of all dead letters of it. */
function placeOf(s: NodeState, name: string): Place {
  const prefix = Object.keys(s.exchanges).find((id) => name.startsWith(`${id}.`))
  const title = prefix === undefined ? name : name.slice(prefix.length + 1)
  return { stream: exchangeOf(s, name), title }
}

/** A queue of dead letters stands there from its first one on, or where they lead back out of it. */
const isShown = (s: NodeState, { name, nextSeq, arguments: given }: Queue): boolean =>
  exchangeOf(s, name) !== DEFAULT_EXCHANGE ||
  !Object.values(s.queues).some((other) => other.arguments[DEAD_KEY] === name) ||
  nextSeq > 0 ||
  given['x-message-ttl'] !== undefined

const DEAD_KEY = 'x-dead-letter-routing-key'

/** Queues of answers of those who ask for them: they are gone with their connection, and drawn all the same. */
function answerQueuesOf(at: Scene): readonly string[] {
  return actorsOf(at.system, publisherKind).flatMap((actor) => {
    const { exchange, reply_to } = actor.me.settings as PublisherSettings
    return reply_to ? [answersOf(exchange, actor.id)] : []
  })
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

/** Of a queue with a single active consumer: its node knows who that is, the consumers do not. */
function isActive(at: Scene, queue: string, consumerTag: string): boolean {
  const [node] = actorsOf(at.system, nodeKind)
  if (node === undefined) return false
  return stateOf<NodeState>(at, node).queues[queue]?.active?.tag === consumerTag
}

function drawConsumers(at: Scene): readonly Part[] {
  return actorsOf(at.system, consumer).flatMap((actor) => {
    const group = at.look.groups.find((each) => each.id === actor.group)
    if (group === undefined) return []
    const settings = actor.me.settings as ConsumerSettings
    const active = isActive(at, settings.queue, actor.id)
    const drawn = { id: actor.id, group, look: at.look, active }
    return drawConsumer(stateOf<ConsumerState>(at, actor), settings, drawn)
  })
}

/** Answers are published by whoever did what was asked, to the default exchange. */
const answeringOf = (at: Scene): readonly WirePart[] =>
  actorsOf(at.system, consumer).map(({ id }) => wireOf(id, DEFAULT_EXCHANGE, `${id}/rabbitmq`))

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
  const answers = answerQueuesOf(at).length > 0 ? answeringOf(at) : []
  const groups = look.groups.map(({ id, title, letter }) => ({
    id,
    title,
    letter,
    cards: system.actors
      .filter((actor) => actor.group === id && actor.kind.kind === consumer)
      .map((actor) => actor.id),
  }))
  return { parts: [...parts, ...answers], streams: node.streams, groups }
}
