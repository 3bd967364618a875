// What the controller registers of a partition, and how it changes when nodes come and go: the ISR, the eligible
// leader replicas (KIP-966) and the election (PartitionChangeBuilder). Nodes by index.
import type { TopicConfig } from './settings.ts'

/** PartitionRegistration. */
export interface Partition {
  /** Index of the leading node; -1: there is none. */
  readonly leader: number
  /** Goes up whenever the leader changes, to nobody included. */
  readonly epoch: number
  /** In the order of the replicas. */
  readonly isr: readonly number[]
  /** Out of the ISR while it was below the effective min ISR: they have all that was ever visible. */
  readonly elr: readonly number[]
  /** Who led when the ISR ran empty; -1 while it has not. */
  readonly lastKnownLeader: number
}

export interface Facts {
  readonly replicas: readonly number[]
  readonly config: TopicConfig
  /** Whether a node is registered and not fenced. */
  readonly isActive: (node: number) => boolean
}

export function firstRegistration(replicas: readonly number[]): Partition {
  return { leader: replicas[0] as number, epoch: 0, isr: replicas, elr: [], lastKnownLeader: -1 }
}

/** Changes of the ISR below min.insync.replicas keep who was in it as eligible; at or above it nobody need be. */
function withIsr(p: Partition, isr: readonly number[], facts: Facts): Partition {
  const { replicas, config } = facts
  if (isr.length >= Math.min(config['min.insync.replicas'], replicas.length)) {
    return { ...p, isr, elr: [], lastKnownLeader: -1 }
  }
  const elr = replicas.filter(
    (id) => !isr.includes(id) && (p.isr.includes(id) || p.elr.includes(id)),
  )
  const lastKnownLeader = isr.length === 0 && p.isr.length > 0 ? p.leader : p.lastKnownLeader
  return { ...p, isr, elr, lastKnownLeader }
}

function led(p: Partition, leader: number): Partition {
  return leader === p.leader ? p : { ...p, leader, epoch: p.epoch + 1 }
}

/** A leader from outside the ISR begins with an ISR of its own: what it has is what there is. */
function uncleanly(p: Partition, leader: number): Partition {
  return { ...led(p, leader), isr: [leader], elr: [], lastKnownLeader: -1 }
}

/**
 * electAnyLeader: the present leader if it can go on; else from the ISR or the ELR, in the order of the replicas;
 * else the last known leader, where nobody is eligible; else, with unclean.leader.election.enable, anybody.
 */
export function elect(p: Partition, facts: Facts): Partition {
  const { replicas, config, isActive } = facts
  const isValid = (id: number) => (p.isr.includes(id) || p.elr.includes(id)) && isActive(id)
  if (isValid(p.leader)) return p
  const clean = replicas.find(isValid)
  if (clean !== undefined) return withLeaderInIsr(led(p, clean), clean, facts)
  const nobodyIsEligible = p.isr.length === 0 && p.elr.length === 0
  if (nobodyIsEligible && isActive(p.lastKnownLeader)) return uncleanly(p, p.lastKnownLeader)
  const any = config['unclean.leader.election.enable'] ? replicas.find(isActive) : undefined
  return any === undefined ? led(p, -1) : uncleanly(p, any)
}

/** One elected from the ELR is in sync with itself. */
function withLeaderInIsr(p: Partition, leader: number, facts: Facts): Partition {
  if (p.isr.includes(leader)) return p
  return withIsr(p, inOrder([...p.isr, leader], facts), facts)
}

const inOrder = (ids: readonly number[], { replicas }: Facts): readonly number[] =>
  replicas.filter((id) => ids.includes(id))

/** A node is fenced: it is in no ISR, and leads nothing. */
export function withoutFenced(p: Partition, node: number, facts: Facts): Partition {
  const isr = p.isr.filter((id) => id !== node)
  return elect(isr.length === p.isr.length ? p : withIsr(p, isr, facts), facts)
}

/** A process that did not end in order may have lost what it had not written to its disk (KIP-966). */
export function withoutUnclean(p: Partition, node: number, facts: Facts): Partition {
  const next = withoutFenced(p, node, facts)
  return elect({ ...next, elr: next.elr.filter((id) => id !== node) }, facts)
}

/** What a leader asked for. */
export function withAsked(p: Partition, isr: readonly number[], facts: Facts): Partition {
  return withIsr(p, inOrder(isr, facts), facts)
}
