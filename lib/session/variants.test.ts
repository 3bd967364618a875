import { expect, test } from 'vitest'
import { starterScenario } from '../scenario/catalogue.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/types.ts'
import { variantsOf } from './variants.ts'

const scenarioOf = (id: string): Scenario => starterScenario(id) as Scenario
const words = (scenario: Scenario, service: string) =>
  variantsOf(scenario, service).map(({ title, detail }) => `${title}: ${detail}`)

const crash = scenarioOf('crash-between-effect-and-commit')

test('what there is comes first, once; every strategy of the sink with both ack points', () => {
  const all = words(crash, 'payments')
  expect(all[0]).toBe('Commit after effect: no idempotency')
  expect(all.filter((each) => each === all[0])).toHaveLength(1)
  expect(new Set(all).size).toBe(all.length)
  expect(all).toContain('Idempotency key: commit before effect')
  expect(all).toContain('Dedup table: marked before it, commit after effect')
  expect(all.join()).not.toContain('inbox')
  expect(words(scenarioOf('orders-story'), 'inventory').join()).toContain('Transactional inbox')
})

test('besides, one other thing at a time: workers, or a setting that decides', () => {
  const all = variantsOf(crash, 'payments')
  const highest = all.find(({ detail }) => detail.startsWith('commit highest finished'))
  expect(highest?.scenario.story.services[0]).toMatchObject({
    workers: 2,
    commitOf: 'highest-finished',
    strategy: { kind: 'none' },
    ackPoint: 'after',
  })
  const acks = all.find(({ title }) => title === 'acks=1')
  expect(acks?.scenario.deployment.producers['order-service']).toMatchObject({ acks: '1' })
  expect(all.some(({ title }) => title === 'acks=all')).toBe(false)
})

test('every variant is a valid document', () => {
  for (const { scenario } of variantsOf(crash, 'payments'))
    expect(parseScenario(JSON.parse(JSON.stringify(scenario))).ok).toBe(true)
})

test('a service without a sink has no strategies to try; one that is not there has nothing', () => {
  const pipeline = scenarioOf('exactly-once-and-an-e-mail')
  const only = pipeline.story.services.find(({ sink }) => sink === '')
  if (only !== undefined) expect(words(pipeline, only.id).join()).not.toContain('Dedup table')
  expect(variantsOf(crash, 'nobody')).toEqual([])
})
