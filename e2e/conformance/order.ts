// In which order experiments are run: those that need a broker of their own after the others, and the long
// ones first, so that none of them is left to run alone at the end.
import type { Experiment, Step } from '../../lib/experiments/types.ts'

/** A Java client has to start; everything else but waiting is quick. */
const START_MS = 1500
const QUICK_MS = 30

/** What a step costs, about. */
function costOf(step: Step, experiment: Experiment): number {
  switch (step.do) {
    case 'wait':
      return step.ms
    case 'start':
    case 'restart':
    case 'join':
      return START_MS
    case 'poll':
      return step.withinMs ?? QUICK_MS
    case 'waitUntil':
      return START_MS
    case 'joinGroup':
      return step.later === true ? 0 : sessionMs(experiment, step.group)
    default:
      return QUICK_MS
  }
}

/** A member that joins may have to wait for a dead one's session. */
function sessionMs({ groups }: Experiment, group: string): number {
  return Number(groups?.[group]?.['session.timeout.ms'] ?? QUICK_MS)
}

function wholeCost(experiment: Experiment): number {
  return experiment.steps.reduce((sum, step) => sum + costOf(step, experiment), 0)
}

export interface Run {
  /** Settings of the broker, beside those of all. */
  readonly broker: NonNullable<Experiment['broker']>
  readonly experiments: readonly Experiment[]
}

/** One run for each broker that is needed, the common one first. */
export function runsOf(experiments: readonly Experiment[]): readonly Run[] {
  const byBroker = Map.groupBy(experiments, ({ broker }) => JSON.stringify(broker ?? {}))
  return [...byBroker]
    .sort(([a], [b]) => a.length - b.length)
    .map(([broker, own]) => ({
      broker: JSON.parse(broker) as Run['broker'],
      experiments: own.toSorted((a, b) => wholeCost(b) - wholeCost(a)),
    }))
}

export interface ClusterAsked {
  readonly nodes: number
  readonly settings: NonNullable<Experiment['broker']>
}

/** What an experiment says of its broker holds for each node, unless it says otherwise of its cluster. */
export function clusterAsked({ id, broker, cluster }: Experiment): ClusterAsked {
  if (cluster === undefined) throw new Error(`${id} has no cluster`)
  return { nodes: cluster.nodes, settings: { ...broker, ...cluster.settings } }
}

/** The same for the same nodes and settings, in whichever order these were given. */
export const keyOf = ({ nodes, settings }: ClusterAsked): string =>
  JSON.stringify([nodes, Object.entries(settings).sort()])

/** Those with a cluster; those that can use the same one come one after the other. */
export function clustersOf(experiments: readonly Experiment[]): readonly Experiment[] {
  const clustered = experiments.filter(({ cluster }) => cluster !== undefined)
  return [...Map.groupBy(clustered, (each) => keyOf(clusterAsked(each))).values()].flat()
}
