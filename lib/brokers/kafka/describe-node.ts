// What the inspector says of a node: what it leads and follows as far as it knows, beside the controller's
// word; and of the controller: who leads what.
import type { Actor } from '../../engine/compile.ts'
import type { Described } from '../types.ts'
import { type From, stateOf } from './draw-from.ts'
import { coordinatorsOn, healthOf } from './draw-nodes.ts'
import { believed, type DrawnPartition, partitionsOf, wordOn } from './draw-replicas.ts'
import { logEnd } from './log.ts'
import { laneName, type NodeState } from './node-state.ts'
import { lastStableOffset, type Replica } from './replica.ts'

type Seen = Pick<From, 'system' | 'world'>

const nameOf = ({ topic, partition }: DrawnPartition): string => laneName(topic, partition)
const list = (items: readonly string[], none: string): string =>
  items.length === 0 ? none : items.join('; ')

/** How far a copy is written, and how far that is settled where it is not all of it. */
function extent(replica: Replica): string {
  const { log, highWatermark } = replica
  const stable = lastStableOffset(replica)
  return [
    ...(log.start === 0 ? [] : [`begins at ${log.start}`]),
    `ends at ${logEnd(log)}`,
    ...(highWatermark === logEnd(log) ? [] : [`high watermark ${highWatermark}`]),
    ...(stable === highWatermark ? [] : [`last stable offset ${stable}`]),
  ].join(', ')
}

type Facts = Pick<Described, 'status' | 'faulty' | 'facts'>

export function nodeFacts(actor: Actor, seen: Seen): Facts {
  const { state, said, ails } = healthOf(stateOf<NodeState>(seen, actor))
  const own = copiesOn(actor.id, seen)
  const facts = [
    ...(said === '' ? [] : [`${said.charAt(0).toUpperCase()}${said.slice(1)}.`]),
    ...heldFacts(actor.id, seen),
    ...(state === 'crashed' ? diskFacts(own) : [...copyFacts(own), ...beliefs(actor.id, own)]),
  ]
  return { status: ails || 'running', faulty: ails !== '', facts }
}

interface Own {
  readonly partition: DrawnPartition
  readonly replica: Replica
}

function copiesOn(node: string, seen: Seen): readonly Own[] {
  return partitionsOf(seen).flatMap((partition) => {
    const copy = partition.copies.find((each) => each.node === node)
    return copy === undefined ? [] : [{ partition, replica: copy.replica }]
  })
}

const told = ({ partition, replica }: Own): string => `${nameOf(partition)} ${extent(replica)}`

/** What a dead process leaves; what it knew is gone. */
const diskFacts = (own: readonly Own[]): readonly string[] => [
  `On its disk: ${list(own.map(told), 'nothing')}.`,
]

function heldFacts(node: string, seen: Seen): readonly string[] {
  const held = coordinatorsOn(seen, node)
  return held.length === 0 ? [] : [`Holds the coordinator of ${held.join(', ')}.`]
}

function copyFacts(own: readonly Own[]): readonly string[] {
  const leads = own.filter(({ replica }) => replica.leading !== null)
  const follows = own.filter(({ replica }) => replica.leading === null)
  const inSync = leads.flatMap(({ partition, replica }) =>
    partition.copies.length < 2
      ? []
      : [`${nameOf(partition)} with ${replica.leading?.isr.join(', ')}`],
  )
  return [
    `Leads: ${list(leads.map(told), 'nothing')}.`,
    ...(follows.length === 0 ? [] : [`Follows: ${list(follows.map(told), 'nothing')}.`]),
    ...(inSync.length === 0 ? [] : [`In sync, as it knows: ${list(inSync, '')}.`]),
  ]
}

function beliefs(node: string, own: readonly Own[]): readonly string[] {
  return own.flatMap(({ partition, replica }) => {
    const word = wordOn(partition, node)
    const belief = believed(replica, word)
    if (belief === '') return []
    const so = `${word.leader || 'nobody'} leads it`
    return [`Believes of ${nameOf(partition)}: ${belief}. The controller says that ${so}.`]
  })
}

export function controllerFacts(seen: Seen): readonly string[] {
  const all = partitionsOf(seen)
  const led = all.map((partition) => {
    const { leader, hasLeader } = partition
    return `${nameOf(partition)} by ${hasLeader ? leader.node : 'nobody'}`
  })
  return [`Partitions: ${all.length}.`, `Led: ${list(led, 'none')}.`]
}
