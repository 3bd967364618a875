// From a story and its Kafka deployment to actors and lines. It speaks the shapes it needs, not the
// scenario document: documents know brokers, brokers know no documents.
import { dedupStore } from '../../clients/dedup-store.ts'
import { sink } from '../../clients/sink.ts'
import type { Strategy } from '../../clients/types.ts'
import { workloadOf } from '../../clients/workload.ts'
import type { ActorSpec, Range, SystemSpec } from '../../engine/types.ts'
import { links } from './build-links.ts'
import { controller, hostsOf, nodes } from './build-nodes.ts'
import { publisherLinks, publishers, publishingOf } from './build-publishers.ts'
import { shareConsumerSpecs, shareCoordinatorSpec } from './build-share.ts'
import {
  actor,
  allTopics,
  type BuildService,
  type BuildStory,
  isModern,
  longestPoll,
  PAUSE_MS,
  RESTART_MS,
  slowestAnswer,
  usesStore,
} from './build-story.ts'
import { transactionCoordinators, transactionLinks } from './build-transactions.ts'
import { consumer } from './consumer.ts'
import { coordinatorKind } from './coordinator.ts'
import { modernCoordinatorKind } from './modern-coordinator.ts'
import { producerKind } from './producer.ts'
import { brokerConfig, consumerConfig, producerConfig } from './settings.ts'

/** How long things of the environment take when no fault says otherwise. */
const STALL_MS: Range = [9000, 9000]
const DOWN_MS: Range = [4000, 4000]
const RETRY_MS: Range = [400, 600]
const CALL_TIMEOUT_MS = 2000
const STORE_ANSWER_MS: Range = [20, 40]
/** What each row of a stock holds before its first decrement. */
const STOCK = 100

function retentionOf(strategy: Strategy): number {
  return strategy.kind === 'idempotency-key' ? strategy.retentionMs : 86_400_000
}

function producers(story: BuildStory): readonly ActorSpec[] {
  let firstN = 0
  return story.producers.map((producer) => {
    const workload = workloadOf({ ...producer, source: producer.id, firstN })
    firstN += producer.count
    return actor(producer.id, producerKind, {
      ...producerConfig(story.producerSettings(producer.id)),
      topic: producer.publishes,
      nodes: story.nodes,
      workload,
      resendsWithNewId: producer.resendsWithNewId,
      together: producer.together,
      startsAtMs: producer.startsAtMs,
      inService: false,
      groupPort: '',
      restartMs: RESTART_MS,
      pauseMs: PAUSE_MS,
    })
  })
}

/** What a consumer of either kind is told of its surroundings. */
function environmentOf(story: BuildStory, service: BuildService) {
  return {
    service: service.id,
    topic: service.listensTo,
    nodes: story.nodes,
    handler: service,
    joinsAtMs: service.joinsAtMs,
    restartMs: RESTART_MS,
    pauseMs: PAUSE_MS,
    stallMs: STALL_MS,
    retryMs: RETRY_MS,
    callTimeoutMs: CALL_TIMEOUT_MS,
    slowestAnswerMs: slowestAnswer(story, service),
  }
}

function consumers(story: BuildStory): readonly ActorSpec[] {
  return story.services.flatMap((service) => {
    const environment = environmentOf(story, service)
    const shared = story.shareGroups?.[service.id]
    if (shared !== undefined) return shareConsumerSpecs(service.instances, shared, environment)
    const settings = {
      ...publishingOf(story, service),
      ...consumerConfig(story.consumerSettings(service.id)),
      ...environment,
    }
    return service.instances.map((id) => actor(id, consumer, settings, service.id))
  })
}

function coordinators(story: BuildStory): readonly ActorSpec[] {
  const broker = brokerConfig(story.brokerSettings)
  return story.services.map((service) => {
    const shared = story.shareGroups?.[service.id]
    if (shared !== undefined) {
      return shareCoordinatorSpec(service.coordinator, service.id, shared, story.brokerSettings)
    }
    const replicas = hostsOf(story, service)
    const config = consumerConfig(story.consumerSettings(service.id))
    const common = {
      group: service.id,
      'max.poll.interval.ms': config['max.poll.interval.ms'],
      longestPollMs: longestPoll(story, service),
    }
    if (isModern(story, service)) {
      return actor(service.coordinator, modernCoordinatorKind, {
        ...common,
        'group.consumer.session.timeout.ms': broker['group.consumer.session.timeout.ms'],
        topics: allTopics(story),
      })
    }
    return actor(service.coordinator, coordinatorKind, {
      ...common,
      'session.timeout.ms': config['session.timeout.ms'],
      'group.initial.rebalance.delay.ms': broker['group.initial.rebalance.delay.ms'],
      ...(replicas.length === 0 ? {} : { replicas }),
      'broker.session.timeout.ms': broker['broker.session.timeout.ms'],
    })
  })
}

function stores(story: BuildStory): readonly ActorSpec[] {
  const times = { answerMs: STORE_ANSWER_MS, downMs: DOWN_MS }
  return story.services.filter(usesStore).map(({ strategy: { keeps }, dedupStore: id }) => {
    return actor(id, dedupStore, keeps === undefined ? times : { ...times, keeps })
  })
}

function sinks(story: BuildStory): readonly ActorSpec[] {
  return story.sinks.map(({ id, kind, answerMs, slow }) => {
    const service = story.services.find((each) => each.sink === id)
    const retentionMs = service === undefined ? 0 : retentionOf(service.strategy)
    const settings = {
      kind,
      answerMs,
      slow,
      retentionMs,
      poison: [],
      stock: STOCK,
      downMs: DOWN_MS,
    }
    return actor(id, sink, settings)
  })
}

export function buildKafka(story: BuildStory): SystemSpec {
  const topics = allTopics(story)
  return {
    actors: [
      ...producers(story),
      controller(story, topics),
      ...nodes(story, topics),
      ...transactionCoordinators(story, topics),
      ...coordinators(story),
      ...consumers(story),
      ...publishers(story),
      ...stores(story),
      ...sinks(story),
    ],
    links: [...links(story), ...publisherLinks(story), ...transactionLinks(story)],
  }
}
