// The check of `commutes`: in every state of a small world, each step of a rule that claims to commute and
// each other thing that can happen there must make a diamond: in either order they lead to the same state.
// What the same actor does in another choice counts as another thing; so does a misfortune, unless asked
// not to. A misfortune may also swallow the step: then it leads to the same state with and without it.
import type { System } from '../engine/compile.ts'
import type { Action } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { movesOf } from './eager.ts'
import { FULL, LevelSearch } from './levels.ts'
import { misfortunesOf } from './misfortune.ts'
import { purseOf } from './purse.ts'
import { States } from './reach.ts'
import { Fingerprints } from './seen.ts'
import { ACTOR, COST, cutName, ROW, type Space, spaceOf } from './space.ts'
import { Watched } from './watched.ts'

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

class Checker {
  readonly states: States
  private readonly open = new Map<string, OpenDiamond>()
  private readonly claimOf: (rule: string, claim: Claim) => Claim

  constructor(states: States, options: DiamondOptions) {
    this.states = states
    this.claimOf = options.claimOf ?? ((_rule, claim) => claim)
  }

  private step(next: number, more: Pick<Step, 'who' | 'name' | 'choice' | 'costly'>): Step {
    const { rows, places } = this.states
    const chunk = rows.chunk(next)
    const at = rows.offset(next)
    const vector = chunk.slice(at, at + places.width)
    rows.count = next
    return { ...more, vector, key: `${vector[places.high]},${vector[places.low]}` }
  }

  /** Everything that can happen in a state. */
  private steps(vector: Int32Array): readonly Step[] {
    const { states } = this
    const { space } = states
    const found: Step[] = []
    for (let who = 0; who < space.start.length; who++) {
      const list = movesOf(space, who, vector[who] as number)
      const count = (space.list[list] as number) + (space.list[list + 1] as number)
      for (let k = 0; k < count; k++) {
        const name = space.list[list + 2 + k] as number
        const costly = space.rows[name * ROW + COST] !== 0
        const next = states.tryStep(vector, 0, name)
        if (costly && !states.pay(next, states.costOf(name))) states.drop(next)
        else found.push(this.step(next, { who, name, costly, choice: this.choiceOf(who, name) }))
      }
    }
    for (const { index, mode } of space.system.links) {
      const next = mode === 'connection' ? states.tryCut(vector, 0, index) : -1
      if (next < 0) continue
      const name = cutName(index)
      if (!states.pay(next, 1)) states.drop(next)
      else found.push(this.step(next, { who: name, name, costly: true, choice: `${name}` }))
    }
    return found
  }

  private choiceOf(who: number, name: number): string {
    const action = this.states.space.actionOf(name)
    if ('link' in action) return action.link
    const way = action.via === undefined ? action.rule : `<${action.via} ${action.nth ?? 0}`
    return `${who} ${way}`
  }

  private ruleOf(name: number): {
    readonly kind: string
    readonly rule: string
    readonly claims: Claim
  } {
    const { space } = this.states
    const action = space.actionOf(name)
    if ('link' in action) return { kind: 'line', rule: action.rule, claims: null }
    const { kind } = space.system.actors[
      space.rows[name * ROW + ACTOR] as number
    ] as System['actors'][0]
    const rule = kind.rules.find((each) => each.rule.name === action.rule)
    return { kind: kind.kind.name, rule: action.rule, claims: rule?.rule.commutes ?? null }
  }

  private nameOf(name: number): string {
    const { kind, rule } = this.ruleOf(name)
    return `${kind}: ${rule}`
  }

  check(row: number): void {
    const { rows, places } = this.states
    const at = rows.offset(row)
    const here = rows.chunk(row).slice(at, at + places.width)
    const steps = this.steps(here)
    const later = new Map<Step, readonly Step[]>()
    const after = (step: Step) => {
      const known = later.get(step) ?? this.steps(step.vector)
      later.set(step, known)
      return known
    }
    for (const claimed of steps) {
      const { rule, claims } = this.ruleOf(claimed.name)
      const claim = claimed.costly ? null : this.claimOf(rule, claims)
      if (claim === null) continue
      for (const other of steps) {
        if (other.costly ? claim !== true : other.choice === claimed.choice) continue
        this.compare(row, claimed, other, after)
      }
    }
  }

  private compare(row: number, claimed: Step, other: Step, after: (s: Step) => readonly Step[]) {
    const name = this.nameOf(claimed.name)
    const pair = `${name} | ${this.nameOf(other.name)}`
    if (this.open.has(pair)) return
    const one = after(claimed).filter((s) => s.who === other.who && s.costly === other.costly)
    const two = after(other).filter((s) => s.who === claimed.who && !s.costly)
    const ends = new Set(two.map((each) => each.key))
    const swallowed = other.costly && one.some((each) => each.key === other.key)
    if (swallowed || one.some((each) => ends.has(each.key))) return
    const { space } = this.states
    this.open.set(pair, {
      rule: name,
      other: this.nameOf(other.name),
      script: this.states.wayTo(row).map((each) => space.actionOf(each)),
      actions: [space.actionOf(claimed.name), space.actionOf(other.name)],
    })
  }

  found(): readonly OpenDiamond[] {
    return [...this.open.values()]
  }
}

/** One example for each pair of rules that do not commute; none when every claim holds within the bounds. */
export function openDiamonds(
  system: System,
  watch: Watch,
  options: DiamondOptions,
): readonly OpenDiamond[] {
  const space = options.space ?? spaceOf(system)
  const kinds = options.kinds ?? misfortunesOf(system)
  const states = new States(
    space,
    new Watched(watch, space),
    purseOf(kinds),
    () => new Fingerprints(),
  )
  const bounded = { isFull: () => states.count >= options.maxStates, onRest: undefined }
  const search = new LevelSearch(states, bounded)
  const checker = new Checker(states, options)
  let before = null
  for (let faults = 0; faults <= options.faults; faults++) {
    const level = search.level(before, { faults, eager: null, release: false })
    let next = level.next()
    while (next.done !== true) next = level.next()
    const [ended, layers] = next.value
    before = layers
    if (ended === FULL) break
  }
  for (let row = 0, count = states.count; row < count; row++) checker.check(row)
  return checker.found()
}
