// Breaches found by the fuzzing driver, each asked about: the answer must hold for whatever happened.
import { describe, expect, test } from 'vitest'
import { fuzz } from '../drivers/fuzz.ts'
import { misfortunesOf } from '../drivers/misfortune.ts'
import type { Action } from '../engine/types.ts'
import { invariantsOf } from '../invariants/index.ts'
import { judge } from '../invariants/judge.ts'
import { type Built, build } from '../scenario/build.ts'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { breaksAtRest, breaksInOrder, isSeenAtOnce, needsOf, type Question } from './doubt.ts'
import { causesOf, historyOf } from './history.ts'
import { MOST_CAUSES, why } from './index.ts'
import { noReturn } from './no-return.ts'

interface Found {
  readonly built: Built
  readonly script: readonly Action[]
  readonly question: Question
}

function breachesOf(scenario: Scenario, seed: string): readonly Found[] {
  const built = build(scenario)
  const invariants = invariantsOf(scenario.checks)
  const bench = judge(invariants, built.subject)
  const run = fuzz(built.system, {
    seed,
    chaos: 1500,
    heal: 20_000,
    faults: 3,
    kinds: misfortunesOf(built.system),
    malice: 0.01,
    onStep: (index, _action, seen) => bench.see(seen, index),
  })
  const verdicts = bench.verdicts({ atRest: run.atRest, faults: { planned: 0, fired: 0 } })
  return verdicts.flatMap((verdict, i) => {
    const [violation] = verdict.violations
    const invariant = invariants[i]
    if (verdict.verdict !== 'broken' || violation === undefined || invariant === undefined)
      return []
    return [
      { built, script: run.script, question: { invariant, subject: built.subject, violation } },
    ]
  })
}

const small = (scenario: Scenario): Scenario => ({
  ...scenario,
  story: {
    ...scenario.story,
    producers: scenario.story.producers.map((each) => ({
      ...each,
      count: Math.min(each.count, 4),
    })),
  },
})

function found(count: number): readonly Found[] {
  const all: Found[] = []
  for (let seed = 0; all.length < count && seed < 40; seed++) {
    for (const { id } of starterScenarios) {
      all.push(...breachesOf(small(starterScenario(id) as Scenario), `${id}-${seed}`))
      if (all.length >= count) break
    }
  }
  return all.slice(0, count)
}

const breaches = found(Number(process.env['WHY'] ?? 60))

describe.each(
  breaches.map((each, i) => [`${i} ${each.question.violation.sentence}`, each] as const),
)('why: %s', (_name, { built, script, question }) => {
  const { system } = built
  const answer = why(system, script, question)
  const upToIt = script.slice(0, question.violation.step)
  const atOnce = isSeenAtOnce(system, upToIt, question)
  const history = historyOf(system, atOnce ? upToIt : script)
  const actions = history.steps.map((step) => step.action)

  test('has at least one and at most seven steps, all causes of the last, none that can be left out', () => {
    expect(answer.steps.length).toBeGreaterThan(0)
    expect(answer.steps.length).toBeLessThanOrEqual(MOST_CAUSES)
    const needs = needsOf(system, actions, question)
    const cone = causesOf(history, answer.steps.at(-1) as number)
    for (const step of answer.steps) {
      expect([step, cone.has(step), needs(step)]).toEqual([step, true, true])
    }
  })

  test('comes to its end at the breach, where the breach has a step of its own', () => {
    if (atOnce) expect(answer.steps.at(-1)).toBe(question.violation.step)
  })

  test('each misfortune it names could not have been missing', () => {
    for (const fault of answer.faults) {
      const without = actions.toSpliced(fault - 1, 1)
      expect([fault, breaksAtRest(system, without, question)]).toEqual([fault, false])
    }
  })

  test('the point of no return is no later than the breach, and one step earlier there was a way out', () => {
    const { step } = noReturn(system, upToIt, question)
    expect(step).toBeLessThanOrEqual(question.violation.step)
    const ways = Array.from({ length: 12 }, (_, i) => `way ${i}`)
    const before = script.slice(0, step - 1)
    const saved = ways.some((seed) => !breaksInOrder(system, before, question, seed))
    expect(step === 0 || saved).toBe(true)
  })
})
