// The orders story at any size, as the bench runs it: 4 groups, monitors on; 3 partitions, or 4 queues.

import { next, play } from '../lib/drivers/play.ts'
import { build } from '../lib/scenario/build.ts'
import { kafkaScenario, starterScenario } from '../lib/scenario/catalogue.ts'
import type { Scenario, Story } from '../lib/scenario/types.ts'
import { courtOf } from '../lib/session/verdicts.ts'

export function ordersStory(count: number, replicationFactor = 1): Scenario {
  const scenario = kafkaScenario('orders-story')
  return {
    ...scenario,
    faults: [],
    story: hurried(scenario.story, count),
    deployment: {
      ...scenario.deployment,
      latencyMs: [1, 2],
      topics: {
        orders: { partitions: 3, settings: { 'replication.factor': replicationFactor } },
      },
      consumer: { ...scenario.deployment.consumer, 'max.poll.records': 500 },
      services: {},
    },
  }
}

/** The same on RabbitMQ: an exchange and a quorum queue for each group. */
export function queuedOrdersStory(count: number): Scenario {
  const scenario = starterScenario('rabbitmq-orders-story') as Scenario
  const { deployment, story } = scenario
  return {
    ...scenario,
    story: hurried(story, count),
    deployment: { ...deployment, latencyMs: [1, 2] },
  }
}

function hurried(story: Story, count: number): Story {
  return {
    ...story,
    producers: story.producers.map((producer) => ({ ...producer, count, everyMs: [1, 3] })),
    services: story.services.map((service) => ({ ...service, handlerMs: [1, 2] })),
    sinks: story.sinks.map((sink) => ({ ...sink, answerMs: [0, 1] })),
  }
}

export interface Timed {
  readonly steps: number
  readonly ms: number
  readonly holds: boolean
}

/** Headless, the past not kept. */
export function timePlay(scenario: Scenario): Timed {
  const { system, subject } = build(scenario)
  const court = courtOf(scenario.checks, subject)
  const player = play(system, {
    seed: scenario.seed,
    onStep: (played) => {
      if (played.observations.length > 0) court.see(played.observations, played.index)
    },
  })
  const from = performance.now()
  while (next(player));
  const ms = performance.now() - from
  const verdicts = court.now(true, { planned: 0, fired: 0 })
  const holds = verdicts.every(
    (each) => each.verdict === 'holds' || each.verdict === 'not exercised',
  )
  return { steps: player.steps, ms, holds }
}
