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
  /** As a reduced search sees it: with misfortunes to come, and in peace. */
  readonly reduced: readonly Eager[]
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
  const later = new Map<Step, readonly Step[]>()
  const after = (step: Step) => {
    const known = later.get(step) ?? stepsOf(self, step.vector)
    later.set(step, known)
    return known
  }
  for (const eager of self.reduced) {
    for (const ways of takenAtOnce(eager, here)) {
      const claimed = steps.filter(({ name }) => ways.includes(name))
      const rivals = steps.filter((other) =>
        other.costly ? !eager.reduction.inPeace : other.choice !== claimed[0]?.choice,
      )
      for (const other of rivals) {
        for (const way of claimed) compare(self, row, way, other, after)
        const stays = () =>
          takenAtOnce(eager, other.vector).some(
            ([way]) =>
              choiceOf(self, claimed[0]?.who as number, way as number) === claimed[0]?.choice,
          )
        const [first] = claimed
        if (first !== undefined && !isSwallowed(first, other, after) && !stays())
          note(self, row, first, other)
      }
    }
  }
}

/** What `other` does after `claimed`. */
function thenOther(claimed: Step, other: Step, after: (s: Step) => readonly Step[]) {
  return after(claimed).filter((s) => s.who === other.who && s.costly === other.costly)
}

/** A misfortune after which it makes no difference whether the step was taken. */
function isSwallowed(claimed: Step, other: Step, after: (s: Step) => readonly Step[]): boolean {
  return other.costly && thenOther(claimed, other, after).some((each) => each.key === other.key)
}

function compare(
  self: Checker,
  row: number,
  claimed: Step,
  other: Step,
  after: (s: Step) => readonly Step[],
) {
  if (isSwallowed(claimed, other, after)) return
  const two = after(other).filter((s) => s.who === claimed.who && !s.costly)
  const ends = new Set(two.map((each) => each.key))
  const then = thenOther(claimed, other, after)
  if (then.some((each) => ends.has(each.key))) return
  if (isClosing(self, claimed) && then.some((each) => endsAgain(claimed, each, ends, after))) return
  note(self, row, claimed, other)
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
function endsAgain(
  claimed: Step,
  then: Step,
  ends: ReadonlySet<string>,
  after: (s: Step) => readonly Step[],
): boolean {
  return after(then).some(
    (each) => each.choice === claimed.choice && !each.costly && ends.has(each.key),
  )
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
  const checker: Checker = { states, open: new Map(), reduced }
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
