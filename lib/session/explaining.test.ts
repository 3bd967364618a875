// Every breach that a starter scenario claims, in words. The words stand in
// explaining.golden.txt, where they were read one by one; `vitest -u` writes them anew, to be read again.
import { expect, test } from 'vitest'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import type { Why } from '../why/index.ts'
import { explainingRun } from './explaining.ts'
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
