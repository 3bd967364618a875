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
import { type Tuples, tuples } from './tuples.ts'

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

/** What is possible in one view: ordinary steps and misfortunes apart. */
export interface Moves {
  readonly ordinary: readonly Transition[]
  readonly misfortunes: readonly Transition[]
}

export interface Space {
  /** Numbers a vector: one an actor, then two a link. */
  readonly width: number
  readonly start: Int32Array
  /** Each actor has its view of a vector, and so has each link. */
  readonly views: number
  /** What is possible in one view of the vector that begins at `from`. */
  readonly at: (view: number, vectors: Int32Array, from: number) => Moves
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

const NOTHING: Moves = { ordinary: [], misfortunes: [] }

/** The space around a world; without one, around the system's first. */
export function spaceOf(system: System, from: World = init(system)): Space {
  const count = system.actors.length
  const tables: Tables = { states: intern(), queues: intern(), transitions: [] }
  const { states, queues, transitions } = tables
  const memories = viewsOf(system).map((slots) => tuples<Moves>(slots))
  const healthy = system.links.map(() => 1)
  const start = Int32Array.from([...from.actors.map(states.idOf), ...from.queues.map(queues.idOf)])

  const worldAt = (vectors: Int32Array, at: number): World => ({
    actors: system.actors.map((_, i) => states.valueOf(vectors[at + i] as number)),
    queues: from.queues.map((_, q) => queues.valueOf(vectors[at + count + q] as number)),
    slow: healthy,
  })

  function find(view: number, world: World): Moves {
    const actor = system.actors[view]
    const found =
      actor === undefined
        ? ofLink(system, tables, world, (system.links[view - count] as { id: string }).id)
        : ofActor(system, tables, world, actor)
    if (found.length === 0) return NOTHING
    return {
      ordinary: found.filter((transition) => transition.cost === ''),
      misfortunes: found.filter((transition) => transition.cost !== ''),
    }
  }

  return {
    width: start.length,
    start,
    views: memories.length,
    at(view, vectors, at) {
      const memory = memories[view] as Tuples<Moves>
      const known = memory.get(vectors, at)
      if (known !== undefined) return known
      const moves = find(view, worldAt(vectors, at))
      memory.add(vectors, at, moves)
      return moves
    },
    transition: (id) => transitions[id] as Transition,
    worldAt,
  }
}
