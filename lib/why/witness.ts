// A run in which the same kinds of misfortune befell a system, while an event was under way, and the guarantee held.
import type { Seen } from '../clients/types.ts'
import { fuzz } from '../drivers/fuzz.ts'
import type { Action } from '../engine/types.ts'
import { invariantsOf } from '../invariants/index.ts'
import { judge } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'

const SEEDS = 60

/** Kinds of misfortune, as many times as they are to happen. */
export function witnessOf(
  scenario: Scenario,
  invariant: string,
  kinds: readonly string[],
): readonly Action[] | null {
  const { system, subject } = build(scenario)
  const wanted = [...kinds].sort().join()
  for (let seed = 0; seed < SEEDS; seed++) {
    const bench = judge(invariantsOf([invariant]), subject)
    const before = new Set<number>()
    const after = new Set<number>()
    const done = new Set<number>()
    let fired = 0
    const run = fuzz(system, {
      seed: `witness ${seed}`,
      chaos: 400,
      heal: 20_000,
      faults: kinds.length,
      kinds,
      malice: 0.02,
      onStep: (index, action, observations) => {
        bench.see(observations, index)
        const isFault =
          'link' in action ||
          system.actorById
            .get(action.actor)
            ?.kind.rules.find(({ rule }) => rule.name === action.rule)?.rule.fault !== undefined
        if (isFault) fired++
        for (const seen of observations as readonly Seen[]) {
          if ('message' in seen) (fired === 0 ? before : after).add(seen.message.n)
          if (fired === 0 && seen.kind === 'effectApplied') done.add(seen.message.n)
        }
      },
    })
    const [verdict] = bench.verdicts({ atRest: run.atRest, faults: { planned: 0, fired: 0 } })
    const isOpen = (n: number) => after.has(n) || !done.has(n)
    const isUnderWay = kinds.length === 0 || [...before].some(isOpen)
    const isStory = [...run.fired].sort().join() === wanted
    if (isStory && isUnderWay && verdict?.verdict === 'holds') return run.script
  }
  return null
}
