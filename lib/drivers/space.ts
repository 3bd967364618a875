// The space of a system's worlds, written as short vectors of integers: every state of an actor and every
// content of a queue gets a number the first time it is met (SPIN's COLLAPSE), and what an actor may do is
// remembered by the numbers of what it can see. No rule knows of this, and none is written twice:
// every transition is made by `perform`, once.
import type { Actor, System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type { Action, Envelope, Json, Observation, World } from '../engine/types.ts'
import {
  actionOf,
  type Cursor,
  init,
  localsOf,
  perform,
  performOnLink,
  SILENT,
  whyNot,
} from '../engine/world.ts'
import { canonical } from './canonical.ts'
import { CUT, costOf } from './misfortune.ts'

/** What one action does to a vector, wherever the same actor sees the same. */
export interface Transition {
  readonly id: number
  readonly action: Action
  /** Slug of the misfortune it costs, or ''. */
  readonly cost: string
  readonly slots: readonly number[]
  readonly values: readonly number[]
  readonly observations: readonly Observation[]
}

export interface Space {
  /** Numbers a vector: one an actor, then two a link. */
  readonly width: number
  readonly start: Int32Array
  /** Groups of transitions that are possible at the vector that begins at `from`. */
  readonly at: (vectors: Int32Array, from: number) => readonly (readonly Transition[])[]
  readonly transition: (id: number) => Transition
  readonly worldAt: (vectors: Int32Array, from: number) => World
}

interface Intern<T> {
  readonly idOf: (value: T) => number
  readonly valueOf: (id: number) => T
}

function intern<T>(): Intern<T> {
  const ids = new Map<string, number>()
  const values: T[] = []
  return {
    idOf(value) {
      const text = canonical(value)
      const known = ids.get(text)
      if (known !== undefined) return known
      ids.set(text, values.length)
      return values.push(value) - 1
    },
    valueOf: (id) => values[id] as T,
  }
}

/** Beyond this many remembered answers an actor's memory is emptied: it may not grow without end. */
const REMEMBERED = 300_000

export function spaceOf(system: System): Space {
  const count = system.actors.length
  const states = intern<Json>()
  const queues = intern<readonly Envelope[]>()
  const transitions: Transition[] = []
  const memories = Array.from(
    { length: count + system.links.length },
    () => new Map<string, readonly Transition[]>(),
  )
  const healthy = system.links.map(() => 1)

  const worldAt = (vectors: Int32Array, from: number): World => ({
    actors: system.actors.map((_, i) => states.valueOf(vectors[from + i] as number)),
    queues: Array.from({ length: 2 * system.links.length }, (_, q) =>
      queues.valueOf(vectors[from + count + q] as number),
    ),
    slow: healthy,
  })

  const start = (() => {
    const world = init(system)
    const ids = [...world.actors.map(states.idOf), ...world.queues.map(queues.idOf)]
    return Int32Array.from(ids)
  })()

  /** Lets `act` happen in a copy of the world and notes which numbers changed. */
  function note(
    world: World,
    action: Action,
    cost: string,
    act: (cursor: Cursor) => readonly Observation[],
  ): Transition {
    const cursor = { actors: [...world.actors], queues: [...world.queues], slow: [...world.slow] }
    const observations = act(cursor)
    const slots: number[] = []
    const values: number[] = []
    cursor.actors.forEach((state, i) => {
      if (state === world.actors[i]) return
      slots.push(i)
      values.push(states.idOf(state))
    })
    cursor.queues.forEach((queue, q) => {
      if (queue === world.queues[q]) return
      slots.push(count + q)
      values.push(queues.idOf(queue))
    })
    const transition = { id: transitions.length, action, cost, slots, values, observations }
    transitions.push(transition)
    return transition
  }

  function ofActor(world: World, actor: Actor): readonly Transition[] {
    const locals = [...localsOf(world, actor, false), ...localsOf(world, actor, true)]
    return locals.map((local: Local) => {
      const cost = costOf(system, world, actor.index, local)
      const action = actionOf(system, actor, local)
      return note(world, action, cost, (cursor) => perform(system, cursor, actor, local, SILENT))
    })
  }

  function ofLink(world: World, link: System['links'][number]): readonly Transition[] {
    const action = { link: link.id, rule: 'CutConnection' } as const
    if (whyNot(system, world, action) !== null) return []
    return [note(world, action, CUT, (cursor) => performOnLink(system, cursor, action, SILENT))]
  }

  /** What each actor, and after them each link, can see: slots of the vector. */
  const views: readonly (readonly number[])[] = [
    ...system.actors.map((actor) => [
      actor.index,
      ...actor.ends.flatMap((end) => [count + end.inbound, count + end.outbound]),
    ]),
    ...system.links.map((link) => [count + 2 * link.index, count + 2 * link.index + 1]),
  ]

  function remembered(vectors: Int32Array, from: number, view: number): readonly Transition[] {
    let key = ''
    for (const slot of views[view] as readonly number[]) key += `${vectors[from + slot]},`
    const memory = memories[view] as Map<string, readonly Transition[]>
    const known = memory.get(key)
    if (known !== undefined) return known
    if (memory.size >= REMEMBERED) memory.clear()
    const world = worldAt(vectors, from)
    const actor = system.actors[view]
    const found =
      actor === undefined
        ? ofLink(world, system.links[view - count] as System['links'][number])
        : ofActor(world, actor)
    memory.set(key, found)
    return found
  }

  return {
    width: start.length,
    start,
    at: (vectors, from) => views.map((_, view) => remembered(vectors, from, view)),
    transition: (id) => transitions[id] as Transition,
    worldAt,
  }
}
