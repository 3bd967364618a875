// The starter scenarios, in the order in which they are offered. Pages, scripts and tests all take them
// from here; adding one is a file in public/scenarios, an import and a line below.

import abortedRead from '../../public/scenarios/aborted-read.json' with { type: 'json' }
import acks1AndADeadLeader from '../../public/scenarios/acks-1-and-a-dead-leader.json' with {
  type: 'json',
}
import acksAllAndADeadLeader from '../../public/scenarios/acks-all-and-a-dead-leader.json' with {
  type: 'json',
}
import addingPartitionsMovesKeys from '../../public/scenarios/adding-partitions-moves-keys.json' with {
  type: 'json',
}
import commitBeforeEffectLoses from '../../public/scenarios/commit-before-effect-loses.json' with {
  type: 'json',
}
import compactionAndReplay from '../../public/scenarios/compaction-and-replay.json' with {
  type: 'json',
}
import compactionBreaksCounts from '../../public/scenarios/compaction-breaks-counts.json' with {
  type: 'json',
}
import consumerAddedLater from '../../public/scenarios/consumer-added-later.json' with {
  type: 'json',
}
import crashBetweenEffectAndCommit from '../../public/scenarios/crash-between-effect-and-commit.json' with {
  type: 'json',
}
import crashWithIdempotencyKey from '../../public/scenarios/crash-with-idempotency-key.json' with {
  type: 'json',
}
import cutBeforeAcknowledgement from '../../public/scenarios/cut-before-acknowledgement.json' with {
  type: 'json',
}
import dedupTableMarkedAfter from '../../public/scenarios/dedup-table-marked-after.json' with {
  type: 'json',
}
import dedupTableMarkedBefore from '../../public/scenarios/dedup-table-marked-before.json' with {
  type: 'json',
}
import exactlyOnceAndAnEMail from '../../public/scenarios/exactly-once-and-an-e-mail.json' with {
  type: 'json',
}
import exactlyOncePipelineCrash from '../../public/scenarios/exactly-once-pipeline-crash.json' with {
  type: 'json',
}
import frozenHighWatermark from '../../public/scenarios/frozen-high-watermark.json' with {
  type: 'json',
}
import idempotentProducerKeepsOrder from '../../public/scenarios/idempotent-producer-keeps-order.json' with {
  type: 'json',
}
import inMemorySetForgets from '../../public/scenarios/in-memory-set-forgets.json' with {
  type: 'json',
}
import keylessLosesOrder from '../../public/scenarios/keyless-loses-order.json' with {
  type: 'json',
}
import noUncleanElection from '../../public/scenarios/no-unclean-election.json' with {
  type: 'json',
}
import openTransactionBlocksReaders from '../../public/scenarios/open-transaction-blocks-readers.json' with {
  type: 'json',
}
import ordersStory from '../../public/scenarios/orders-story.json' with { type: 'json' }
import parallelWorkers from '../../public/scenarios/parallel-workers.json' with { type: 'json' }
import pipelineCrashWithoutTransactions from '../../public/scenarios/pipeline-crash-without-transactions.json' with {
  type: 'json',
}
import poisonMessageDeadLetter from '../../public/scenarios/poison-message-dead-letter.json' with {
  type: 'json',
}
import rebalanceWhileProcessing from '../../public/scenarios/rebalance-while-processing.json' with {
  type: 'json',
}
import replayNotIdempotent from '../../public/scenarios/replay-not-idempotent.json' with {
  type: 'json',
}
import retentionOvertakesAGroup from '../../public/scenarios/retention-overtakes-a-group.json' with {
  type: 'json',
}
import retryReorders from '../../public/scenarios/retry-reorders.json' with { type: 'json' }
import shareGroupBreaksKeyOrder from '../../public/scenarios/share-group-breaks-key-order.json' with {
  type: 'json',
}
import shareGroupRedeliveryToArchive from '../../public/scenarios/share-group-redelivery-to-archive.json' with {
  type: 'json',
}
import staticMemberDeploy from '../../public/scenarios/static-member-deploy.json' with {
  type: 'json',
}
import transactionalInboxHolds from '../../public/scenarios/transactional-inbox-holds.json' with {
  type: 'json',
}
import uncleanElection from '../../public/scenarios/unclean-election.json' with { type: 'json' }
import versionGuardRefusesStale from '../../public/scenarios/version-guard-refuses-stale.json' with {
  type: 'json',
}
import zombieAfterPause from '../../public/scenarios/zombie-after-pause.json' with { type: 'json' }
import zombieTransactionalProducer from '../../public/scenarios/zombie-transactional-producer.json' with {
  type: 'json',
}
import { rabbitmqScenarios } from './catalogue-rabbitmq.ts'
import { parseScenario } from './parse.ts'
import type { Deployment, KafkaScenario, Scenario } from './types.ts'

type Broker = Deployment['broker']

export interface StarterScenario {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly broker: Broker
  /** The document as it stands in the file. */
  readonly document: object
}

export const starterScenarios: readonly StarterScenario[] = [
  ordersStory,
  crashBetweenEffectAndCommit,
  crashWithIdempotencyKey,
  commitBeforeEffectLoses,
  inMemorySetForgets,
  dedupTableMarkedAfter,
  dedupTableMarkedBefore,
  retryReorders,
  idempotentProducerKeepsOrder,
  cutBeforeAcknowledgement,
  rebalanceWhileProcessing,
  zombieAfterPause,
  keylessLosesOrder,
  addingPartitionsMovesKeys,
  parallelWorkers,
  replayNotIdempotent,
  consumerAddedLater,
  transactionalInboxHolds,
  versionGuardRefusesStale,
  poisonMessageDeadLetter,
  compactionAndReplay,
  compactionBreaksCounts,
  retentionOvertakesAGroup,
  acks1AndADeadLeader,
  acksAllAndADeadLeader,
  frozenHighWatermark,
  uncleanElection,
  noUncleanElection,
  shareGroupRedeliveryToArchive,
  shareGroupBreaksKeyOrder,
  staticMemberDeploy,
  abortedRead,
  exactlyOnceAndAnEMail,
  exactlyOncePipelineCrash,
  openTransactionBlocksReaders,
  pipelineCrashWithoutTransactions,
  zombieTransactionalProducer,
  ...rabbitmqScenarios,
].map((document) => ({
  id: document.id,
  title: document.title,
  summary: document.summary,
  // A document that names no broker is on Kafka: so the schema has it.
  broker: 'broker' in document.deployment ? (document.deployment.broker as Broker) : 'kafka',
  document,
}))

/** The starter scenario of that id, parsed; null when there is none. */
export function starterScenario(id: string): Scenario | null {
  const found = starterScenarios.find((starter) => starter.id === id)
  const parsed = found === undefined ? null : parseScenario(found.document)
  return parsed?.ok === true ? parsed.scenario : null
}

/** The same, of one whose broker is Kafka. Throws on any other. */
export function kafkaScenario(id: string): KafkaScenario {
  const scenario = starterScenario(id)
  if (scenario?.deployment.broker !== 'kafka') throw new Error(`there is no Kafka scenario ${id}`)
  return { ...scenario, deployment: scenario.deployment }
}
