// The partitions as the controller knows them, and the copy of each that every one of its nodes has. A node
// is drawn with what it has and believes itself; the controller's word stands beside it.
import type { Actor } from '../../engine/compile.ts'
import type { Me } from '../../engine/types.ts'
import type { CardPart, Part, ReplicaPart } from '../../picture/types.ts'
import { type ControllerSettings, type ControllerState, controllerKind } from './controller.ts'
import { actorsOf, type From, stateOf } from './draw-from.ts'
import { slotsOf } from './draw-log.ts'
import { logEnd } from './log.ts'
import { type NodeSettings, type NodeState, nodeKind, replicaOf } from './node.ts'
import { replicasOf } from './placement.ts'
import type { Replica } from './replica.ts'
import { topicConfig } from './settings.ts'

/** One node's copy of a partition. */
interface Copy {
  readonly node: string
  readonly replica: Replica
}

export interface DrawnPartition {
  readonly topic: string
  readonly partition: number
  /** The copy of the node that leads it or, where none does, of the one that did last. */
  readonly leader: Copy
  readonly hasLeader: boolean
  /** Of every node that holds it, in the order of the replicas. */
  readonly copies: readonly Copy[]
}

const DEFAULTS = topicConfig({})

/** Every partition that exists: the controller knows which, and who leads it. */
export function partitionsOf(from: Pick<From, 'system' | 'world'>): readonly DrawnPartition[] {
  const [controller] = actorsOf(from.system, controllerKind)
  if (controller === undefined) return []
  const { nodes, topics } = controller.me.settings as ControllerSettings
  const { partitions } = stateOf<ControllerState>(from, controller)
  return Object.entries(partitions).flatMap(([topic, all]) => {
    const { 'replication.factor': factor } = topics[topic] ?? DEFAULTS
    return all.map(({ leader }, partition): DrawnPartition => {
      const lane = { topic, partition }
      const copies = replicasOf(nodes, partition, factor).map((node) => {
        const actor = from.system.actorById.get(node) as Actor
        const state = stateOf<NodeState>(from, actor)
        return { node, replica: replicaOf(state, lane, actor.me as Me<NodeSettings>) }
      })
      const leads = copies.find(({ node }) => node === nodes[leader])
      const hasLeader = leads !== undefined
      return { ...lane, copies, hasLeader, leader: leads ?? lastLeader(copies) }
    })
  })
}

/** Whoever took part in the latest epoch; of several the one that wrote most. */
function lastLeader(copies: readonly Copy[]): Copy {
  const [first, ...others] = copies
  return others.reduce((best, copy) => {
    const [a, b] = [copy.replica, best.replica]
    const isLater = a.epoch === b.epoch ? logEnd(a.log) > logEnd(b.log) : a.epoch > b.epoch
    return isLater ? copy : best
  }, first as Copy)
}

/** A partition on one node has no copies to be told apart. */
export function drawReplicas(partition: DrawnPartition, from: From): readonly Part[] {
  const { copies } = partition
  return copies.length < 2 ? [] : copies.map((copy) => drawCopy(partition, copy, from))
}

function drawCopy(partition: DrawnPartition, { node, replica }: Copy, from: From): ReplicaPart {
  const { leader, hasLeader } = partition
  const of = `${partition.topic}/${partition.partition}`
  const leads = node === leader.node
  const up = from.look.downSinceMs(node) === null
  const isr = leader.replica.leading?.isr
  const { log, highWatermark } = replica
  const { first, slots } = slotsOf(of, replica, from.look)
  const told = { node, leads: leads && hasLeader, leader: leader.node }
  return {
    kind: 'replica',
    id: `${of}@${node}`,
    of,
    node,
    title: node,
    leads: told.leads,
    inSync: isr === undefined ? leads : isr.includes(node),
    up,
    first,
    end: logEnd(log),
    ...(log.start === 0 ? {} : { start: log.start }),
    slots,
    watermark: highWatermark,
    believes: up ? believed(replica, told) : '',
    claims: up && replica.leading !== null && !told.leads,
  }
}

interface Told {
  readonly node: string
  /** By the word of the controller. */
  readonly leads: boolean
  readonly leader: string
}

/** What a node holds to be so of a partition, where the controller says otherwise; else ''. */
export function believed({ leading, leader, epoch }: Replica, told: Told): string {
  if (leading !== null) return told.leads ? '' : `leads, epoch ${epoch}`
  if (told.leads) return `follows ${leader || 'nobody'}, epoch ${epoch}`
  return leader === told.leader ? '' : `follows ${leader || 'nobody'}, epoch ${epoch}`
}

/** Nodes are processes: each can die. */
export function drawNodes(from: From): readonly CardPart[] {
  return actorsOf(from.system, nodeKind).map(({ id }): CardPart => {
    const since = from.look.downSinceMs(id)
    return {
      kind: 'card',
      id,
      role: 'broker',
      title: id,
      subtitle: 'broker',
      notes: [],
      group: '',
      letter: '',
      assignment: [],
      state: since === null ? 'running' : 'crashed',
      said: '',
      ...(since === null ? {} : { sinceMs: since }),
    }
  })
}
