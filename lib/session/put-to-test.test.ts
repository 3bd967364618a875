import { expect, test } from 'vitest'
import { starterScenario } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { notPromised, somethingHappens } from './put-to-test.ts'
import { cutTo } from './scope.ts'

const scenarioOf = (id: string): Scenario => starterScenario(id) as Scenario

test('a share group is not promised the order of a key; a consumer group is', () => {
  expect(notPromised(scenarioOf('share-group-breaks-key-order'), 'per-key-order')).not.toBeNull()
  expect(notPromised(scenarioOf('retry-reorders'), 'per-key-order')).toBeNull()
})

test('where payments hear of no payment, nothing is put to the test', () => {
  const crash = scenarioOf('crash-between-effect-and-commit')
  expect(somethingHappens(cutTo(crash, { messages: 1 }).scenario)).toBe(false)
  expect(somethingHappens(cutTo(crash, { messages: 3 }).scenario)).toBe(true)
})
