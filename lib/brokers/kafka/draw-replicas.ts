// The partitions as the controller knows them, and the copy of each that every one of its nodes has. A node
// is drawn with what it has and believes itself; the controller's word stands beside it.
import type { Actor } from '../../engine/compile.ts'
import type { Me } from '../../engine/types.ts'
import type { Part, ReplicaPart } from '../../picture/types.ts'
import { type ControllerSettings, type ControllerState, controllerKind } from './controller.ts'
import { actorsOf, type From, stateOf } from './draw-from.ts'
import { slotsOf } from './draw-log.ts'
import { isUp } from './draw-nodes.ts'
import { logEnd } from './log.ts'
import { type NodeSettings, type NodeState, replicaOf } from './node-state.ts'
import { replicasOf } from './placement.ts'
import type { Replica } from './replica.ts'
import { topicConfig } from './settings.ts'

/** One node's copy of a partition. */
interface Copy {
  readonly node: string
  readonly replica: Replica
  readonly up: boolean
}

export interface DrawnPartition {
  readonly topic: string
  readonly partition: number
  /** The copy of the node that leads it or, where none does, of the one that did last. */
  readonly leader: Copy
  readonly hasLeader: boolean
  /** Ids of the nodes in sync, by the word of the controller. */
  readonly isr: readonly string[]
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
    return all.map(({ leader, isr, lastKnownLeader }, partition): DrawnPartition => {
      const lane = { topic, partition }
      const copies = replicasOf(nodes, partition, factor).map((node) => {
        const actor = from.system.actorById.get(node) as Actor
        const state = stateOf<NodeState>(from, actor)
        const replica = replicaOf(state, lane, actor.me as Me<NodeSettings>)
        return { node, replica, up: isUp(state) }
      })
      // Without a leader: who led last or, where that is forgotten, who is still in sync.
      const shown = nodes[[leader, lastKnownLeader, isr[0] ?? -1].find((each) => each >= 0) ?? -1]
      return {
        ...lane,
        copies,
        hasLeader: leader >= 0,
        isr: isr.map((index) => nodes[index] as string),
        leader: copies.find(({ node }) => node === shown) ?? (copies[0] as Copy),
      }
    })
  })
}

/** A partition on one node has no copies to be told apart. The first is the one that the tape shows. */
export function drawReplicas(partition: DrawnPartition, from: From): readonly Part[] {
  const { copies, leader } = partition
  if (copies.length < 2) return []
  const others = copies.filter(({ node }) => node !== leader.node)
  return [leader, ...others].map((copy) => drawCopy(partition, copy, from))
}

function drawCopy(partition: DrawnPartition, copy: Copy, from: From): ReplicaPart {
  const { node, replica, up } = copy
  const of = `${partition.topic}/${partition.partition}`
  const { log, highWatermark } = replica
  const { first, slots } = slotsOf(of, replica, from.look)
  const told = wordOn(partition, node)
  return {
    kind: 'replica',
    id: `${of}@${node}`,
    of,
    node,
    title: node,
    leads: told.leads,
    inSync: partition.isr.includes(node),
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

/** By the word of the controller: who leads ('': nobody), and whether this node does. */
interface Word {
  readonly leader: string
  readonly leads: boolean
}

export function wordOn({ leader, hasLeader }: DrawnPartition, node: string): Word {
  return { leader: hasLeader ? leader.node : '', leads: hasLeader && leader.node === node }
}

/** What a node holds to be so of a partition, where the controller says otherwise; else ''. */
export function believed({ leading, leader, epoch }: Replica, told: Word): string {
  if (leading !== null) return told.leads ? '' : `leads, epoch ${epoch}`
  if (told.leads) return `follows ${leader || 'nobody'}, epoch ${epoch}`
  return leader === told.leader ? '' : `follows ${leader || 'nobody'}, epoch ${epoch}`
}
