// The timed driver: always the earliest due action. The seed fixes every delay, so the same scenario
// and the same seed give the same steps, byte for byte, at any speed and on any machine.
import type { Actor, System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type { Action, Envelope, Json, LinkAction, Observation, World } from '../engine/types.ts'
import {
  type Cursor,
  cursorOf,
  init,
  localOf,
  perform,
  performOnLink,
  whyNot,
} from '../engine/world.ts'
import { type Agenda, agendaOf } from './agenda.ts'
import { type Armed, arm, type Firing, type Plan } from './plans.ts'

/** What the driver tells of each step. The same object is reused: copy what you keep. */
export interface Played {
  index: number
  timeMs: number
  /** Actor index, or -1 for a misfortune of the line. */
  actor: number
  local: Local | null
  action: Action | null
  /** Catalogue slug when the step is a fault, else ''. */
  fault: string
  /** The step before in the same actor, and the step that sent the envelope taken; 0 for none. */
  before: number
  sender: number
  observations: readonly Observation[]
}

export interface Player {
  readonly system: System
  readonly cursor: Cursor
  readonly agenda: Agenda
  readonly armed: Armed
  nowMs(): number
  count(): number
  /** When the next step is due; Infinity at rest. */
  dueMs(): number
  /** Performs the next step; false at rest. */
  next(): boolean
  /** Performs an action now, out of turn. Throws with the failed condition when it is not enabled. */
  inject(action: Action, forMs?: number): void
}

export interface PlayOptions {
  readonly seed: string
  readonly plans?: readonly Plan[]
  readonly onStep?: (played: Played) => void
  readonly world?: World
}

interface Restore {
  readonly atMs: number
  readonly action: Action
}

export function play(system: System, options: PlayOptions): Player {
  const cursor = cursorOf(options.world ?? init(system))
  const agenda = agendaOf(system, cursor, options.seed)
  const plans = options.plans ?? []
  const armed = arm(system, cursor, plans)
  const watchesLines = plans.some((plan) => plan.links.length > 0)
  const lastStep = new Int32Array(system.actors.length)
  const pending: Firing[] = []
  const restores: Restore[] = []
  const tell = options.onStep
  let steps = 0
  const played: Played = {
    index: 0,
    timeMs: 0,
    actor: -1,
    local: null,
    action: null,
    fault: '',
    before: 0,
    sender: 0,
    observations: [],
  }

  const listener = watchesLines
    ? {
        taken: agenda.taken,
        cleared: agenda.cleared,
        sent(queue: number, envelope: Envelope) {
          agenda.sent(queue, envelope)
          if (armed.watchesQueue(queue)) pending.push(...armed.afterSend(queue, envelope))
        },
      }
    : agenda

  function stepBy(actor: Actor, local: Local, timeMs: number): void {
    steps++
    agenda.nowMs = timeMs
    agenda.step = steps
    const sender = local.queue < 0 ? 0 : (agenda.metas[local.queue]?.[local.nth]?.step ?? 0)
    const observations = perform(system, cursor, actor, local, listener)
    if (tell !== undefined) {
      played.index = steps
      played.timeMs = timeMs
      played.actor = actor.index
      played.local = local
      played.action = null
      played.fault = local.rule.rule.fault?.kind ?? ''
      played.before = lastStep[actor.index] as number
      played.sender = sender
      played.observations = observations
      tell(played)
    }
    lastStep[actor.index] = steps
    agenda.refresh(actor.index)
    if (armed.watches(actor.index)) {
      pending.push(...armed.afterStep(actor, cursor.actors[actor.index] as Json))
    }
  }

  function stepByLine(action: LinkAction, timeMs: number): void {
    steps++
    agenda.nowMs = timeMs
    agenda.step = steps
    const observations = performOnLink(system, cursor, action, listener)
    if (tell !== undefined) {
      played.index = steps
      played.timeMs = timeMs
      played.actor = -1
      played.local = null
      played.action = action
      played.fault =
        action.rule === 'RestoreLink'
          ? ''
          : action.rule === 'SlowLink'
            ? 'slow-link'
            : 'cut-connection'
      played.before = 0
      played.sender = 0
      played.observations = observations
      tell(played)
    }
    agenda.refresh(-1)
  }

  /** Applies an action if it is enabled; returns the failed condition otherwise. */
  function act(action: Action, forMs: number | null, timeMs: number): string | null {
    if ('link' in action) {
      const refusal = whyNot(system, cursor, action)
      if (refusal !== null) return refusal
      stepByLine(action, timeMs)
      if (action.rule === 'SlowLink') {
        const atMs = timeMs + (forMs ?? 5000)
        restores.push({ atMs, action: { link: action.link, rule: 'RestoreLink' } })
        restores.sort((a, b) => a.atMs - b.atMs)
      }
      return null
    }
    const local = localOf(system, cursor, action)
    if (typeof local === 'string') return local
    const actor = system.actorById.get(action.actor) as Actor
    if (forMs !== null) agenda.healAfter(actor.index, forMs)
    stepBy(actor, local, timeMs)
    return null
  }

  function fire(firing: Firing, timeMs: number): boolean {
    const before = steps
    const plan = plans[firing.plan] as Plan
    if (act(firing.action, plan.forMs, timeMs) !== null) return false
    armed.mark(firing.plan, before + 1)
    return true
  }

  function soonest(actor: number): number {
    const own = actor < 0 ? Number.POSITIVE_INFINITY : agenda.dueOf(actor)
    return Math.min(own, armed.nextAtMs(), restores[0]?.atMs ?? Number.POSITIVE_INFINITY)
  }

  /** A fault or a repair that is due at or before the actors' next action. */
  function outOfTurn(ownMs: number): boolean {
    while (pending.length > 0) {
      if (fire(pending.shift() as Firing, agenda.nowMs)) return true
    }
    const restore = restores[0]
    if (restore !== undefined && restore.atMs <= Math.min(ownMs, armed.nextAtMs())) {
      restores.shift()
      act(restore.action, null, restore.atMs)
      return true
    }
    while (armed.nextAtMs() <= ownMs && armed.nextAtMs() !== Number.POSITIVE_INFINITY) {
      const atMs = Math.max(armed.nextAtMs(), agenda.nowMs)
      const firing = armed.fireTimed(cursor)
      if (firing !== null && fire(firing, atMs)) return true
    }
    return false
  }

  return {
    system,
    cursor,
    agenda,
    armed,
    nowMs: () => agenda.nowMs,
    count: () => steps,
    dueMs: () => (pending.length > 0 ? agenda.nowMs : soonest(agenda.earliest())),
    next() {
      const index = agenda.earliest()
      const ownMs = index < 0 ? Number.POSITIVE_INFINITY : agenda.dueOf(index)
      if (pending.length > 0 || restores.length > 0 || armed.nextAtMs() <= ownMs) {
        if (outOfTurn(ownMs)) return true
      }
      if (index < 0) return false
      const actor = system.actors[index] as Actor
      const local = agenda.chosen(index)
      const instead = plans.length === 0 ? null : armed.instead(actor, cursor, local)
      if (instead === null) {
        stepBy(actor, local, ownMs)
      } else {
        armed.mark(instead.plan, steps + 1)
        stepBy(actor, instead.local, ownMs)
      }
      return true
    },
    inject(action, forMs) {
      const refusal = act(action, forMs ?? null, agenda.nowMs)
      if (refusal !== null) {
        const who = 'link' in action ? action.link : action.actor
        throw new Error(`${action.rule} of ${who} is not enabled: not so that ${refusal}`)
      }
    },
  }
}
