// The fuzzing driver: chaos, then heal. In chaos it takes any enabled action, misfortunes included while
// the budget lasts; then ordinary ones only, until nothing is left to do. For property tests of models.
import type { System } from '../engine/compile.ts'
import type { Action, Json, World } from '../engine/types.ts'
import { actionOf, apply, init, localsOf, whyNot } from '../engine/world.ts'
import { CUT, costOf } from './misfortune.ts'
import { type Dice, dice } from './random.ts'
import type { OnStep } from './replay.ts'

export interface FuzzOptions {
  readonly seed: string
  /** Steps of chaos, and at most so many of healing after it. */
  readonly chaos: number
  readonly heal: number
  /** How many misfortunes at most, and of which kinds. */
  readonly faults: number
  readonly kinds: readonly string[]
  /** How likely a misfortune is taken when there is one; default 0.1. */
  readonly malice?: number
  readonly onStep?: OnStep
}

export interface Fuzzed {
  readonly script: readonly Action[]
  readonly world: World
  /** False when healing was cut short by its limit. */
  readonly atRest: boolean
  /** Slugs of the misfortunes that happened, in order. */
  readonly fired: readonly string[]
}

export interface Choice {
  readonly action: Action
  /** Slug of the misfortune it costs, or ''. */
  readonly cost: string
}

/** Choices of one actor stay what they are as long as its state and what waits for it are the same. */
interface Cached {
  readonly state: Json
  readonly queues: readonly unknown[]
  readonly choices: readonly Choice[]
}

/** Returns a function that lists all choices in a world; it remembers each actor's last answer. */
export function choicesOf(system: System): (world: World) => readonly Choice[] {
  const cache: (Cached | undefined)[] = system.actors.map(() => undefined)
  const ofActor = (world: World, index: number): readonly Choice[] => {
    const actor = system.actors[index] as System['actors'][number]
    const state = world.actors[index] as Json
    const queues = actor.ends.map((end) => world.queues[end.inbound])
    const kept = cache[index]
    if (kept?.state === state && kept.queues.every((queue, at) => queue === queues[at])) {
      return kept.choices
    }
    const locals = [...localsOf(world, actor, false), ...localsOf(world, actor, true)]
    const choices = locals.map((local) => ({
      action: actionOf(system, actor, local),
      cost: costOf(system, world, index, local),
    }))
    cache[index] = { state, queues, choices }
    return choices
  }
  return (world) => [
    ...system.actors.flatMap((_, index) => ofActor(world, index)),
    ...cutsOf(system, world),
  ]
}

function cutsOf(system: System, world: World): Choice[] {
  return system.links.flatMap((link): Choice[] => {
    const action = { link: link.id, rule: 'CutConnection' } as const
    return whyNot(system, world, action) === null ? [{ action, cost: CUT }] : []
  })
}

function pick(choices: readonly Choice[], bad: readonly Choice[], roll: Dice, malice: number) {
  const from = bad.length > 0 && (choices.length === 0 || roll.next() < malice) ? bad : choices
  return from[roll.below(from.length)]
}

export function fuzz(system: System, options: FuzzOptions): Fuzzed {
  const roll = dice(options.seed)
  const list = choicesOf(system)
  const script: Action[] = []
  const fired: string[] = []
  let world = init(system)
  for (let step = 1; step <= options.chaos + options.heal; step++) {
    const all = list(world)
    const good = all.filter((choice) => choice.cost === '')
    const spent = step > options.chaos || fired.length >= options.faults
    const bad = spent ? [] : all.filter((choice) => options.kinds.includes(choice.cost))
    const chosen = pick(good, bad, roll, options.malice ?? 0.1)
    if (chosen === undefined) return { script, world, atRest: true, fired }
    const next = apply(system, world, chosen.action)
    world = next.world
    script.push(chosen.action)
    if (chosen.cost !== '') fired.push(chosen.cost)
    options.onStep?.(step, chosen.action, next.observations, world)
  }
  const atRest = list(world).every((choice) => choice.cost !== '')
  return { script, world, atRest, fired }
}
