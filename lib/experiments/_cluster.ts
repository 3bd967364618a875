// What experiments on a cluster have in common: three nodes that are given up soon, so that nobody waits long.
import type { Experiment } from './types.ts'

const settings = { 'broker.session.timeout.ms': 6000, 'replica.lag.time.max.ms': 2500 }

export function threeNodes(
  topic: Readonly<Record<string, string | number | boolean>> = {},
): NonNullable<Experiment['cluster']> {
  return { nodes: 3, settings, topics: { orders: topic } }
}

export const ALL = ['broker-0', 'broker-1', 'broker-2']
