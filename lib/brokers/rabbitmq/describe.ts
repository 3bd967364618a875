// What the inspector says of one RabbitMQ actor: what it is, how it is, what it knows.
import { dedupStore } from '../../clients/dedup-store.ts'
import { sink } from '../../clients/sink.ts'
import type { SinkState } from '../../clients/sink-state.ts'
import type { Actor, System } from '../../engine/compile.ts'
import type { World } from '../../engine/types.ts'
import type { Described } from '../types.ts'
import { consumer } from './consumer.ts'
import { type ConsumerState, holdingOf } from './consumer-state.ts'
import { nodeKind } from './node.ts'
import { messageCount, type NodeState, type Queue } from './node-state.ts'
import type { PublisherState } from './publisher.ts'
import { publisherKind } from './publisher.ts'

type Facts = Pick<Described, 'status' | 'faulty' | 'facts'>

const RUNNING: Pick<Described, 'status' | 'faulty'> = { status: 'running', faulty: false }

function list(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.join(', ')
}

function statusOf(s: ConsumerState): Pick<Described, 'status' | 'faulty'> {
  if (s.process === 'crashed') return { status: 'crashed', faulty: true }
  if (s.process === 'left') return { status: 'left', faulty: false }
  if (s.paused) return { status: 'paused', faulty: true }
  if (s.stalled) return { status: 'its handler hangs', faulty: true }
  return s.connection === 'open' ? RUNNING : { status: 'not connected', faulty: s.wasOpen }
}

function ofConsumer(s: ConsumerState): Facts {
  const holding = holdingOf(s)
  return {
    ...statusOf(s),
    facts: [
      `Has been pushed, and not settled: ${list(holding, 'nothing')}.`,
      `Of these it has not begun ${s.buffer.length}.`,
    ],
  }
}

function ofPublisher(s: PublisherState): Facts {
  return {
    status: s.life,
    faulty: s.life !== 'running',
    facts: [
      `Has published ${s.next} events.`,
      `Not confirmed yet: ${list(
        s.unconfirmed.map(({ message }) => message.id),
        'nothing',
      )}.`,
    ],
  }
}

function factsOfQueue(queue: Queue): string {
  const active = queue.active === null ? '' : `, active: ${queue.active.tag}`
  return `${queue.name} (${queue.type}): ${messageCount(queue)} ready, ${queue.held} unacked, ${queue.consumers.length} consumers${active}.`
}

function ofNode(s: NodeState): Facts {
  return {
    status: s.up ? 'running' : 'down',
    faulty: !s.up,
    facts: Object.values(s.queues).map(factsOfQueue),
  }
}

function ofSink(s: SinkState): Facts {
  const facts = [`Remembers ${s.keys.size} idempotency keys and ${s.inbox.size} inbox entries.`]
  return { status: s.up ? 'answers' : 'down', faulty: !s.up, facts }
}

function factsOf(actor: Actor, world: World): Facts & Pick<Described, 'role'> {
  const state = world.actors[actor.index] as unknown
  switch (actor.kind.kind) {
    case consumer:
      return { role: 'consumer', ...ofConsumer(state as ConsumerState) }
    case publisherKind:
      return { role: 'producer', ...ofPublisher(state as PublisherState) }
    case nodeKind:
      return { role: 'broker', ...ofNode(state as NodeState) }
    case sink:
      return { role: 'sink', ...ofSink(state as SinkState) }
    case dedupStore: {
      const { up } = state as { up: boolean }
      return { role: 'dedup store', status: up ? 'answers' : 'down', faulty: !up, facts: [] }
    }
    default:
      return { role: 'broker', ...RUNNING, facts: [] }
  }
}

/** An id that names no actor may be an exchange or a queue. */
export function describe(system: System, world: World, id: string): Described {
  const actor = system.actorById.get(id)
  if (actor !== undefined) return { title: id, ...factsOf(actor, world) }
  const node = system.actors.find((each) => each.kind.kind === nodeKind)
  const s = node === undefined ? null : (world.actors[node.index] as unknown as NodeState)
  const queue = s?.queues[id]
  const facts = queue === undefined ? [] : [factsOfQueue(queue)]
  return { title: id, role: 'topic', status: queue?.type ?? '', faulty: false, facts }
}
