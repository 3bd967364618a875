// The space of a system's worlds, written as short vectors of components. What an actor may do depends on its
// own component alone, so it is found out once for each; what that does to a peer depends on the peer's
// component, and is remembered by both. No rule knows of this, and none is written twice: every transition
// is made by `perform`.
import type { Actor, System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type { Action, Envelope, Json, Observation, World } from '../engine/types.ts'
import { ConnectionClosed } from '../engine/types.ts'
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
import { type Components, componentsOf } from './components.ts'
import { grown, type Ints } from './growing.ts'
import { type Intern, intern } from './interning.ts'
import { CUT, costOf } from './misfortune.ts'
import { Pairs } from './pairs.ts'

/** Numbers a transition's row holds. */
export const ROW = 7
export const SELF = 0
/** Number of what was observed; 0 for nothing. */
export const SEEN = 1
/** Number of the misfortune it costs (see `Space.costs`); 0 for an ordinary step. */
export const COST = 2
/** Where in `peers` it says whom it touches besides: a count, then pairs of actor and delivery. */
export const PEERS = 3
export const ACTOR = 4
/** Number of the choice this step belongs to: the same for steps that exclude each other in their actor. */
export const CHOICE = 5
/** What every way to go on in that choice claims: IN_PEACE, ALWAYS, or 0 for nothing. */
export const CLAIM = 6
export const IN_PEACE = 1
export const ALWAYS = 2

/** By this a link's cut is named where a transition is. */
export const cutName = (link: number): number => -2 - link
const NO_CUT = -1

/** The system's worlds as numbers. Arrays are replaced when they grow: read them anew after every `find`. */
export interface Space {
  readonly system: System
  readonly components: readonly Components[]
  readonly start: Int32Array
  /** Slugs of misfortunes by number; the first is none. */
  readonly costs: readonly string[]
  /** Per actor, per component: where in `list` its moves begin; 0 while unknown. */
  readonly firstMove: Ints[]
  /** From where moves begin: how many are ordinary, how many cost something, and then which they are. */
  list: Int32Array
  /** ROW numbers a transition. */
  rows: Int32Array
  peers: Int32Array
  /** Finds out what this actor may do in this component; returns where in `list` that begins. */
  readonly find: (actor: number, component: number) => number
  /** What a delivery makes of a component of its receiver. */
  readonly deliver: (delivery: number, transition: number, component: number) => number
  /** What a cut of this link makes of a component at one of its ends; -1 where it cannot be cut. */
  readonly cut: (link: number, actor: number, component: number) => number
  readonly actionOf: (name: number) => Action
  readonly observations: (seen: number) => readonly Observation[]
  readonly worldAt: (vectors: Int32Array, from: number) => World
  readonly read: (world: World) => Int32Array
}

/** What stands in a queue while it is asked what an action would do to it. */
const MARK: readonly Envelope[] = [{ kind: '' }]
const CLOSED: readonly Envelope[] = [{ kind: ConnectionClosed }]

interface Known {
  readonly local: Local
  readonly component: number
}
interface Entry extends Known {
  readonly cost: number
  readonly claim: number
}

class TypedSpace implements Space {
  readonly system: System
  readonly components: readonly Components[]
  readonly start: Int32Array
  readonly costs: string[] = ['']
  readonly firstMove: Ints[]
  list = new Int32Array(1024)
  rows = new Int32Array(1024)
  peers = new Int32Array(1024)
  private listed = 1
  private transitions = 0
  private peered = 1
  private readonly known: Known[] = []
  private readonly actions: Action[] = []
  private readonly seen: Intern<readonly Observation[]> = intern()
  private readonly deliveries: Intern<Json> = intern()
  private readonly delivered = new Pairs()
  private readonly cuts: Ints[]
  /** Queues from one actor to another: what a delivery may change. */
  private readonly between: readonly (readonly (readonly number[])[])[]
  private readonly blank: Cursor

  constructor(system: System, from: World) {
    this.system = system
    this.components = componentsOf(system)
    this.blank = cursorOf(from)
    this.firstMove = system.actors.map(() => new Int32Array(16))
    this.cuts = system.links.flatMap(() => [new Int32Array(16), new Int32Array(16)])
    this.seen.idOf([])
    this.between = system.actors.map((actor) =>
      system.actors.map((peer) =>
        peer === actor
          ? []
          : actor.ends
              .map((end) => end.outbound)
              .filter((queue) => system.takers[queue]?.actor === peer.index),
      ),
    )
    this.start = this.read(from)
  }

  read(world: World): Int32Array {
    return Int32Array.from(this.components, (each) => each.read(world))
  }

  worldAt(vectors: Int32Array, from: number): World {
    const cursor = cursorOf(this.blank)
    this.components.forEach((each, i) => {
      each.write(vectors[from + i] as number, cursor)
    })
    return { ...cursor, slow: cursor.slow.map(() => 1) }
  }

  observations(seen: number): readonly Observation[] {
    return this.seen.valueOf(seen)
  }

  actionOf(name: number): Action {
    if (name >= 0) return this.actions[name] as Action
    return { link: (this.system.links[-2 - name] as { id: string }).id, rule: 'CutConnection' }
  }

  costOf(slug: string): number {
    const known = this.costs.indexOf(slug)
    return known >= 0 ? known : this.costs.push(slug) - 1
  }

  find(index: number, component: number): number {
    const actor = this.system.actors[index] as Actor
    const cursor = cursorOf(this.blank)
    ;(this.components[index] as Components).write(component, cursor)
    const locals = [...localsOf(cursor, actor, false), ...localsOf(cursor, actor, true)]
    const found = locals.map((local) => {
      const cost = this.costOf(costOf(this.system, cursor, index, local))
      const claim = cost === 0 ? claimOf(locals, local) : 0
      return this.enter(actor, { local, component, cost, claim }, cursor)
    })
    const ordinary = found.filter((id) => this.rows[id * ROW + COST] === 0)
    const costly = found.filter((id) => this.rows[id * ROW + COST] !== 0)
    const at = this.listed
    this.listed += 2 + found.length
    this.list = grown(this.list, this.listed)
    this.list.set([ordinary.length, costly.length, ...ordinary, ...costly], at)
    const first = grown(this.firstMove[index] as Ints, component + 1)
    first[component] = at
    this.firstMove[index] = first
    return at
  }

  /** Lets one thing happen, once, and notes what it changes. */
  private enter(actor: Actor, { local, component, cost, claim }: Entry, world: Cursor): number {
    const id = this.transitions++
    const marked = this.probe(actor, local, world, MARK)
    const closed = this.probe(actor, local, world, CLOSED)
    const peers = this.system.actors.flatMap((peer) => {
      const queues = this.between[actor.index]?.[peer.index] ?? []
      const changes = queues.map((q) => [marked.world.queues[q], closed.world.queues[q]])
      const untouched = changes.every(([a, b]) => a === MARK && b === CLOSED)
      if (untouched) return []
      return [
        peer.index,
        this.deliveries.idOf([actor.index, peer.index, changes] as unknown as Json),
      ]
    })
    const self = (this.components[actor.index] as Components).read(marked.world)
    const at = this.peered
    this.peered += 1 + peers.length
    this.peers = grown(this.peers, this.peered)
    this.peers.set([peers.length >> 1, ...peers], at)
    const seen = this.seen.idOf(marked.observations)
    this.rows = grown(this.rows, (id + 1) * ROW)
    this.rows.set([self, seen, cost, at, actor.index, choiceOf(local), claim], id * ROW)
    this.known.push({ local, component })
    this.actions.push(actionOf(this.system, actor, local))
    return id
  }

  /** A queue that an actor both fills and takes from is part of its own component: no mark stands there. */
  private probe(actor: Actor, local: Local, world: Cursor, mark: readonly Envelope[]) {
    const cursor = cursorOf(world)
    for (const end of actor.ends) {
      if (this.system.takers[end.outbound]?.actor !== actor.index)
        cursor.queues[end.outbound] = mark
    }
    const observations = perform(this.system, cursor, actor, local, SILENT)
    return { world: cursor, observations }
  }

  deliver(delivery: number, transition: number, component: number): number {
    const known = this.delivered.get(delivery, component)
    if (known >= 0) return known
    const index = this.rows[transition * ROW + ACTOR] as number
    const [, peer] = this.deliveries.valueOf(delivery) as readonly [number, number]
    const cursor = cursorOf(this.blank)
    const { local, component: own } = this.known[transition] as Known
    ;(this.components[index] as Components).write(own, cursor)
    const receiver = this.components[peer] as Components
    receiver.write(component, cursor)
    perform(this.system, cursor, this.system.actors[index] as Actor, local, SILENT)
    const after = receiver.read(cursor)
    this.delivered.add(delivery, component, after)
    return after
  }

  cut(link: number, index: number, component: number): number {
    const { fromIndex } = this.system.links[link] as { fromIndex: number }
    const side = 2 * link + (index === fromIndex ? 0 : 1)
    const memory = this.cuts[side] as Ints
    const known = component < memory.length ? (memory[component] as number) : 0
    if (known !== 0) return known > 0 ? known - 1 : NO_CUT
    const after = this.findCut(link, index, component)
    const bigger = grown(memory, component + 1)
    bigger[component] = after === NO_CUT ? -1 : after + 1
    this.cuts[side] = bigger
    return after
  }

  private findCut(link: number, index: number, component: number): number {
    const own = this.components[index] as Components
    const cursor = cursorOf(this.blank)
    for (const queue of [2 * link, 2 * link + 1]) cursor.queues[queue] = []
    own.write(component, cursor)
    const action = {
      link: (this.system.links[link] as { id: string }).id,
      rule: 'CutConnection',
    } as const
    if (whyNot(this.system, cursor, action) !== null) return NO_CUT
    performOnLink(this.system, cursor, action, SILENT)
    return own.read(cursor)
  }
}

/** Steps that take the same envelope, or that are one spontaneous rule's, are one choice. */
function choiceOf({ queue, nth, rule }: Local): number {
  return queue >= 0 ? 2 * (64 * queue + nth) : 1 + 2 * rule.index
}

/** What every ordinary way to go on in this choice claims. */
function claimOf(locals: readonly Local[], local: Local): number {
  const choice = choiceOf(local)
  let least = ALWAYS
  for (const each of locals) {
    const { fault, commutes } = each.rule.rule
    if (fault !== undefined || choiceOf(each) !== choice) continue
    least = Math.min(least, commutes === true ? ALWAYS : commutes === undefined ? 0 : IN_PEACE)
  }
  return least
}

/** The space around a world; without one, around the system's first. */
export function spaceOf(system: System, from: World = init(system)): Space {
  const space = new TypedSpace(system, from)
  space.costOf(CUT)
  return space
}
