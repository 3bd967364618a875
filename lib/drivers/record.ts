// A recording: a played run whose every step can be revisited. The past is kept by keeping pointers: a
// checkpoint every few hundred steps, and the steps themselves, which are performed again from there.
import type { Actor, System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type { Action, Envelope, LinkAction, Observation, World } from '../engine/types.ts'
import {
  actionOf,
  type Cursor,
  cursorOf,
  perform,
  performOnLink,
  type QueueListener,
  worldOf,
} from '../engine/world.ts'
import type { Meta } from './agenda.ts'
import {
  dueMs,
  follow,
  inject,
  next,
  type Played,
  type Player,
  type PlayOptions,
  play,
  scriptedMs,
} from './play.ts'

/** What is kept of one step. `before` and `sender` are step indices, 0 for none. */
export interface Recorded {
  readonly timeMs: number
  readonly actor: number
  readonly local: Local | null
  readonly line: LinkAction | null
  readonly fault: string
  readonly before: number
  readonly sender: number
  readonly observations: readonly Observation[]
  /** Times of the envelopes this step sent, in order. */
  readonly sends: readonly Meta[]
}

/** A moment of the past: the world, and the times of everything under way. */
export interface Moment {
  readonly world: World
  readonly metas: readonly (readonly Meta[])[]
}

export interface Recording {
  readonly system: System
  readonly player: Player
  length(): number
  /** The step with this index, counted from 1. */
  step(index: number): Recorded
  actionAt(index: number): Action
  /** Records one more step; false at rest. */
  next(): boolean
  /** When the next step is due; Infinity at rest. */
  dueMs(): number
  /** Performs and records an action now, out of turn. */
  inject(action: Action): void
  /** Performs and records an action of a script, at its due time or later; and when that will be. */
  follow(action: Action): void
  scriptedMs(action: Action): number
  /** Steps 0..length: the world after that step. */
  at(index: number): Moment
  /** Index of the last step at or before this time. */
  indexAt(timeMs: number): number
}

const EVERY = 256

interface Checkpoint {
  readonly world: World
  readonly metas: readonly (readonly Meta[])[]
}

function copyMetas(metas: readonly (readonly Meta[])[]): readonly (readonly Meta[])[] {
  return metas.map((queue) => (queue.length === 0 ? NO_METAS : [...queue]))
}
const NO_METAS: readonly Meta[] = []

/** Performs recorded steps again on a cursor, with the times they had. */
function again(system: System, from: Checkpoint, steps: readonly Recorded[]): Moment {
  const cursor: Cursor = cursorOf(from.world)
  const metas = from.metas.map((queue) => [...queue])
  let sends: readonly Meta[] = NO_METAS
  let sent = 0
  const listener: QueueListener = {
    taken(queue, nth) {
      metas[queue]?.splice(nth, 1)
    },
    sent(queue: number, _envelope: Envelope) {
      metas[queue]?.push(sends[sent++] as Meta)
    },
    cleared(queue) {
      const waiting = metas[queue]
      if (waiting !== undefined) waiting.length = 0
    },
  }
  for (const step of steps) {
    sends = step.sends
    sent = 0
    if (step.line !== null) performOnLink(system, cursor, step.line, listener)
    else if (step.local !== null) {
      perform(system, cursor, system.actors[step.actor] as Actor, step.local, listener)
    }
  }
  return { world: cursor, metas }
}

/** Index, counted from 1, of the last step at or before this time; 0 for none. */
function lastAt(steps: readonly Recorded[], timeMs: number): number {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((steps[middle - 1] as Recorded).timeMs <= timeMs) low = middle
    else high = middle - 1
  }
  return low
}

/** Records a run. `onStep` hears of each step as it is recorded, with the object that is kept. */
export function record(
  system: System,
  options: Omit<PlayOptions, 'onStep'>,
  onStep?: (index: number, step: Recorded) => void,
): Recording {
  const steps: Recorded[] = []
  const checkpoints: Checkpoint[] = []
  const sends: Meta[] = []
  const keep = (played: Played) => {
    const step: Recorded = {
      timeMs: played.timeMs,
      actor: played.actor,
      local: played.local,
      line: played.action !== null && 'link' in played.action ? played.action : null,
      fault: played.fault,
      before: played.before,
      sender: played.sender,
      observations: played.observations,
      sends: sends.length === 0 ? NO_METAS : [...sends],
    }
    sends.length = 0
    steps.push(step)
    onStep?.(steps.length, step)
  }
  const player = play(system, { ...options, onStep: keep, onSend: (meta) => sends.push(meta) })
  const mark = () => {
    if (steps.length < checkpoints.length * EVERY) return
    checkpoints.push({ world: worldOf(player.cursor), metas: copyMetas(player.agenda.metas) })
  }
  mark()

  return {
    system,
    player,
    length: () => steps.length,
    step: (index) => steps[index - 1] as Recorded,
    actionAt(index) {
      const step = steps[index - 1] as Recorded
      if (step.line !== null) return step.line
      return actionOf(system, system.actors[step.actor] as Actor, step.local as Local)
    },
    next() {
      const moved = next(player)
      if (moved) mark()
      return moved
    },
    dueMs: () => dueMs(player),
    inject(action) {
      inject(player, action)
      mark()
    },
    follow(action) {
      follow(player, action)
      mark()
    },
    scriptedMs: (action) => scriptedMs(player, action),
    at(index) {
      if (index >= steps.length) {
        return { world: worldOf(player.cursor), metas: copyMetas(player.agenda.metas) }
      }
      const slot = Math.min(Math.floor(index / EVERY), checkpoints.length - 1)
      const from = checkpoints[slot] as Checkpoint
      return again(system, from, steps.slice(slot * EVERY, index))
    },
    indexAt: (timeMs) => lastAt(steps, timeMs),
  }
}
