// Where a run of an experiment stands on the model: the world, the time, the step of the script, and what
// the script has been told so far. Plain data, so that all ways on from it can be followed.
import type { Seen } from '../../clients/types.ts'
import type { System } from '../../engine/compile.ts'
import type { Json, World } from '../../engine/types.ts'
import type { Experiment, Observed } from '../types.ts'

export interface Setup {
  readonly experiment: Experiment
  readonly system: System
}

/** A rule that ran since the present step began, and what was seen of it. */
export interface Happened {
  readonly actor: string
  readonly rule: string
  readonly seen: readonly Seen[]
}

export interface MemberKnown {
  readonly group: string
  readonly id: string
  readonly generation: number
  /** How often it has taken a new id. */
  readonly ids: number
  readonly instance?: string
  /** Of an id it has asked for and not got yet: what it was before, null for nobody. */
  readonly before?: MemberKnown | null
}

export interface ProducerKnown {
  readonly id: number
  readonly epoch: number
  readonly transactionalId?: string
}

export interface InHand {
  /** "topic/partition". */
  readonly lane: string
  readonly value: string
}

/** What the script has been told, which later steps refer to. */
export interface Known {
  readonly producers: Readonly<Record<string, ProducerKnown>>
  readonly members: Readonly<Record<string, MemberKnown>>
  /** Steps whose answers are awaited, by their `as`: index into the script. */
  readonly pending: Readonly<Record<string, number>>
  /** Per consumer, the records that its application has yet to process. */
  readonly inHand: Readonly<Record<string, readonly InHand[]>>
  /** Per group and partition, the values whose effect it has had, in order. */
  readonly effects: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Per consumer, partitions it got while it polled without taking records: it has fetched nothing of them. */
  readonly unfetched: Readonly<Record<string, readonly string[]>>
  /** Per producer, the outcome of each record by event id, and the ids sent `later` and not flushed. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly unflushed: Readonly<Record<string, readonly string[]>>
  /** Per producer, how many records it was given when it may not send: they go along with the next that it may. */
  readonly untimely: Readonly<Record<string, number>>
  /** How the step of that `as` asked a node: who leads may be another by the time of the answer. */
  readonly asked: Readonly<Record<string, Asked>>
}

/** By a port; or nobody, as it is known what would be said. */
export type Asked = { readonly port: string } | { readonly said: string }

export interface Moment {
  readonly world: World
  readonly nowMs: number
  /** By action: when it is due. What is not enabled has no due time. */
  readonly due: Readonly<Record<string, number>>
  /** Index of the step. */
  readonly at: number
  readonly begun: boolean
  readonly sinceMs: number
  readonly happened: readonly Happened[]
  /** What the step noted for itself when it began. */
  readonly noted: Json
  readonly known: Known
  readonly observed: Observed
}

export const NOTHING_KNOWN: Known = {
  producers: {},
  members: {},
  pending: {},
  inHand: {},
  effects: {},
  unfetched: {},
  outcomes: {},
  unflushed: {},
  asked: {},
  untimely: {},
}

/** What is known under the name of a step. Any text may be one: 'toString', too. */
export function ofStep<T>(table: Readonly<Record<string, T>>, { as = '' }: { as?: string }) {
  return Object.hasOwn(table, as) ? table[as] : undefined
}

export function stateOf<S>(setup: Setup, moment: Moment, actor: string): S {
  const found = setup.system.actorById.get(actor)
  if (found === undefined) throw new Error(`there is no ${actor} in this experiment`)
  return moment.world.actors[found.index] as S
}

export function withState(setup: Setup, moment: Moment, actor: string, state: Json): Moment {
  const found = setup.system.actorById.get(actor)
  if (found === undefined) throw new Error(`there is no ${actor} in this experiment`)
  return {
    ...moment,
    world: { ...moment.world, actors: moment.world.actors.with(found.index, state) },
  }
}

/** With one entry of one of the records of what is known changed. */
export function knowing<K extends keyof Known>(
  moment: Moment,
  of: K,
  name: string,
  value: Known[K][string],
): Moment {
  return { ...moment, known: { ...moment.known, [of]: { ...moment.known[of], [name]: value } } }
}
