// What the inspector says of one Kafka actor: what it is, how it is, what it believes beside what is so.
import { dedupStore } from '../../clients/dedup-store.ts'
import { sink } from '../../clients/sink.ts'
import type { SinkState } from '../../clients/sink-state.ts'
import type { Actor, System } from '../../engine/compile.ts'
import type { World } from '../../engine/types.ts'
import type { Described } from '../types.ts'
import { consumer } from './consumer.ts'
import type { Self as ConsumerSelf, ConsumerState } from './consumer-state.ts'
import { controllerKind } from './controller.ts'
import { coordinatorKind } from './coordinator.ts'
import type { CoordinatorState } from './coordinator-state.ts'
import { type AnyGroup, groupNamed } from './coordinators.ts'
import { believed, heldToBe, list, ofModernGroup } from './describe-group.ts'
import { controllerFacts, nodeFacts } from './describe-node.ts'
import { shareConsumerFacts, shareCoordinatorFacts } from './describe-share.ts'
import { inTransactionFacts, transactionFacts } from './describe-transactions.ts'
import { modernCoordinatorKind } from './modern-coordinator.ts'
import type { ModernGroupState } from './modern-state.ts'
import { nodeKind } from './node.ts'
import { producerKind } from './producer.ts'
import type { ProducerState } from './producer-state.ts'
import { shareConsumer } from './share-consumer.ts'
import type { ShareConsumerState } from './share-consumer-state.ts'
import {
  type ShareCoordinatorSettings,
  type ShareCoordinatorState,
  shareCoordinatorKind,
} from './share-coordinator.ts'
import { transactionCoordinatorKind } from './transaction-coordinator.ts'
import type { TransactionCoordinatorState } from './transaction-state.ts'

type Facts = Pick<Described, 'status' | 'faulty' | 'facts'>

const RUNNING: Pick<Described, 'status' | 'faulty'> = { status: 'running', faulty: false }

function shareCoordinatorOf(
  system: System,
  world: World,
  group: string,
): ShareCoordinatorState | undefined {
  const actor = system.actors.find(
    (each) =>
      each.kind.kind === shareCoordinatorKind &&
      (each.me.settings as ShareCoordinatorSettings).group === group,
  )
  return actor === undefined
    ? undefined
    : (world.actors[actor.index] as unknown as ShareCoordinatorState)
}

function statusOf(s: ConsumerState): Pick<Described, 'status' | 'faulty'> {
  if (s.process === 'crashed') return { status: 'crashed', faulty: true }
  if (s.process === 'stopped') return { status: `stopped: ${s.said}`, faulty: true }
  if (s.process !== 'running')
    return { status: s.process === 'left' ? 'left' : 'not started', faulty: false }
  if (s.paused) return { status: 'paused', faulty: true }
  return s.stalled ? { status: 'its handler hangs', faulty: true } : RUNNING
}

/** What the member believes, and then what its coordinator holds to be so. */
function ofConsumer(s: ConsumerState, me: ConsumerSelf, group: AnyGroup | undefined): Facts {
  const positions = s.lanes
    .filter((lane) => lane.position >= 0)
    .map((lane) => `${lane.topic}/${lane.partition} at ${lane.position}`)
  return {
    ...statusOf(s),
    facts: [
      believed(s, me),
      heldToBe(s.group.member, group),
      `Next to read: ${list(positions, 'nothing yet')}.`,
    ],
  }
}

/** Where it lives, where nodes are told apart. */
function hostFacts({ host }: CoordinatorState): readonly string[] {
  if (host === null) return []
  return [host.node === '' ? `Lives nowhere: ${host.last} is gone.` : `Lives on ${host.node}.`]
}

function ofCoordinator(s: CoordinatorState): Facts {
  const offsets = Object.entries(s.offsets).map(([lane, offset]) => `${lane} at ${offset}`)
  const members = s.members.map((member) => (member.silent ? `${member.id} (silent)` : member.id))
  return {
    status: s.phase,
    faulty: false,
    facts: [
      ...hostFacts(s),
      `Generation ${s.generation}, assignor ${s.protocol}.`,
      `Members: ${list(members, 'none')}.`,
      `Committed: ${list(offsets, 'nothing yet')}.`,
    ],
  }
}

function ofProducer(s: ProducerState): Facts {
  const status = s.life === 'new' ? 'starting' : s.life
  return {
    status,
    faulty: s.life === 'crashed' || s.life === 'paused',
    facts: [`Has sent ${s.next} events.`, ...inTransactionFacts(s.transaction)],
  }
}

function ofSink(s: SinkState): Facts {
  return {
    status: s.up ? 'answers' : 'down',
    faulty: !s.up,
    facts: [`Remembers ${s.keys.size} idempotency keys and ${s.inbox.size} inbox entries.`],
  }
}

function factsOf(actor: Actor, system: System, world: World): Facts & Pick<Described, 'role'> {
  const state = world.actors[actor.index] as unknown
  switch (actor.kind.kind) {
    case consumer:
      return {
        role: 'consumer',
        ...ofConsumer(
          state as ConsumerState,
          actor.me as ConsumerSelf,
          groupNamed(system, world, actor.group),
        ),
      }
    case shareConsumer: {
      const own = shareCoordinatorOf(system, world, actor.group)
      return { role: 'consumer', ...shareConsumerFacts(state as ShareConsumerState, own) }
    }
    case shareCoordinatorKind:
      return { role: 'coordinator', ...shareCoordinatorFacts(state as ShareCoordinatorState) }
    case producerKind:
      return { role: 'producer', ...ofProducer(state as ProducerState) }
    case coordinatorKind:
      return { role: 'coordinator', ...ofCoordinator(state as CoordinatorState) }
    case modernCoordinatorKind:
      return { role: 'coordinator', ...ofModernGroup(state as ModernGroupState) }
    case transactionCoordinatorKind: {
      const facts = transactionFacts(state as TransactionCoordinatorState)
      return { role: 'coordinator', ...RUNNING, facts }
    }
    case nodeKind:
      return { role: 'broker', ...nodeFacts(actor, { system, world }) }
    case controllerKind:
      return { role: 'broker', ...RUNNING, facts: controllerFacts({ system, world }) }
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

/** An id that names no actor may be a topic or one of its partitions. */
export function describe(system: System, world: World, id: string): Described {
  const actor = system.actorById.get(id)
  if (actor !== undefined) return { title: id, ...factsOf(actor, system, world) }
  return { title: id, role: 'topic', ...RUNNING, status: '', facts: [] }
}
