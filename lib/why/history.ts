// A run as it is asked about: its actions done again one by one, each with what it followed from. Program order
// in an actor and envelopes between actors ARE happened-before (Lamport 1978); there is nothing else to it.
import { costOf } from '../drivers/misfortune.ts'
import type { Actor, System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type {
  Action,
  ActorAction,
  Envelope,
  Json,
  LinkAction,
  Observation,
  Stage,
} from '../engine/types.ts'
import {
  type Cursor,
  cursorOf,
  faultOf,
  init,
  localOf,
  perform,
  performOnLink,
  type QueueListener,
  stagesOf,
  whyNot,
} from '../engine/world.ts'

/** One step that happened. Indices count from 1; 0 stands for none. */
export interface Happening {
  readonly index: number
  readonly action: Action
  /** Slug of the misfortune it is or needs, or ''. */
  readonly fault: string
  /** The line, for a step of a line. */
  readonly line: LinkAction | null
  /** The step of the same actor before it, and the step that sent the envelope it took. */
  readonly before: number
  readonly sender: number
  readonly observations: readonly Observation[]
  /** What it took, if it took anything. */
  readonly envelope: Envelope | null
  /** What its actor was at, right before it. */
  readonly stages: readonly Stage[]
  /** What a cut took that was under way. */
  readonly lost: readonly Envelope[]
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

/**
 * What a step costs. In a run that a clock drives, durations decide what may happen: no timer needs an excuse
 * there. In one without a clock a timer that fires although the durations do not let it stands for a pause.
 */
function misfortuneOf(
  system: System,
  cursor: Cursor,
  actor: Actor,
  { action, local, timed }: Doing,
): string {
  return timed ? faultOf(system, action) : costOf(system, cursor, actor.index, local)
}

interface Doing {
  readonly action: ActorAction
  readonly local: Local
  readonly timed: boolean
}

function lostBy(system: System, cursor: Cursor, action: LinkAction): readonly Envelope[] {
  const link = system.linkById.get(action.link)
  if (link === undefined || action.rule !== 'CutConnection') return []
  return [2 * link.index, 2 * link.index + 1].flatMap((queue) => cursor.queues[queue] ?? [])
}

/** Does a script again, leaving out what cannot happen, and says of each step what it followed from. */
export function historyOf(system: System, script: readonly Action[], timed: boolean): History {
  const cursor = cursorOf(init(system))
  const senders = sendersOf(system)
  const last = system.actors.map(() => 0)
  const steps: Happening[] = []
  for (const action of script) {
    if (whyNot(system, cursor, action) !== null) continue
    const index = steps.length + 1
    senders.now = index
    senders.taken = 0
    if ('link' in action) {
      const lost = lostBy(system, cursor, action)
      const observations = performOnLink(system, cursor, action, senders.listener)
      const fault = faultOf(system, action)
      const alone = { before: 0, sender: 0, envelope: null, stages: [], lost }
      steps.push({ index, action, fault, line: action, observations, ...alone })
      continue
    }
    const actor = system.actorById.get(action.actor) as Actor
    const local = localOf(system, cursor, action) as Local
    const fault = misfortuneOf(system, cursor, actor, { action, local, timed })
    const stages = fault === '' ? [] : stagesOf(actor, cursor.actors[actor.index] as Json)
    const envelope = cursor.queues[local.queue]?.[local.nth] ?? null
    const observations = perform(system, cursor, actor, local, senders.listener)
    const before = last[actor.index] as number
    last[actor.index] = index
    const from = { before, sender: senders.taken, envelope, stages, lost: [], line: null }
    steps.push({ index, action, fault, observations, ...from })
  }
  return { system, steps }
}

/** Every step that happened before one of these, and they themselves. */
export function causesOf(history: History, indices: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>()
  const open = [...indices]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === 0 || found.has(at)) continue
    found.add(at)
    const { before, sender } = history.steps[at - 1] as Happening
    open.push(before, sender)
  }
  return found
}

/** What the state at the end of a run follows from: the last step of each actor, and all before it. */
export function endsOf(history: History): ReadonlySet<number> {
  const last = new Map<string, number>()
  for (const { action, index } of history.steps) {
    if ('actor' in action) last.set(action.actor, index)
  }
  return causesOf(history, [...last.values()])
}
