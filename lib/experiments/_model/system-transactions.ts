// The transaction coordinator of an experiment that has a transactional id, and its lines.
import type { TopicConfig } from '../../brokers/kafka/settings.ts'
import { transactionCoordinatorKind } from '../../brokers/kafka/transaction-coordinator.ts'
import type { ActorSpec, LinkSpec } from '../../engine/types.ts'
import type { Experiment } from '../types.ts'
import { brokerOf, coordinatorOf, nodesOf } from './cluster.ts'
import { actor, CLIENT, connectionsOf, groupsOf, line, portOf, TRANSACTIONS } from './system.ts'

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

type Topics = Readonly<Record<string, TopicConfig>>

const LIMIT = 'transaction.max.timeout.ms'
const SWEEP = 'transaction.abort.timed.out.transaction.cleanup.interval.ms'

export function transactionCoordinator(experiment: Experiment, topics: Topics): ActorSpec {
  const groups = groupsOf(experiment).map((group) => [group, coordinatorOf(group)] as const)
  const broker = brokerOf(experiment)
  return actor(TRANSACTIONS, transactionCoordinatorKind, {
    nodes: nodesOf(experiment),
    topics,
    groups: Object.fromEntries(groups),
    [LIMIT]: broker[LIMIT],
    [SWEEP]: broker[SWEEP],
    longestMs: {},
  })
}

export function transactionLinks(experiment: Experiment): readonly LinkSpec[] {
  if (!hasTransactions(experiment)) return []
  const coordinators = groupsOf(experiment).map(coordinatorOf)
  const participants = [...nodesOf(experiment), ...coordinators]
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
