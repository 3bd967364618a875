// Any scenario is cut down to its scope, whole and valid, and says what was cut.
import { describe, expect, test } from 'vitest'
import { build } from '../scenario/build.ts'
import { kafkaScenario, starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import { toDocument } from '../scenario/document.ts'
import { topicsOf } from '../scenario/holders.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/types.ts'
import { cutTo, type Scope, separable } from './scope.ts'

const story = kafkaScenario('orders-story')
const SMALL: Scope = { messages: 2, keys: 1, consumers: 1, partitions: 2, services: ['payments'] }

test('nothing asked for, nothing cut but the plans of the run', () => {
  const { scenario, said } = cutTo({ ...story, faults: [] }, {})
  expect(said).toEqual([])
  expect(scenario).toEqual({ ...story, faults: [], moments: [], expect: {} })
})

test('each cut is one sentence, and does what it says', () => {
  const { scenario, said } = cutTo(story, SMALL)
  expect(said).toMatchInlineSnapshot(`
    [
      "Left out: inventory, email, analytics.",
      "order service publishes 2 of its 15 messages.",
      "order service uses 1 of its 5 keys.",
      "payments runs 1 of its 2 instances.",
      "orders has 2 of its 3 partitions.",
    ]
  `)
  expect(scenario.story.services.map(({ id, instances }) => [id, instances])).toEqual([
    ['payments', 1],
  ])
  expect(scenario.story.producers.map(({ count, keys }) => [count, keys.length])).toEqual([[2, 1]])
  expect(Object.values(topicsOf(scenario.deployment))).toEqual([{ partitions: 2, settings: {} }])
  expect(scenario.story.sinks).toHaveLength(1)
})

test('what is small enough is left alone, and not spoken of', () => {
  const once = cutTo(story, SMALL).scenario
  expect(cutTo(once, SMALL)).toEqual({ scenario: once, said: [] })
})

describe.each(starterScenarios.map(({ id }) => id))('%s', (id) => {
  const whole = starterScenario(id) as Scenario
  test.each(separable(whole).map((services) => [services] as const))(
    'cut to %s it is a valid document and builds',
    (services) => {
      const { scenario } = cutTo(whole, { ...SMALL, services })
      const parsed = parseScenario(toDocument(scenario))
      expect(parsed.ok ? [] : parsed.errors).toEqual([])
      expect(build(scenario).system.actors.length).toBeGreaterThan(0)
    },
  )
})

test('services that write to one sink stay together', () => {
  const services = story.story.services.map((service, i) => ({
    ...service,
    sink: i < 2 ? 'shared' : service.sink,
  }))
  const [first, second, ...others] = services.map((service) => service.id)
  expect(separable({ ...story, story: { ...story.story, services } })).toEqual([
    [first, second],
    ...others.map((id) => [id]),
  ])
})

test('a pipeline stays together, whatever else reads or writes', () => {
  const pipeline = starterScenario('exactly-once-pipeline-crash') as Scenario
  const [first, second] = pipeline.story.services
  if (first === undefined || second === undefined) throw new Error('no pipeline')
  const services = [second, { ...first, id: 'alone', publishes: undefined, sink: 'own' }, first]
  const apart = { ...pipeline, story: { ...pipeline.story, services } } as Scenario
  expect(separable(apart)).toEqual([[second.id, first.id], ['alone']])
})

test('streams, producers and settings that nobody needs any more go with their service', () => {
  const [producer] = story.story.producers
  const [first, second] = story.story.services
  if (producer === undefined || first === undefined || second === undefined) throw new Error('none')
  const refunds = { ...producer, id: 'refund-service', publishes: 'refunds' }
  const two: Scenario = {
    ...story,
    story: {
      ...story.story,
      streams: ['orders', 'refunds'],
      producers: [producer, refunds],
      services: [first, { ...second, listensTo: 'refunds' }],
    },
    deployment: {
      ...story.deployment,
      topics: {
        orders: { partitions: 1, settings: { 'replication.factor': 1 } },
        refunds: { partitions: 1, settings: {} },
      },
      shareGroups: { [second.id]: {} },
      producers: { 'refund-service': { acks: '1' }, [producer.id]: { acks: 'all' } },
      services: { [first.id]: { 'max.poll.records': 1 }, [second.id]: { 'max.poll.records': 2 } },
    },
  }
  const { scenario, said } = cutTo(two, { services: [first.id] })
  expect(scenario.story.streams).toEqual(['orders'])
  expect(scenario.story.producers).toEqual([producer])
  expect(scenario.story.sinks.map((sink) => sink.id)).toEqual([first.sink])
  expect(scenario.deployment).toMatchObject({
    topics: { orders: { partitions: 1, settings: { 'replication.factor': 1 } } },
    shareGroups: {},
    producers: { [producer.id]: { acks: 'all' } },
    services: { [first.id]: { 'max.poll.records': 1 } },
  })
  expect(Object.keys(scenario.deployment.services)).toEqual([first.id])
  expect(said).toContain(`Left out: ${second.title}.`)
})
