// The same deploy, the same seed, with and without group.instance.id.
import { expect, test } from 'vitest'
import { starterScenario } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { openSession } from './session.ts'
import { simulate } from './simulate.ts'

const scenario = starterScenario('static-member-deploy') as Scenario

function named(instance: string): Scenario {
  const { deployment } = scenario
  const consumer = { ...deployment.consumer, 'group.instance.id': instance }
  return { ...scenario, deployment: { ...deployment, consumer } }
}

function assignmentsIn(run: Scenario): number {
  const session = openSession(run)
  session.runAhead(100_000)
  const seen = Array.from({ length: session.length }, (_, i) => session.step(i + 1).observations)
  return seen.flat().filter(({ kind }) => kind === 'assigned').length
}

test('with group.instance.id the group is shared out once, and nobody loses a partition', () => {
  expect(assignmentsIn(scenario)).toBe(1)
})

test('without it the same deploys fire, and every one of them stops the group', () => {
  const run = named('')
  expect(simulate(run).faults.every(({ fired }) => fired)).toBe(true)
  expect(assignmentsIn(run)).toBeGreaterThan(3)
  const verdicts = simulate(run).verdicts.map(({ invariant, verdict }) => [invariant, verdict])
  expect(Object.fromEntries(verdicts)).toMatchObject({
    'no-duplicate-effect': 'holds',
    'no-fenced-effect': 'holds',
  })
})

test('under one name for all of them only one is left', () => {
  const session = openSession(named('payments'))
  session.runAhead(100_000)
  session.seek(session.length)
  const told = ['payments-0', 'payments-1', 'payments-2'].map(
    (id) =>
      session.picture().parts.find((part) => part.kind === 'card' && part.id === id) as {
        said: string
      },
  )
  const fenced = told.filter(({ said }) => said.startsWith('FencedInstanceIdException'))
  expect(fenced.length).toBe(2)
})
