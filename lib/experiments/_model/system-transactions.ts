// The transaction coordinator of an experiment that has a transactional id, and its lines.
import type { TopicConfig } from '../../brokers/kafka/settings.ts'
import { transactionCoordinatorKind } from '../../brokers/kafka/transaction-coordinator.ts'
import type { ActorSpec, LinkSpec } from '../../engine/types.ts'
import type { Experiment } from '../types.ts'
import {
  actor,
  CLIENT,
  connectionsOf,
  coordinatorOf,
  groupsOf,
  line,
  NODE,
  portOf,
  TRANSACTIONS,
} from './system.ts'

const idOf = (settings: Readonly<Record<string, unknown>>) => settings['transactional.id'] ?? ''

/** Producers with a transactional.id. */
function owners(experiment: Experiment): readonly string[] {
  const all = Object.entries(experiment.producers ?? {})
  return all.filter(([, { settings }]) => idOf(settings) !== '').map(([id]) => id)
}

export function hasTransactions(experiment: Experiment): boolean {
  const named = experiment.steps.some((step) => 'transactionalId' in step)
  return named || owners(experiment).length > 0
}

interface Cluster {
  readonly nodes: readonly string[]
  readonly topics: Readonly<Record<string, TopicConfig>>
}

const MAX_TIMEOUT_MS = 900_000
/** As the real broker of the experiments is told: e2e/conformance/kafka/broker.ts. */
const SWEEP_MS = 500

export function transactionCoordinator(experiment: Experiment, cluster: Cluster): ActorSpec {
  const groups = groupsOf(experiment).map((group) => [group, coordinatorOf(group)] as const)
  return actor(TRANSACTIONS, transactionCoordinatorKind, {
    ...cluster,
    groups: Object.fromEntries(groups),
    'transaction.max.timeout.ms': MAX_TIMEOUT_MS,
    'transaction.abort.timed.out.transaction.cleanup.interval.ms': SWEEP_MS,
    longestMs: {},
  })
}

export function transactionLinks(experiment: Experiment): readonly LinkSpec[] {
  if (!hasTransactions(experiment)) return []
  const coordinators = groupsOf(experiment).map(coordinatorOf)
  const participants = [NODE, ...coordinators]
  const ports = connectionsOf(experiment).map((client) => portOf(client, TRANSACTIONS))
  return [
    ...participants.flatMap((id) => [
      line(TRANSACTIONS, id, id, 'markers'),
      line(id, TRANSACTIONS, TRANSACTIONS, `${id} asks`),
    ]),
    ...owners(experiment).flatMap((id) => [
      line(id, TRANSACTIONS, TRANSACTIONS, id),
      ...coordinators.map((coordinator) => line(id, coordinator, coordinator, id)),
    ]),
    ...ports.map((port) => line(CLIENT, port, TRANSACTIONS, port)),
  ]
}
