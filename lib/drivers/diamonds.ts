// The check of `commutes`: in every state of a small world, each step of a rule that claims to commute and
// each other thing that can happen there must make a diamond: in either order they lead to the same state.
// What the same actor does in another choice counts as another thing; so does a misfortune, unless asked
// not to. A misfortune may also swallow the step: then it leads to the same state with and without it.

import type { System } from '../engine/compile.ts'
import type { Action } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { movesOf } from './eager.ts'
import { chunkOf, offsetOf } from './growing.ts'
import { FULL, levelSearch, searchLevel } from './levels.ts'
import { misfortunesOf } from './misfortune.ts'
import { purseOf } from './purse.ts'
import {
  costOfStep,
  dropRow,
  payFor,
  type States,
  statesOf,
  tryCut,
  tryStep,
  wayTo,
} from './reach.ts'
import { fingerprints } from './seen.ts'
import { ACTOR, COST, cutName, namedAction, ROW, type Space, spaceOf } from './space.ts'
import { watched } from './watched.ts'

/** Two things that do not commute, and how to get to a state where that shows. */
export interface OpenDiamond {
  readonly rule: string
  readonly other: string
  readonly script: readonly Action[]
  readonly actions: readonly [claimed: Action, other: Action]
}

export interface DiamondOptions {
  readonly faults: number
  readonly kinds?: readonly string[]
  readonly maxStates: number
  readonly space?: Space
  /** What to check of a rule: what it claims, if not said otherwise. */
  readonly claimOf?: (rule: string, claim: Claim) => Claim
}

/** What a rule claims: to commute always, in peace, or nothing. */
export type Claim = true | 'in peace' | null

interface Step {
  /** Index of the actor, or the name of a cut. */
  readonly who: number
  readonly name: number
  readonly choice: string
  readonly costly: boolean
  readonly key: string
  readonly vector: Int32Array
}

interface Checker {
  readonly states: States
  readonly open: Map<string, OpenDiamond>
  readonly claimOf: (rule: string, claim: Claim) => Claim
}

function stepTo(
  self: Checker,
  next: number,
  more: Pick<Step, 'who' | 'name' | 'choice' | 'costly'>,
): Step {
  const { rows, places } = self.states
  const chunk = chunkOf(rows, next)
  const at = offsetOf(rows, next)
  const vector = chunk.slice(at, at + places.width)
  rows.count = next
  return { ...more, vector, key: `${vector[places.high]},${vector[places.low]}` }
}

/** Everything that can happen in a state. */
function stepsOf(self: Checker, vector: Int32Array): readonly Step[] {
  const { states } = self
  const { space } = states
  const found: Step[] = []
  for (let who = 0; who < space.start.length; who++) {
    const list = movesOf(space, who, vector[who] as number)
    const count = (space.list[list] as number) + (space.list[list + 1] as number)
    for (let k = 0; k < count; k++) {
      const name = space.list[list + 2 + k] as number
      const costly = space.rows[name * ROW + COST] !== 0
      const next = tryStep(states, vector, 0, name)
      if (costly && !payFor(states, next, costOfStep(states, name))) dropRow(states, next)
      else found.push(stepTo(self, next, { who, name, costly, choice: choiceOf(self, who, name) }))
    }
  }
  for (const { index, mode } of space.system.links) {
    const next = mode === 'connection' ? tryCut(states, vector, 0, index) : -1
    if (next < 0) continue
    const name = cutName(index)
    if (!payFor(states, next, 1)) dropRow(states, next)
    else found.push(stepTo(self, next, { who: name, name, costly: true, choice: `${name}` }))
  }
  return found
}

function choiceOf(self: Checker, who: number, name: number): string {
  const action = namedAction(self.states.space, name)
  if ('link' in action) return action.link
  const way = action.via === undefined ? action.rule : `<${action.via} ${action.nth ?? 0}`
  return `${who} ${way}`
}

function ruleOf(
  self: Checker,
  name: number,
): {
  readonly kind: string
  readonly rule: string
  readonly claims: Claim
} {
  const { space } = self.states
  const action = namedAction(space, name)
  if ('link' in action) return { kind: 'line', rule: action.rule, claims: null }
  const { kind } = space.system.actors[
    space.rows[name * ROW + ACTOR] as number
  ] as System['actors'][0]
  const rule = kind.rules.find((each) => each.rule.name === action.rule)
  return { kind: kind.kind.name, rule: action.rule, claims: rule?.rule.commutes ?? null }
}

function nameOf(self: Checker, name: number): string {
  const { kind, rule } = ruleOf(self, name)
  return `${kind}: ${rule}`
}

function checkRow(self: Checker, row: number): void {
  const { rows, places } = self.states
  const at = offsetOf(rows, row)
  const here = chunkOf(rows, row).slice(at, at + places.width)
  const steps = stepsOf(self, here)
  const later = new Map<Step, readonly Step[]>()
  const after = (step: Step) => {
    const known = later.get(step) ?? stepsOf(self, step.vector)
    later.set(step, known)
    return known
  }
  for (const claimed of steps) {
    const { rule, claims } = ruleOf(self, claimed.name)
    const claim = claimed.costly ? null : self.claimOf(rule, claims)
    if (claim === null) continue
    for (const other of steps) {
      if (other.costly ? claim !== true : other.choice === claimed.choice) continue
      compare(self, row, claimed, other, after)
    }
  }
}

function compare(
  self: Checker,
  row: number,
  claimed: Step,
  other: Step,
  after: (s: Step) => readonly Step[],
) {
  const name = nameOf(self, claimed.name)
  const pair = `${name} | ${nameOf(self, other.name)}`
  if (self.open.has(pair)) return
  const one = after(claimed).filter((s) => s.who === other.who && s.costly === other.costly)
  const two = after(other).filter((s) => s.who === claimed.who && !s.costly)
  const ends = new Set(two.map((each) => each.key))
  const swallowed = other.costly && one.some((each) => each.key === other.key)
  if (swallowed || one.some((each) => ends.has(each.key))) return
  const { space } = self.states
  self.open.set(pair, {
    rule: name,
    other: nameOf(self, other.name),
    script: wayTo(self.states, row).map((each) => namedAction(space, each)),
    actions: [namedAction(space, claimed.name), namedAction(space, other.name)],
  })
}

/** One example for each pair of rules that do not commute; none when every claim holds within the bounds. */
export function openDiamonds(
  system: System,
  watch: Watch,
  options: DiamondOptions,
): readonly OpenDiamond[] {
  const space = options.space ?? spaceOf(system)
  const kinds = options.kinds ?? misfortunesOf(system)
  const states = statesOf(space, watched(watch, space), purseOf(kinds), () => fingerprints())
  const bounded = { isFull: () => states.rows.count >= options.maxStates, onRest: undefined }
  const search = levelSearch(states, bounded)
  const checker: Checker = {
    states,
    open: new Map(),
    claimOf: options.claimOf ?? ((_rule, claim) => claim),
  }
  let before = null
  for (let faults = 0; faults <= options.faults; faults++) {
    const level = searchLevel(search, before, { faults, eager: null, release: false })
    let next = level.next()
    while (next.done !== true) next = level.next()
    const [ended, layers] = next.value
    before = layers
    if (ended === FULL) break
  }
  for (let row = 0, count = states.rows.count; row < count; row++) checkRow(checker, row)
  return [...checker.open.values()]
}
