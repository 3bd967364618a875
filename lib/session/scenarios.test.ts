// Every starter scenario ends in the verdicts it claims, with all of its faults fired.
import { describe, expect, test } from 'vitest'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { simulate } from './simulate.ts'

describe.each(starterScenarios.map(({ id }) => id))('%s', (id) => {
  const scenario = starterScenario(id) as Scenario
  const summary = simulate(scenario)

  test('comes to rest with every fault fired', () => {
    expect(summary.faults.filter((fault) => !fault.fired)).toEqual([])
    expect(summary.steps).toBeGreaterThan(50)
    expect(summary.timeMs).toBeLessThan(60_000)
  })
  test('ends in the verdicts it expects', () => {
    const verdicts = Object.fromEntries(
      summary.verdicts.map(({ invariant, verdict }) => [invariant, verdict]),
    )
    expect(verdicts).toMatchObject(scenario.expect)
    expect(Object.keys(scenario.expect).sort()).toEqual([...scenario.checks].sort())
  })
  test('says where anything broke, and what', () => {
    for (const verdict of summary.verdicts.filter((each) => each.verdict === 'broken')) {
      expect(verdict.step).toBeGreaterThan(0)
      expect(verdict.detail).toMatch(/\.$/)
    }
  })
})
