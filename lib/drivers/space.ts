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
  cursorOf,
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

interface Tables {
  readonly states: Intern<Json>
  readonly queues: Intern<readonly Envelope[]>
  readonly transitions: Transition[]
}

/** Lets `act` happen in a copy of the world and notes which numbers changed. */
function note(
  tables: Tables,
  world: World,
  what: { readonly action: Action; readonly cost: string },
  act: (cursor: Cursor) => readonly Observation[],
): Transition {
  const cursor = cursorOf(world)
  const observations = act(cursor)
  const slots: number[] = []
  const values: number[] = []
  cursor.actors.forEach((state, i) => {
    if (state === world.actors[i]) return
    slots.push(i)
    values.push(tables.states.idOf(state))
  })
  cursor.queues.forEach((queue, q) => {
    if (queue === world.queues[q]) return
    slots.push(cursor.actors.length + q)
    values.push(tables.queues.idOf(queue))
  })
  const transition = { id: tables.transitions.length, ...what, slots, values, observations }
  tables.transitions.push(transition)
  return transition
}

function ofActor(system: System, tables: Tables, world: World, actor: Actor): Transition[] {
  const locals = [...localsOf(world, actor, false), ...localsOf(world, actor, true)]
  return locals.map((local: Local) => {
    const cost = costOf(system, world, actor.index, local)
    const action = actionOf(system, actor, local)
    const act = (cursor: Cursor) => perform(system, cursor, actor, local, SILENT)
    return note(tables, world, { action, cost }, act)
  })
}

function ofLink(system: System, tables: Tables, world: World, id: string): Transition[] {
  const action = { link: id, rule: 'CutConnection' } as const
  if (whyNot(system, world, action) !== null) return []
  const act = (cursor: Cursor) => performOnLink(system, cursor, action, SILENT)
  return [note(tables, world, { action, cost: CUT }, act)]
}

/** What each actor, and after them each link, can see: slots of the vector. */
function viewsOf(system: System): readonly (readonly number[])[] {
  const count = system.actors.length
  return [
    ...system.actors.map((actor) => [
      actor.index,
      ...actor.ends.flatMap((end) => [count + end.inbound, count + end.outbound]),
    ]),
    ...system.links.map((link) => [count + 2 * link.index, count + 2 * link.index + 1]),
  ]
}

/** Beyond this many remembered answers an actor's memory is emptied: it may not grow without end. */
const REMEMBERED = 300_000

export function spaceOf(system: System): Space {
  const count = system.actors.length
  const tables: Tables = { states: intern(), queues: intern(), transitions: [] }
  const { states, queues, transitions } = tables
  const views = viewsOf(system)
  const memories = views.map(() => new Map<string, readonly Transition[]>())
  const healthy = system.links.map(() => 1)
  const first = init(system)
  const start = Int32Array.from([
    ...first.actors.map(states.idOf),
    ...first.queues.map(queues.idOf),
  ])

  const worldAt = (vectors: Int32Array, from: number): World => ({
    actors: system.actors.map((_, i) => states.valueOf(vectors[from + i] as number)),
    queues: first.queues.map((_, q) => queues.valueOf(vectors[from + count + q] as number)),
    slow: healthy,
  })

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
        ? ofLink(system, tables, world, (system.links[view - count] as { id: string }).id)
        : ofActor(system, tables, world, actor)
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
