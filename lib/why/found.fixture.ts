// Breaches that the fuzzing driver finds: seeded, over given scenarios and all starters cut down to a few messages,
// with all invariants watching.
import { fuzz } from '../drivers/fuzz.ts'
import { misfortunesOf } from '../drivers/misfortune.ts'
import { searchedKinds } from '../faults/index.ts'
import { invariants } from '../invariants/index.ts'
import { judge } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import type { Asked } from './index.ts'

export interface Found {
  readonly name: string
  readonly asked: Asked
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

type Named = readonly (readonly [name: string, Scenario])[]

const starters: Named = starterScenarios.map(
  ({ id }) => [id, small(starterScenario(id) as Scenario)] as const,
)

/** Accidents only in every other run: what somebody decides to do is too easy an answer. */
function breachesOf(name: string, scenario: Scenario, seed: number): readonly Found[] {
  const { system, subject } = build(scenario)
  const bench = judge(invariants, subject)
  const kinds = misfortunesOf(system)
  const run = fuzz(system, {
    seed: `${name} ${seed}`,
    chaos: 1500,
    heal: 20_000,
    faults: 3,
    kinds: seed % 2 === 0 ? kinds.filter((kind) => searchedKinds.includes(kind)) : kinds,
    malice: 0.01,
    onStep: (index, _action, seen) => bench.see(seen, index),
  })
  const verdicts = bench.verdicts({ atRest: run.atRest, faults: { planned: 0, fired: 0 } })
  return verdicts.flatMap(({ verdict, invariant, violations: [violation] }) => {
    if (verdict !== 'broken' || violation === undefined) return []
    const asked = { scenario, script: run.script, invariant, violation }
    return [{ name: `${name} ${seed}: ${violation.question}`, asked }]
  })
}

/** So many, and of no invariant more than its share, so that the common ones do not crowd out the rare. */
export function found(count: number, bare: Named): readonly Found[] {
  const all: Found[] = []
  const share = Math.ceil(count / 4)
  for (let seed = 0; seed < 100 && all.length < count; seed++) {
    for (const [name, scenario] of [...bare, ...starters]) {
      for (const each of breachesOf(name, scenario, seed)) {
        const alike = all.filter(({ asked }) => asked.invariant === each.asked.invariant)
        if (alike.length < share && all.length < count) all.push(each)
      }
    }
  }
  return all
}
