// The transaction coordinator of a story, where a producer has a transactional.id, and its lines.
import type { ActorSpec, LinkSpec } from '../../engine/types.ts'
import { line } from './build-links.ts'
import { publisherId, publishing, transactionalIdOf } from './build-publishers.ts'
import { actor, type BuildStory, longestPoll } from './build-story.ts'
import { brokerConfig, producerConfig, type TopicConfig } from './settings.ts'
import { transactionCoordinatorKind } from './transaction-coordinator.ts'
import { TRANSACTIONS } from './transaction-peers.ts'

const TO_TRANSACTIONS = {
  requests: ['InitProducerId', 'EndTxn'],
  replies: ['InitProducerIdResponse', 'EndTxnResponse'],
}
const ASKS = { requests: ['AddPartitionsToTxn'], replies: ['AddPartitionsToTxnResponse'] }
const MARKS = { requests: ['WriteTxnMarkers'], replies: ['WriteTxnMarkersResponse'] }

interface Owner {
  /** The producer's actor. */
  readonly id: string
  readonly transactionalId: string
  /** How long its transactions may last by the story's own durations, travels apart. */
  readonly worksMs: number
}

function producersWithId(story: BuildStory): readonly Owner[] {
  return story.producers.flatMap(({ id, together, everyMs }) => {
    const transactionalId = producerConfig(story.producerSettings(id))['transactional.id']
    return transactionalId === '' ? [] : [{ id, transactionalId, worksMs: together * everyMs[1] }]
  })
}

function servicesWithId(story: BuildStory) {
  return publishing(story).filter((service) => transactionalIdOf(story, service, 0) !== '')
}

function owners(story: BuildStory): readonly Owner[] {
  const ofServices = servicesWithId(story).flatMap((service) =>
    service.instances.map((instance, i): Owner => {
      const transactionalId = transactionalIdOf(story, service, i)
      return { id: publisherId(instance), transactionalId, worksMs: longestPoll(story, service) }
    }),
  )
  return [...producersWithId(story), ...ofServices]
}

/** Beginning, sending, flushing and ending: round trips that a transaction takes besides its events. */
const ROUND_TRIPS = 5

function longest(story: BuildStory): Readonly<Record<string, number>> {
  const travels = 2 * ROUND_TRIPS * story.latencyMs[1]
  const times: Record<string, number> = {}
  for (const { transactionalId: id, worksMs } of owners(story)) {
    times[id] = Math.max(times[id] ?? 0, worksMs + travels)
  }
  return times
}

export function transactionCoordinators(
  story: BuildStory,
  topics: Readonly<Record<string, TopicConfig>>,
): readonly ActorSpec[] {
  if (owners(story).length === 0) return []
  const { nodes } = story
  return [
    actor(story.transactionCoordinator, transactionCoordinatorKind, {
      ...brokerConfig(story.brokerSettings),
      nodes,
      topics,
      groups: Object.fromEntries(
        servicesWithId(story).map(({ id, coordinator }) => [id, coordinator]),
      ),
      longestMs: longest(story),
    }),
  ]
}

/** Between the coordinator and one participant: it is asked, and it writes the ends. */
function withParticipant(story: BuildStory, id: string): readonly LinkSpec[] {
  const coordinator = story.transactionCoordinator
  return [
    line(story, coordinator, id, { ...MARKS, at: 'markers' }),
    line(story, id, coordinator, { ...ASKS, port: TRANSACTIONS, at: `${id} asks` }),
  ]
}

export function transactionLinks(story: BuildStory): readonly LinkSpec[] {
  const own = owners(story)
  if (own.length === 0) return []
  const port = TRANSACTIONS
  return [
    ...own.map(({ id }) =>
      line(story, id, story.transactionCoordinator, { ...TO_TRANSACTIONS, port }),
    ),
    ...story.nodes.flatMap((id) => withParticipant(story, id)),
    ...servicesWithId(story).flatMap(({ coordinator }) => withParticipant(story, coordinator)),
  ]
}
