// The check of `commutes`: in every state of a small world, each choice that a reduced search would take at once
// and each other thing that can happen there must make a diamond: in either order they lead to the same state. And
// after that other thing the choice must still be such a one: so nothing that comes later is overlooked. What the
// same actor does in another choice counts as another thing; so does a misfortune, where some are left to happen. A
// misfortune may also swallow the step: then it leads to the same state with and without it. And who hears that a
// connection is closed may hear it again when the process behind it dies anew, once for both had it waited: then the
// second time must change nothing.

import type { System } from '../engine/compile.ts'
import { type Action, ConnectionClosed } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { cursorOf } from '../engine/world.ts'
import type { Claim } from './claims.ts'
import { type Components, writeComponent } from './components.ts'
import { type Eager, eagerIn, movesOf, openChoices } from './eager.ts'
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
import { stillToCome } from './silence.ts'
import { ACTOR, COST, cutLink, cutName, namedAction, ROW, type Space, spaceOf } from './space.ts'
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

interface Step {
  /** Index of the actor, or the name of a cut. */
  readonly who: number
  readonly name: number
  readonly choice: string
  readonly costly: boolean
  /** Where it leads: the state's fingerprint. */
  readonly high: number
  readonly low: number
}

interface Checker {
  readonly states: States
  readonly open: Map<string, OpenDiamond>
  /** As a reduced search sees it: with misfortunes to come, and in peace. */
  readonly reduced: readonly Eager[]
  /** What a step by this name is a way of. */
  readonly choices: Map<number, string>
}

/** What can happen after a step, and the state it leads to. Both are found when somebody asks. */
interface After {
  readonly steps: (step: Step) => readonly Step[]
  readonly vector: (step: Step) => Int32Array
}

/** The step to the row after the last, which is given back. */
function stepTo(self: Checker, next: number, who: number, name: number, costly: boolean): Step {
  const { rows, places } = self.states
  const chunk = chunkOf(rows, next)
  const at = offsetOf(rows, next)
  const high = chunk[at + places.high] as number
  const low = chunk[at + places.low] as number
  rows.count = next
  return { who, name, choice: choiceOf(self, who, name), costly, high, low }
}

/** Makes the state behind a step stand in the row after the last; -1 where the step is not to be had. */
function tryName(self: Checker, vector: Int32Array, name: number): number {
  const { states } = self
  const isCut = name < 0
  const next = isCut ? tryCut(states, vector, 0, cutLink(name)) : tryStep(states, vector, 0, name)
  if (next < 0) return next
  const cost = isCut ? 1 : costOfStep(states, name)
  if (cost === 0 || payFor(states, next, cost)) return next
  dropRow(states, next)
  return -1
}

/** Everything that can happen in a state. */
function stepsOf(self: Checker, vector: Int32Array): readonly Step[] {
  const { space } = self.states
  const found: Step[] = []
  const add = (who: number, name: number, costly: boolean) => {
    const next = tryName(self, vector, name)
    if (next >= 0) found.push(stepTo(self, next, who, name, costly))
  }
  for (let who = 0; who < space.start.length; who++) {
    const list = movesOf(space, who, vector[who] as number)
    const count = (space.list[list] as number) + (space.list[list + 1] as number)
    for (let k = 0; k < count; k++) {
      const name = space.list[list + 2 + k] as number
      add(who, name, space.rows[name * ROW + COST] !== 0)
    }
  }
  for (const { index, mode } of space.system.links)
    if (mode === 'connection') add(cutName(index), cutName(index), true)
  return found
}

function afterIn(self: Checker, here: Int32Array): After {
  const { rows, places } = self.states
  const vectors = new Map<Step, Int32Array>()
  const steps = new Map<Step, readonly Step[]>()
  const froms = new Map<Step, Int32Array>()
  const vector = (step: Step) => {
    const known = vectors.get(step)
    if (known !== undefined) return known
    const next = tryName(self, froms.get(step) ?? here, step.name)
    const at = offsetOf(rows, next)
    const found = chunkOf(rows, next).slice(at, at + places.width)
    rows.count = next
    vectors.set(step, found)
    return found
  }
  const after = (step: Step) => {
    const known = steps.get(step)
    if (known !== undefined) return known
    const from = vector(step)
    const found = stepsOf(self, from)
    for (const each of found) froms.set(each, from)
    steps.set(step, found)
    return found
  }
  return { steps: after, vector }
}

function choiceOf(self: Checker, who: number, name: number): string {
  const known = self.choices.get(name)
  if (known !== undefined) return known
  const action = namedAction(self.states.space, name)
  const isCut = 'link' in action
  const way = isCut || action.via === undefined ? action.rule : `<${action.via} ${action.nth ?? 0}`
  const choice = isCut ? action.link : `${who} ${way}`
  self.choices.set(name, choice)
  return choice
}

function ruleOf(self: Checker, name: number): { readonly kind: string; readonly rule: string } {
  const { space } = self.states
  const action = namedAction(space, name)
  if ('link' in action) return { kind: 'line', rule: action.rule }
  const { kind } = space.system.actors[
    space.rows[name * ROW + ACTOR] as number
  ] as System['actors'][0]
  return { kind: kind.kind.name, rule: action.rule }
}

function nameOf(self: Checker, name: number): string {
  const { kind, rule } = ruleOf(self, name)
  return `${kind}: ${rule}`
}

/** Names of the steps of every choice that may be taken at once here, choice by choice. */
function takenAtOnce(eager: Eager, vector: Int32Array): readonly (readonly number[])[] {
  const coming = stillToCome(eager.silence, vector, 0)
  return eager.known.flatMap((_, actor) =>
    openChoices(eager, actor, vector[actor] as number)
      .filter(({ unless }) => (unless & coming) === 0)
      .map(({ ways }) => ways),
  )
}

function checkRow(self: Checker, row: number): void {
  const { rows, places } = self.states
  const at = offsetOf(rows, row)
  const here = chunkOf(rows, row).slice(at, at + places.width)
  const steps = stepsOf(self, here)
  const after = afterIn(self, here)
  for (const eager of self.reduced) {
    for (const ways of takenAtOnce(eager, here)) {
      const claimed = steps.filter(({ name }) => ways.includes(name))
      const [first] = claimed
      if (first === undefined) continue
      const rivals = steps.filter((other) =>
        other.costly ? !eager.reduction.inPeace : other.choice !== first.choice,
      )
      for (const other of rivals) {
        for (const way of claimed)
          if (!commute(self, way, other, after)) note(self, row, way, other)
        const stays = () =>
          takenAtOnce(eager, after.vector(other)).some(
            ([way]) => choiceOf(self, first.who, way as number) === first.choice,
          )
        if (!stays() && !isSwallowed(first, other, after)) note(self, row, first, other)
      }
    }
  }
}

const isSame = (a: Step, b: Step): boolean => a.high === b.high && a.low === b.low

/** Whether `step` is what `other` does, now that something else has happened. */
const isLike = (other: Step, step: Step): boolean =>
  step.who === other.who && step.costly === other.costly

/** A misfortune after which it makes no difference whether the step was taken. */
function isSwallowed(claimed: Step, other: Step, after: After): boolean {
  return (
    other.costly && after.steps(claimed).some((each) => isLike(other, each) && isSame(each, other))
  )
}

/** Whether the two lead to the same state in either order, or else one of the exceptions told above applies. */
function commute(self: Checker, claimed: Step, other: Step, after: After): boolean {
  const ends = after.steps(other).filter((each) => each.who === claimed.who && !each.costly)
  const then = after.steps(claimed).filter((each) => isLike(other, each))
  if (then.some((each) => isAmong(ends, each))) return true
  if (isSwallowed(claimed, other, after)) return true
  return isClosing(self, claimed) && then.some((each) => endsAgain(claimed, each, ends, after))
}

function isAmong(ends: readonly Step[], step: Step): boolean {
  return ends.some((each) => isSame(each, step))
}

/** A process may hang up again before this is heard: then it is heard of once, else twice. */
function isClosing({ states: { space } }: Checker, { name }: Step): boolean {
  const { local, component } = space.known[name] as Space['known'][0]
  if (local.queue < 0) return false
  const { actor } = space.system.takers[local.queue] as { actor: number }
  const cursor = cursorOf(space.blank)
  writeComponent(space.components[actor] as Components, component, cursor)
  return cursor.queues[local.queue]?.[local.nth]?.kind === ConnectionClosed
}

/**
 * Whether to hear a closing a second time leads to where hearing it once does. The way with the two is no longer than
 * the other then: the first of them is what is taken at once.
 */
function endsAgain(claimed: Step, then: Step, ends: readonly Step[], after: After): boolean {
  return after
    .steps(then)
    .some((each) => each.choice === claimed.choice && !each.costly && isAmong(ends, each))
}

function note(self: Checker, row: number, claimed: Step, other: Step): void {
  const name = nameOf(self, claimed.name)
  const pair = `${name} | ${nameOf(self, other.name)}`
  if (self.open.has(pair)) return
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
  const watching = watched(watch, space)
  const states = statesOf(space, watching, purseOf(kinds), () => fingerprints())
  const bounded = { isFull: () => states.rows.count >= options.maxStates, onRest: undefined }
  const search = levelSearch(states, bounded)
  const { claimOf } = options
  const claims = claimOf === undefined ? {} : { claimOf }
  const peace = eagerIn(space, watching, { inPeace: true, kinds, ...claims })
  const reduced =
    options.faults === 0
      ? [peace]
      : [peace, eagerIn(space, watching, { inPeace: false, kinds, ...claims })]
  const checker: Checker = { states, open: new Map(), reduced, choices: new Map() }
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
