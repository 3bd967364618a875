// Every breach that a starter scenario claims, in words. The words stand in
// explaining.golden.txt, where they were read one by one; `vitest -u` writes them anew, to be read again.
import { expect, test } from 'vitest'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import type { Why } from '../why/index.ts'
import { bare } from './bare.fixture.ts'
import { explainingIn, explainingRun } from './explaining.ts'
import { ask } from './exploring.ts'
import { extend, type Run, startRun } from './run.ts'

function finish(work: Generator<Why, Why>): Why {
  for (;;) {
    const next = work.next()
    if (next.done === true) return next.value
  }
}

function ran(scenario: Scenario): Run {
  const run = startRun({ scenario, seed: scenario.seed, choices: [] })
  while (extend(run));
  return run
}

const seconds = (ms: number | null): string => (ms === null ? '' : `${(ms / 1000).toFixed(1)} s  `)

function inLines({ title, steps, noReturn, without }: Why): string {
  const lines = (steps ?? []).map(({ at, actor, text, fault, isBreach, step }, i) => {
    const marks = `${fault === '' ? '' : ' ⚡'}${isBreach ? ' ✕' : ''}`
    const isLast = step === noReturn?.step ? ' ← no return' : ''
    return `  ${i + 1}  ${seconds(at)}${actor}${marks}: ${text}${isLast}`
  })
  const removed = (without ?? []).map(
    ({ fault, step, verdict }) => `  without ${fault} (${step}): ${verdict}`,
  )
  const last = `  no return: ${noReturn?.step}${noReturn?.isProven === true ? '' : ', as far as could be told'}`
  return [title, ...lines, ...removed, last].join('\n')
}

/** Of a scenario's verdicts that are broken: the first breach of each. */
function told(scenario: Scenario): readonly string[] {
  const run = ran(scenario)
  const fired = run.recording.player.armed.firedAt.filter((at) => at > 0).length
  const verdicts = run.court.now(run.atRest, { planned: scenario.faults.length, fired })
  return verdicts.flatMap(({ invariant, violations: [violation] }) =>
    violation === undefined
      ? []
      : [`${scenario.id}: ${inLines(finish(explainingRun(run, invariant, violation)))}`],
  )
}

test('the breaches of the starter scenarios, in words that were read one by one', async () => {
  const all = starterScenarios.flatMap(({ id }) => told(starterScenario(id) as Scenario))
  expect(all.length).toBeGreaterThanOrEqual(20)
  await expect(`${all.join('\n\n')}\n`).toMatchFileSnapshot('explaining.golden.txt')
}, 300_000)

test('a misfortune that was chosen by hand can be taken away as one that was planned', () => {
  const scenario = {
    ...(starterScenario('crash-between-effect-and-commit') as Scenario),
    faults: [],
  }
  const planned = ran(starterScenario('crash-between-effect-and-commit') as Scenario)
  const [step = 0] = planned.recording.player.armed.firedAt
  const choices = [{ after: step - 1, action: planned.recording.actionAt(step) }]
  const run = startRun({ scenario, seed: scenario.seed, choices })
  while (extend(run));
  const verdicts = run.court.now(true, { planned: 0, fired: 0 })
  const [violation] =
    verdicts.find(({ invariant }) => invariant === 'no-duplicate-effect')?.violations ?? []
  if (violation === undefined) throw new Error('nothing was charged twice')
  const { steps, without } = finish(explainingRun(run, 'no-duplicate-effect', violation))
  expect(steps?.map(({ fault }) => fault).filter((fault) => fault !== '')).toEqual(['crash'])
  expect(without).toEqual([{ step, fault: 'crash', verdict: 'holds', tried: 1 }])
})

test('a script is explained as it stands: what was chosen without a clock is taken away without one', () => {
  const question = { invariant: 'no-duplicate-effect', scope: {}, faults: 1, kinds: ['crash'] }
  const [answer] = ask(bare({}), { ...question, maxStates: 200_000 }, { now: () => 0 })
  if (answer === undefined || answer.script === null) throw new Error('nothing was charged twice')
  const { script } = answer
  const scenario = { ...answer.scenario, script }
  const run = ran(scenario)
  const { invariant } = question
  const verdicts = run.court.now(run.atRest, { planned: 0, fired: 0 })
  const [violation] = verdicts.find((each) => each.invariant === invariant)?.violations ?? []
  if (violation === undefined) throw new Error('the script does not break it')
  expect(violation.step).toBe(script.length)
  const length = run.recording.length()
  const told = finish(
    explainingIn({ scenario, seed: scenario.seed, choices: [], length, invariant, violation }),
  )
  expect(told.steps?.at(-1)).toMatchObject({ step: script.length, at: null, isBreach: true })
  expect(told.steps?.map(({ fault }) => fault).filter((fault) => fault !== '')).toEqual(['crash'])
  expect(told.without?.map(({ fault, verdict }) => [fault, verdict])).toEqual([['crash', 'holds']])
  expect(told.without?.[0]?.tried).toBeGreaterThan(1)
})
