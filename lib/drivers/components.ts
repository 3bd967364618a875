// Components: an actor's state together with what waits for it. A world is a short vector of them, one number
// an actor, because each queue has one taker (SPIN's COLLAPSE, exploration.md 8).
import type { Actor, System } from '../engine/compile.ts'
import type { Envelope, Json, World } from '../engine/types.ts'
import type { Cursor } from '../engine/world.ts'
import { grown } from './growing.ts'
import { hashesOf, type Intern, intern, internTuples, type TupleIntern } from './interning.ts'

/** The components of one actor. */
export class Components {
  readonly actor: Actor
  /** What each adds to the two sums of a fingerprint. */
  high = new Int32Array(16)
  low = new Int32Array(16)
  private readonly states: Intern<Json>
  private readonly queues: Intern<readonly Envelope[]>
  private readonly tuples: TupleIntern

  constructor(actor: Actor, queues: Intern<readonly Envelope[]>) {
    this.actor = actor
    this.states = intern()
    this.queues = queues
    this.tuples = internTuples(1 + actor.ends.length)
  }

  get size(): number {
    return this.tuples.size()
  }

  /** Number of what this actor is and has before it in a world. */
  read(world: World | Cursor): number {
    const { actor, queues, states, tuples } = this
    const parts = [states.idOf(world.actors[actor.index] as Json)]
    for (const end of actor.ends) {
      parts.push(queues.idOf(world.queues[end.inbound] as readonly Envelope[]))
    }
    const before = tuples.size()
    const id = tuples.idOf(parts)
    if (id === before) this.enter(id, parts)
    return id
  }

  private enter(id: number, parts: readonly number[]): void {
    const { actor, queues, states } = this
    const hashes = parts.map((part, at) => (at === 0 ? states : queues).hashOf(part))
    const [high, low] = hashesOf(`${actor.index} ${hashes.join(' ')}`)
    this.high = grown(this.high, id + 1)
    this.low = grown(this.low, id + 1)
    this.high[id] = high
    this.low[id] = low
  }

  /** A component as plain data, for somebody else who has other numbers. */
  export(id: number): Json {
    const { queues, states, tuples, actor } = this
    const waiting = actor.ends.map((_, at) => queues.valueOf(tuples.at(id, at + 1)))
    return [states.valueOf(tuples.at(id, 0)), waiting as unknown as Json]
  }

  /** The number of a component that somebody else told of. */
  import(told: Json): number {
    const [state, waiting] = told as unknown as [Json, (readonly Envelope[])[]]
    const { actor } = this
    const actors: Json[] = []
    const inbound: (readonly Envelope[])[] = []
    actors[actor.index] = state
    actor.ends.forEach((end, at) => {
      inbound[end.inbound] = waiting[at] as readonly Envelope[]
    })
    return this.read({ actors, queues: inbound, slow: [] })
  }

  /** Puts a component into a world. */
  write(id: number, into: Cursor): void {
    const { actor, queues, states, tuples } = this
    into.actors[actor.index] = states.valueOf(tuples.at(id, 0))
    actor.ends.forEach((end, at) => {
      into.queues[end.inbound] = queues.valueOf(tuples.at(id, at + 1))
    })
  }
}

export function componentsOf(system: System): readonly Components[] {
  const queues = intern<readonly Envelope[]>()
  return system.actors.map((actor) => new Components(actor, queues))
}
