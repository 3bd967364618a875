// Any scenario, cut down to what a search can exhaust, and said what was cut. Services are searched one at a
// time: their groups share nothing but the log they read, unless they write to the same sink or one reads
// what the other publishes.
import type { Deployment, Scenario, Service } from '../scenario/types.ts'

/** Bounds a learner understands. What is left out is not cut. */
export interface Scope {
  /** At most so many messages a producer, keys a producer, and instances a service. */
  readonly messages?: number
  readonly keys?: number
  readonly consumers?: number
  /** At most so many partitions a topic, where streams have partitions. */
  readonly partitions?: number
  /** Only these services, and what they need. */
  readonly services?: readonly string[]
}

export interface Cut {
  readonly scenario: Scenario
  /** What was cut, one sentence each; empty when nothing was. */
  readonly said: readonly string[]
}

const shareSomething = (a: Service, b: Service): boolean =>
  (a.sink !== '' && a.sink === b.sink) ||
  a.publishes?.stream === b.listensTo ||
  b.publishes?.stream === a.listensTo

/**
 * Services that must be searched together, in the order of the story: those with a sink in common, and
 * pipelines.
 */
export function separable({ story }: Scenario): readonly (readonly string[])[] {
  let parts: readonly (readonly Service[])[] = []
  for (const service of story.services) {
    const near = parts.filter((part) => part.some((other) => shareSomething(service, other)))
    const others = parts.filter((part) => !near.includes(part))
    parts = near.length === 0 ? [...parts, [service]] : [...others, [...near.flat(), service]]
  }
  const place = (service: Service | undefined) => story.services.indexOf(service as Service)
  return parts
    .map((part) => [...part].sort((a, b) => place(a) - place(b)))
    .sort((a, b) => place(a[0]) - place(b[0]))
    .map((part) => part.map((service) => service.id))
}

const list = (words: readonly string[]): string => words.join(', ')

/** The settings of those who stay. */
function only<T>(settings: Readonly<Record<string, T>>, ids: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(settings).filter(([id]) => ids.includes(id)))
}

interface Stay {
  readonly streams: readonly string[]
  readonly services: readonly string[]
  readonly producers: readonly string[]
}

/** What a deployment says of those who stay. */
function ofThese(deployment: Deployment, { streams, services, producers }: Stay): Deployment {
  const ofAny = {
    services: only(deployment.services, services),
    producers: only(deployment.producers, producers),
  }
  if (deployment.broker === 'rabbitmq') {
    const { queues, unbound } = deployment
    return {
      ...deployment,
      ...ofAny,
      queues: only(queues, services),
      unbound: unbound.filter((id) => services.includes(id)),
    }
  }
  const { topics, shareGroups } = deployment
  return {
    ...deployment,
    ...ofAny,
    topics: only(topics, streams),
    ...(shareGroups === undefined ? {} : { shareGroups: only(shareGroups, services) }),
  }
}

/** Leaves out services, and the producers, streams and sinks that nobody needs then. */
function withServices(scenario: Scenario, ids: readonly string[]): Cut {
  const { story, deployment } = scenario
  const services = story.services.filter((service) => ids.includes(service.id))
  const gone = story.services.filter((service) => !ids.includes(service.id))
  if (gone.length === 0 || services.length === 0) return { scenario, said: [] }
  const streams = story.streams.filter((id) =>
    services.some((each) => each.listensTo === id || each.publishes?.stream === id),
  )
  const producers = story.producers.filter((each) => streams.includes(each.publishes))
  const sinks = story.sinks.filter((sink) => services.some((each) => each.sink === sink.id))
  const cut = {
    ...scenario,
    story: { streams, producers, services, sinks },
    deployment: ofThese(deployment, {
      streams,
      services: ids,
      producers: producers.map((each) => each.id),
    }),
  }
  return { scenario: cut, said: [`Left out: ${list(gone.map((service) => service.title))}.`] }
}

function withMessages(scenario: Scenario, most: number): Cut {
  const said: string[] = []
  const producers = scenario.story.producers.map((producer) => {
    if (producer.count <= most) return producer
    said.push(`${producer.title} publishes ${most} of its ${producer.count} messages.`)
    return { ...producer, count: most }
  })
  return { scenario: { ...scenario, story: { ...scenario.story, producers } }, said }
}

function withKeys(scenario: Scenario, most: number): Cut {
  const said: string[] = []
  const producers = scenario.story.producers.map((producer) => {
    if (producer.keys.length <= most) return producer
    said.push(`${producer.title} uses ${most} of its ${producer.keys.length} keys.`)
    return { ...producer, keys: producer.keys.slice(0, most) }
  })
  return { scenario: { ...scenario, story: { ...scenario.story, producers } }, said }
}

function withConsumers(scenario: Scenario, most: number): Cut {
  const said: string[] = []
  const services = scenario.story.services.map((service): Service => {
    if (service.instances <= most) return service
    said.push(`${service.title} runs ${most} of its ${service.instances} instances.`)
    return { ...service, instances: most }
  })
  return { scenario: { ...scenario, story: { ...scenario.story, services } }, said }
}

function withPartitions(scenario: Scenario, most: number): Cut {
  const said: string[] = []
  const { deployment } = scenario
  if (!('topics' in deployment)) return { scenario, said }
  const topics = Object.fromEntries(
    Object.entries(deployment.topics).map(([name, topic]) => {
      if (topic.partitions <= most) return [name, topic]
      said.push(`${name} has ${most} of its ${topic.partitions} partitions.`)
      return [name, { ...topic, partitions: most }]
    }),
  )
  return { scenario: { ...scenario, deployment: { ...deployment, topics } }, said }
}

/** What a whole run is told by, and means nothing to a search: it chooses its own faults. */
function withoutPlans(scenario: Scenario): Cut {
  const said =
    scenario.faults.length === 0 ? [] : ['Its own faults are left out: the search chooses others.']
  const { script: _, ...whole } = scenario
  return { scenario: { ...whole, faults: [], moments: [], expect: {} }, said }
}

/**
 * The scenario within this scope. As long as keys and partitions are not cut, what happens in it can happen
 * in the whole scenario too, step by step: the others take no part.
 */
export function cutTo(scenario: Scenario, scope: Scope): Cut {
  const { services, messages, keys, consumers, partitions } = scope
  const cuts = [
    withoutPlans,
    (whole: Scenario) => (services === undefined ? null : withServices(whole, services)),
    (whole: Scenario) => (messages === undefined ? null : withMessages(whole, messages)),
    (whole: Scenario) => (keys === undefined ? null : withKeys(whole, keys)),
    (whole: Scenario) => (consumers === undefined ? null : withConsumers(whole, consumers)),
    (whole: Scenario) => (partitions === undefined ? null : withPartitions(whole, partitions)),
  ]
  return cuts.reduce<Cut>(
    (before, cut) => {
      const next = cut(before.scenario)
      if (next === null) return before
      return { scenario: next.scenario, said: [...before.said, ...next.said] }
    },
    { scenario, said: [] },
  )
}
