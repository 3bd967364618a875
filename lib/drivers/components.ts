// Components: an actor's state together with what waits for it. A world is a short vector of them, one number
// an actor, because each queue has one taker (SPIN's COLLAPSE, exploration.md 8).

import type { Actor, System } from '../engine/compile.ts'
import type { Envelope, Json, World } from '../engine/types.ts'
import type { Cursor } from '../engine/world.ts'
import { grown, type Ints } from './growing.ts'
import { hashesOf, type Intern, intern, internTuples, type TupleIntern } from './interning.ts'

/** The components of one actor. */
export interface Components {
  readonly actor: Actor
  /** What each adds to the two sums of a fingerprint. */
  high: Ints
  low: Ints
  readonly states: Intern<Json>
  readonly queues: Intern<readonly Envelope[]>
  readonly tuples: TupleIntern
}

function componentsOfActor(actor: Actor, queues: Intern<readonly Envelope[]>): Components {
  const tuples = internTuples(1 + actor.ends.length)
  return {
    actor,
    high: new Int32Array(16),
    low: new Int32Array(16),
    states: intern(),
    queues,
    tuples,
  }
}

/** Number of what this actor is and has before it in a world. */
export function readComponent(self: Components, world: World | Cursor): number {
  const { actor, queues, states, tuples } = self
  const parts = [states.idOf(world.actors[actor.index] as Json)]
  for (const end of actor.ends) {
    parts.push(queues.idOf(world.queues[end.inbound] as readonly Envelope[]))
  }
  const before = tuples.size()
  const id = tuples.idOf(parts)
  if (id === before) enter(self, id, parts)
  return id
}

function enter(self: Components, id: number, parts: readonly number[]): void {
  const { actor, queues, states } = self
  const hashes = parts.map((part, at) => (at === 0 ? states : queues).hashOf(part))
  const [high, low] = hashesOf(`${actor.index} ${hashes.join(' ')}`)
  self.high = grown(self.high, id + 1)
  self.low = grown(self.low, id + 1)
  self.high[id] = high
  self.low[id] = low
}

/** A component as plain data, for somebody else who has other numbers. */
export function tellComponent(self: Components, id: number): Json {
  const { queues, states, tuples, actor } = self
  const waiting = actor.ends.map((_, at) => queues.valueOf(tuples.at(id, at + 1)))
  return [states.valueOf(tuples.at(id, 0)), waiting as unknown as Json]
}

/** The number of a component that somebody else told of. */
export function hearComponent(self: Components, told: Json): number {
  const [state, waiting] = told as unknown as [Json, (readonly Envelope[])[]]
  const { actor } = self
  const actors: Json[] = []
  const inbound: (readonly Envelope[])[] = []
  actors[actor.index] = state
  actor.ends.forEach((end, at) => {
    inbound[end.inbound] = waiting[at] as readonly Envelope[]
  })
  return readComponent(self, { actors, queues: inbound, slow: [] })
}

/** Puts a component into a world. */
export function writeComponent(self: Components, id: number, into: Cursor): void {
  const { actor, queues, states, tuples } = self
  into.actors[actor.index] = states.valueOf(tuples.at(id, 0))
  actor.ends.forEach((end, at) => {
    into.queues[end.inbound] = queues.valueOf(tuples.at(id, at + 1))
  })
}

export function componentsOf(system: System): readonly Components[] {
  const queues = intern<readonly Envelope[]>()
  return system.actors.map((actor) => componentsOfActor(actor, queues))
}
