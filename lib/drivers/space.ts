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
import { type Components, componentsOf, readComponent, writeComponent } from './components.ts'
import { grown, type Ints } from './growing.ts'
import { type Intern, intern } from './interning.ts'
import { CUT, costOf } from './misfortune.ts'
import { type Pairs, pairs, recall, remember } from './pairs.ts'

/** Numbers a transition's row holds. */
export const ROW = 6
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

/** By this a link's cut is named where a transition is. */
export const cutName = (link: number): number => -2 - link
export const cutLink = (name: number): number => -2 - name
/** What stands for the component behind a cut where there can be none. */
export const NO_CUT = -1

/** The system's worlds as numbers. Arrays are replaced when they grow: read them anew after every `find`. */
export interface Space {
  readonly system: System
  readonly components: readonly Components[]
  readonly start: Ints
  /** Slugs of misfortunes by number; the first is none. */
  readonly costs: string[]
  /** Misfortunes that are looked for at all; null: every one. */
  readonly kinds: readonly string[] | null
  /** Per actor, per component: where in `list` its moves begin; 0 while unknown. */
  readonly firstMove: Ints[]
  /** From where moves begin: how many are ordinary, how many cost something, and then which they are. */
  list: Ints
  /** ROW numbers a transition. */
  rows: Ints
  peers: Ints
  listed: number
  transitions: number
  peered: number
  readonly known: Known[]
  readonly actions: Action[]
  readonly seen: Intern<readonly Observation[]>
  readonly deliveries: Intern<Json>
  readonly delivered: Pairs
  readonly cuts: Ints[]
  /** Queues from one actor to another: what a delivery may change. */
  readonly between: readonly (readonly (readonly number[])[])[]
  readonly blank: Cursor
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
}

function betweenOf(system: System): Space['between'] {
  return system.actors.map((actor) =>
    system.actors.map((peer) =>
      peer === actor
        ? []
        : actor.ends
            .map((end) => end.outbound)
            .filter((queue) => system.takers[queue]?.actor === peer.index),
    ),
  )
}

export function readWorld(self: Space, world: World): Int32Array {
  return Int32Array.from(self.components, (each) => readComponent(each, world))
}

export function worldAt(self: Space, vectors: Int32Array, from: number): World {
  const cursor = cursorOf(self.blank)
  self.components.forEach((each, i) => {
    writeComponent(each, vectors[from + i] as number, cursor)
  })
  return { ...cursor, slow: cursor.slow.map(() => 1) }
}

export function observationsOf(self: Space, seen: number): readonly Observation[] {
  return self.seen.valueOf(seen)
}

export function namedAction(self: Space, name: number): Action {
  if (name >= 0) return self.actions[name] as Action
  return { link: (self.system.links[-2 - name] as { id: string }).id, rule: 'CutConnection' }
}

function numberOfCost(self: Space, slug: string): number {
  const known = self.costs.indexOf(slug)
  return known >= 0 ? known : self.costs.push(slug) - 1
}

export function findMoves(self: Space, index: number, component: number): number {
  const actor = self.system.actors[index] as Actor
  const cursor = cursorOf(self.blank)
  writeComponent(self.components[index] as Components, component, cursor)
  const locals = [...localsOf(cursor, actor, false), ...localsOf(cursor, actor, true)]
  const found = locals.flatMap((local) => {
    const slug = costOf(self.system, cursor, index, local)
    if (slug !== '' && self.kinds?.includes(slug) === false) return []
    return [enter(self, actor, { local, component, cost: numberOfCost(self, slug) }, cursor)]
  })
  const ordinary = found.filter((id) => self.rows[id * ROW + COST] === 0)
  const costly = found.filter((id) => self.rows[id * ROW + COST] !== 0)
  const at = self.listed
  self.listed += 2 + found.length
  self.list = grown(self.list, self.listed)
  self.list.set([ordinary.length, costly.length, ...ordinary, ...costly], at)
  const first = grown(self.firstMove[index] as Ints, component + 1)
  first[component] = at
  self.firstMove[index] = first
  return at
}

/** Lets one thing happen, once, and notes what it changes. */
function enter(self: Space, actor: Actor, entry: Entry, world: Cursor): number {
  const { local, component, cost } = entry
  const id = self.transitions++
  const marked = probe(self, actor, local, world, MARK)
  const closed = probe(self, actor, local, world, CLOSED)
  const peers = self.system.actors.flatMap((peer) => {
    const queues = self.between[actor.index]?.[peer.index] ?? []
    const changes = queues.map((q) => [marked.world.queues[q], closed.world.queues[q]])
    const untouched = changes.every(([a, b]) => a === MARK && b === CLOSED)
    if (untouched) return []
    return [peer.index, self.deliveries.idOf([actor.index, peer.index, changes] as unknown as Json)]
  })
  const own = readComponent(self.components[actor.index] as Components, marked.world)
  const at = self.peered
  self.peered += 1 + peers.length
  self.peers = grown(self.peers, self.peered)
  self.peers.set([peers.length >> 1, ...peers], at)
  const seen = self.seen.idOf(marked.observations)
  self.rows = grown(self.rows, (id + 1) * ROW)
  self.rows.set([own, seen, cost, at, actor.index, choiceOf(local)], id * ROW)
  self.known.push({ local, component })
  self.actions.push(actionOf(self.system, actor, local))
  return id
}

/** A queue that an actor both fills and takes from is part of its own component: no mark stands there. */
function probe(self: Space, actor: Actor, local: Local, world: Cursor, mark: readonly Envelope[]) {
  const cursor = cursorOf(world)
  for (const end of actor.ends) {
    if (self.system.takers[end.outbound]?.actor !== actor.index) cursor.queues[end.outbound] = mark
  }
  const observations = perform(self.system, cursor, actor, local, SILENT)
  return { world: cursor, observations }
}

export function deliver(
  self: Space,
  delivery: number,
  transition: number,
  component: number,
): number {
  const known = recall(self.delivered, delivery, component)
  if (known >= 0) return known
  const index = self.rows[transition * ROW + ACTOR] as number
  const [, peer] = self.deliveries.valueOf(delivery) as readonly [number, number]
  const cursor = cursorOf(self.blank)
  const { local, component: own } = self.known[transition] as Known
  writeComponent(self.components[index] as Components, own, cursor)
  const receiver = self.components[peer] as Components
  writeComponent(receiver, component, cursor)
  perform(self.system, cursor, self.system.actors[index] as Actor, local, SILENT)
  const after = readComponent(receiver, cursor)
  remember(self.delivered, delivery, component, after)
  return after
}

export function cutAt(self: Space, link: number, index: number, component: number): number {
  const { fromIndex } = self.system.links[link] as { fromIndex: number }
  const side = 2 * link + (index === fromIndex ? 0 : 1)
  const memory = self.cuts[side] as Ints
  const known = component < memory.length ? (memory[component] as number) : 0
  if (known !== 0) return known > 0 ? known - 1 : NO_CUT
  const after = findCut(self, link, index, component)
  const bigger = grown(memory, component + 1)
  bigger[component] = after === NO_CUT ? -1 : after + 1
  self.cuts[side] = bigger
  return after
}

function findCut(self: Space, link: number, index: number, component: number): number {
  const own = self.components[index] as Components
  const cursor = cursorOf(self.blank)
  for (const queue of [2 * link, 2 * link + 1]) cursor.queues[queue] = []
  writeComponent(own, component, cursor)
  const action = {
    link: (self.system.links[link] as { id: string }).id,
    rule: 'CutConnection',
  } as const
  if (whyNot(self.system, cursor, action) !== null) return NO_CUT
  performOnLink(self.system, cursor, action, SILENT)
  return readComponent(own, cursor)
}

/** Steps that take the same envelope, or that are one spontaneous rule's, are one choice. */
function choiceOf({ queue, nth, rule }: Local): number {
  return queue >= 0 ? 2 * (64 * queue + nth) : 1 + 2 * rule.index
}

export interface SpaceOptions {
  /** The world it is around; without one, the system's first. */
  readonly from?: World | undefined
  /** Misfortunes that searches of it will ask for; without, every one. */
  readonly kinds?: readonly string[]
}

export function spaceOf(system: System, options: SpaceOptions = {}): Space {
  const { from = init(system), kinds = null } = options
  const components = componentsOf(system)
  const space: Space = {
    system,
    components,
    start: Int32Array.from(components, (each) => readComponent(each, from)),
    costs: ['', CUT],
    kinds,
    firstMove: system.actors.map(() => new Int32Array(16)),
    list: new Int32Array(1024),
    rows: new Int32Array(1024),
    peers: new Int32Array(1024),
    listed: 1,
    transitions: 0,
    peered: 1,
    known: [],
    actions: [],
    seen: intern(),
    deliveries: intern(),
    delivered: pairs(),
    cuts: system.links.flatMap(() => [new Int32Array(16), new Int32Array(16)]),
    between: betweenOf(system),
    blank: cursorOf(from),
  }
  space.seen.idOf([])
  return space
}
