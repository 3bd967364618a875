// Grading: the explorer is asked, and what it finds is the grade. There is no list of right answers anywhere.
import { choicesOf, fuzz } from '../drivers/fuzz.ts'
import { replay, replayWhatCan } from '../drivers/replay.ts'
import type { System } from '../engine/compile.ts'
import type { Action, World } from '../engine/types.ts'
import { apply, faultOf } from '../engine/world.ts'
import { build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { withValue } from '../scenario/with-value.ts'
import type { Answer, Question } from '../session/exploring.ts'
import { beginningInWords } from '../session/settled.ts'
import { simulate } from '../session/simulate.ts'
import { CONSUMERS, FAULTS, MAX_STATES, MESSAGES, REDUCE_FROM } from './_base.ts'
import type { Challenge, MakeItHold, NameTheCause, Setting } from './types.ts'

/** Index of the choice taken, by path. */
export type Chosen = Readonly<Record<string, number>>

export interface Grade {
  /** null: the search came to no end. */
  readonly solved: boolean | null
  readonly because: string
  /** What was found, with the run that shows it if there is one. */
  readonly answer: Answer | null
}

export function questionOf(challenge: Challenge, kinds = challenge.kinds): Question {
  const faults = challenge.kind === 'break it with one fault' ? 1 : FAULTS
  const { invariant, from = 'settled' } = challenge
  return {
    invariant,
    from,
    scope: {},
    faults,
    kinds,
    maxStates: MAX_STATES,
    reduceFrom: REDUCE_FROM,
  }
}

/** The scenario with what was chosen; an error where these values do not go together. */
export function scenarioWith(challenge: MakeItHold, chosen: Chosen): Scenario | string {
  let scenario = challenge.scenario
  for (const { path, choices } of challenge.settings) {
    const choice = choices[chosen[path] ?? 0]
    if (choice === undefined) return `There is no such choice for ${path}.`
    const parsed = withValue(scenario, path, choice.value)
    if (!parsed.ok) return parsed.errors.map(({ message }) => message).join(' ')
    scenario = parsed.scenario
  }
  return scenario
}

/** What the search was about, in words. */
export function boundsOfChallenge(challenge: Challenge): string {
  const { faults, from = 'settled' } = questionOf(challenge)
  const size = `${MESSAGES} messages, ${CONSUMERS} consumers`
  return `${size}, at most ${faults} fault${faults === 1 ? '' : 's'}, ${beginningInWords(from)}.`
}

/** An answer of the explorer, as a grade: to break is the aim of one kind of challenge, and the failure of the others. */
export function gradeOf({ kind }: Challenge, answer: Answer | null): Grade {
  const breaks = kind === 'break it with one fault'
  if (answer?.answer === 'counterexample') {
    const because = breaks ? 'One is enough, in this run.' : 'This run still breaks it.'
    return { solved: breaks, because, answer }
  }
  if (answer?.answer === 'holds within bounds') {
    const because = breaks
      ? 'One of these breaks nothing, whenever it strikes.'
      : 'No run within the bounds breaks it.'
    return { solved: !breaks, because, answer }
  }
  return { solved: null, because: 'The search came to no end within its bounds.', answer }
}

/** The misfortune that an action of this challenge's scenario is; '' for none. */
export function faultIn({ scenario }: Challenge, action: Action): string {
  return faultOf(build(scenario).system, action)
}

export interface Case {
  readonly script: readonly Action[]
  /** Where in the script each misfortune stands. */
  readonly at: readonly number[]
}

/** So much chaos, and as much healing as any run needs. */
const CHAOS = 220
const HEAL = 20_000
const SEEDS = 400

function isBroken(challenge: Challenge, script: readonly Action[]): boolean {
  const { verdicts } = simulate(challenge.scenario, { script })
  return verdicts.some(
    ({ invariant, verdict }) => invariant === challenge.invariant && verdict === 'broken',
  )
}

/** Everything ordinary that is left to do, done. */
function healed(system: System, script: readonly Action[]): readonly Action[] {
  const list = choicesOf(system)
  const all = [...script]
  let world: World = replay(system, script)
  while (all.length < HEAL) {
    const next = list(world).find(({ cost }) => cost === '')
    if (next === undefined) break
    all.push(next.action)
    world = apply(system, world, next.action).world
  }
  return all
}

/** The run without one of its misfortunes: what can still happen happens, then all that is left. */
export function without(challenge: Challenge, script: readonly Action[], at: number) {
  const { system } = build(challenge.scenario)
  const rest = replayWhatCan(system, script.toSpliced(at, 1))
  return healed(system, rest)
}

/** The misfortunes without which the guarantee would have held. */
export function causesOf(challenge: Challenge, { script, at }: Case): readonly number[] {
  return at.filter((index) => !isBroken(challenge, without(challenge, script, index)))
}

/** A run that breaks, of several misfortunes of which one alone is to blame: the first that chance makes. */
export function caseOf(challenge: NameTheCause): Case | null {
  const { system } = build(challenge.scenario)
  const { faults, kinds, seed } = challenge
  for (let nth = 0; nth < SEEDS; nth++) {
    const found = fuzz(system, { seed: `${seed} ${nth}`, chaos: CHAOS, heal: HEAL, faults, kinds })
    if (!found.atRest || new Set(found.fired).size < faults) continue
    const at = found.script.flatMap((action, index) =>
      faultOf(system, action) === '' ? [] : [index],
    )
    const made = { script: found.script, at }
    if (at.length !== faults || !isBroken(challenge, found.script)) continue
    if (causesOf(challenge, made).length === 1) return made
  }
  return null
}

/** Graded by taking the named misfortune away and letting all else happen. */
export function gradeCause(challenge: NameTheCause, made: Case, named: number): Grade {
  const index = made.at[named] ?? -1
  const solved = causesOf(challenge, made).includes(index)
  const because = solved
    ? 'Without it the guarantee holds.'
    : 'Without it the guarantee breaks all the same.'
  return { solved, because, answer: null }
}

/** Every way to choose, the start first. */
export function waysToChoose(settings: readonly Setting[]): readonly Chosen[] {
  return settings.reduce<readonly Chosen[]>(
    (ways, { path, choices }) =>
      ways.flatMap((way) => choices.map((_, index) => ({ ...way, [path]: index }))),
    [{}],
  )
}
