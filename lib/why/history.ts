// A run as it is asked about: its actions done again one by one, each with what it followed from. Program order
// in an actor and envelopes between actors ARE happened-before (Lamport 1978); there is nothing else to it.
import type { Actor, System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type { Action, ActorAction, Observation } from '../engine/types.ts'
import {
  cursorOf,
  faultOf,
  init,
  localOf,
  perform,
  performOnLink,
  type QueueListener,
  whyNot,
} from '../engine/world.ts'

/** One step that happened. Indices count from 1; 0 stands for none. */
export interface Happening {
  readonly index: number
  readonly action: Action
  /** Slug of the misfortune it is, or ''. */
  readonly fault: string
  /** The step of the same actor before it, and the step that sent the envelope it took. */
  readonly before: number
  readonly sender: number
  readonly observations: readonly Observation[]
}

export interface History {
  readonly system: System
  readonly steps: readonly Happening[]
}

/** Per queue, in step with it, the step that sent each envelope. */
interface Senders {
  readonly of: number[][]
  readonly listener: QueueListener
  now: number
  /** Who sent what was taken last. */
  taken: number
}

function sendersOf(system: System): Senders {
  const of: number[][] = system.links.flatMap((): number[][] => [[], []])
  const senders: Senders = {
    of,
    now: 0,
    taken: 0,
    listener: {
      taken(queue, nth) {
        senders.taken = of[queue]?.splice(nth, 1)[0] ?? 0
      },
      sent(queue) {
        of[queue]?.push(senders.now)
      },
      cleared(queue) {
        of[queue] = []
      },
    },
  }
  return senders
}

/** Does a script again, leaving out what cannot happen, and says of each step what it followed from. */
export function historyOf(system: System, script: readonly Action[]): History {
  const cursor = cursorOf(init(system))
  const senders = sendersOf(system)
  const last = system.actors.map(() => 0)
  const steps: Happening[] = []
  for (const action of script) {
    if (whyNot(system, cursor, action) !== null) continue
    const index = steps.length + 1
    senders.now = index
    senders.taken = 0
    const fault = faultOf(system, action)
    if ('link' in action) {
      const observations = performOnLink(system, cursor, action, senders.listener)
      steps.push({ index, action, fault, before: 0, sender: 0, observations })
      continue
    }
    const actor = system.actorById.get(action.actor) as Actor
    const local = localOf(system, cursor, action as ActorAction) as Local
    const observations = perform(system, cursor, actor, local, senders.listener)
    const before = last[actor.index] as number
    last[actor.index] = index
    steps.push({ index, action, fault, before, sender: senders.taken, observations })
  }
  return { system, steps }
}

/** Every step that happened before this one, and it itself. */
export function causesOf(history: History, index: number): ReadonlySet<number> {
  const found = new Set<number>()
  const open = [index]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === 0 || found.has(at)) continue
    found.add(at)
    const { before, sender } = history.steps[at - 1] as Happening
    open.push(before, sender)
  }
  return found
}
