// A search of a scenario by several workers. Only the scenario and the question cross to them; each builds the
// system itself.
import { spaceOf } from '../drivers/space.ts'
import { joinSplit, type Port } from '../drivers/split.ts'
import { exploreSplit } from '../drivers/split-lead.ts'
import { invariantsOf } from '../invariants/index.ts'
import { watch } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { type Answer, type Asking, kindsOf, type Question, worse } from './exploring.ts'
import { cutTo, separable } from './scope.ts'
import { beginningAt, type From } from './settled.ts'

interface Prepare {
  readonly scenario: Scenario
  readonly invariant: string
  readonly from: From
}

/** What a worker does: waits for a scenario and a question, and takes part in the search. */
export function joinSearch(port: Port): void {
  const prepare = (message: Prepare) => {
    const { system, subject } = build(message.scenario)
    const beginning = beginningAt(message.from, message.scenario, system)
    const [invariant] = invariantsOf([message.invariant])
    if (invariant === undefined) return
    joinSplit(
      port,
      spaceOf(system, { from: beginning?.world }),
      watch(invariant, subject, beginning?.seen),
      prepare as never,
    )
  }
  port.listen(prepare as (message: never) => void)
}

/** The same question as to one worker, to several; the least script, not that with the fewest switches. */
export async function askSplit(
  ports: readonly Port[],
  whole: Scenario,
  question: Question,
  { now, goOn }: Asking,
): Promise<Answer | null> {
  let held: Answer | null = null
  for (const services of separable(whole)) {
    const wanted = question.scope.services
    if (wanted !== undefined && !services.some((id) => wanted.includes(id))) continue
    const { scenario, said } = cutTo(whole, { ...question.scope, services })
    const { system } = build(scenario)
    const moment = question.from ?? 'settled'
    const beginning = beginningAt(moment, scenario, system)
    const from = beginning === null ? 'start' : moment
    for (const port of ports) {
      port.post({ scenario, invariant: question.invariant, from } satisfies Prepare, [])
    }
    const { maxStates, maxMb = 1024, faults, invariant } = question
    const found = await exploreSplit(ports, {
      invariant,
      faults,
      order: { kinds: kindsOf(question), maxStates, maxMb, reduced: question.reduced === true },
      now,
      ...(goOn === undefined ? {} : { goOn }),
      prefix: beginning?.script ?? [],
    })
    const lead = beginning?.script.length ?? 0
    const answer: Answer = { ...found, scenario, from, cut: said, lead, story: null }
    held = held === null ? answer : worse(held, answer)
    if (held?.answer === 'counterexample') break
  }
  return held
}
