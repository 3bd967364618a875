import fc from 'fast-check'
import { expect, it } from 'vitest'
import { currentVersion, migrate, migrations } from './migrations.ts'
import { scenarioOf } from './sample.fixture.ts'

/** A document of the draft that came before version 1, with everything in it that has changed since. */
const draft = {
  version: 0,
  id: 'draft',
  title: 'A draft',
  story: {
    streams: ['orders'],
    producers: [{ id: 'order-service', publishes: 'orders' }],
    services: [{ id: 'payments', topic: 'orders', effect: 'charge', sink: 'charges' }],
    sinks: [{ id: 'charges', kind: 'external-api' }],
  },
  deployment: { topics: { orders: 4 } },
  faults: [{ fault: 'crash', actor: 'payments', stage: 'polled', nth: 2, forMs: 500 }],
}

type Fields = ReturnType<(typeof migrations)[number]['migrate']>

function migrated(document: Parameters<typeof migrate>[0]) {
  const result = migrate(document)
  if ('error' in result) throw new Error(result.error.message)
  return result.document
}

it('brings a draft to a valid document of this version', () => {
  const scenario = scenarioOf(draft)
  expect(scenario.version).toBe(currentVersion)
  expect(scenario.faults).toEqual([
    { fault: 'crash', at: { actor: 'payments', stage: 'polled', nth: 2 }, forMs: 500 },
  ])
  expect(scenario.deployment).toHaveProperty('topics', { orders: { partitions: 4, settings: {} } })
  expect(scenario.story.services[0]?.listensTo).toBe('orders')
})

it.each(migrations.map((step) => [step.name, step] as const))('needs the step: %s', (_, step) => {
  expect(step.migrate(draft)).not.toEqual(draft)
  const rest = migrations.filter((other) => other !== step)
  const without = rest.reduce<Fields>((document, other) => other.migrate(document), draft)
  expect(() => scenarioOf({ ...without, version: currentVersion })).toThrow()
})

it('has a step from every earlier version', () => {
  const from = new Set(migrations.map((step) => step.from))
  expect([...from].sort()).toEqual(Array.from({ length: currentVersion }, (_, i) => i))
})

it('leaves a document of this version as it is', () => {
  const document = { ...draft, version: 1 }
  expect(migrated(document)).toBe(document)
})

it('takes any JSON that calls itself a draft, and throws at none', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (story, deployment, faults) => {
      const document = { version: 0, story, deployment, faults } as typeof draft
      expect(migrated(document)).toMatchObject({ version: 1 })
    }),
  )
})
