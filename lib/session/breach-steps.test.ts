import { expect, test } from 'vitest'
import { bare } from './bare.fixture.ts'
import { breachSteps } from './breach-steps.ts'
import { type Answer, ask } from './exploring.ts'

test('the steps from where the search began, in order, the same actions, and the fault among them', () => {
  const question = {
    invariant: 'no-duplicate-effect',
    scope: {},
    faults: 1,
    kinds: ['crash'],
    maxStates: 300_000,
  }
  const [found] = ask(bare({}), question, { now: () => 0 }) as [Answer]
  const steps = breachSteps(found)
  expect(steps.map(({ action }) => action)).toEqual(found.script?.slice(found.lead))
  expect(steps.filter(({ fault }) => fault !== '').map(({ fault }) => fault)).toEqual(['crash'])
  const sentences = steps.map(({ sentence }) => sentence)
  expect(sentences.filter((each) => each.includes('charges the card'))).toHaveLength(2)
  expect(sentences.at(-1)).toContain('charges the card')
})

test('nothing found, no steps', () => {
  expect(breachSteps({ scenario: bare({}), script: null, lead: 0 })).toEqual([])
})
