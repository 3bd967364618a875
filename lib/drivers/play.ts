// The timed driver: always the earliest due action. The seed fixes every delay, so the same scenario
// and the same seed give the same steps, byte for byte, at any speed and on any machine.
import type { Actor, System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type { Action, LinkAction, Observation } from '../engine/types.ts'
import {
  type Cursor,
  cursorOf,
  faultOf,
  init,
  localOf,
  perform,
  performOnLink,
  type QueueListener,
  whyNot,
} from '../engine/world.ts'
import { type Agenda, agendaOf, dueOf, earliest, listenerOf, type Meta, refresh } from './agenda.ts'
import {
  type Armed,
  afterSend,
  afterStep,
  arm,
  type Firing,
  fireTimed,
  instead,
  nextTimedMs,
  type Plan,
} from './plans.ts'

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

export interface PlayOptions {
  readonly seed: string
  readonly plans?: readonly Plan[]
  readonly onStep?: (played: Played) => void
  /** Told of the times of every envelope sent, before `onStep` of the step that sent it. */
  readonly onSend?: (meta: Meta) => void
}

interface Restore {
  readonly atMs: number
  readonly action: LinkAction
}

/** A run under way. The driver alone writes it; others read `cursor`, `agenda.nowMs` and `steps`. */
export interface Player {
  readonly system: System
  readonly cursor: Cursor
  readonly agenda: Agenda
  readonly armed: Armed
  readonly listener: QueueListener
  readonly tell: ((played: Played) => void) | undefined
  /** Steps performed so far. */
  steps: number
  /** Per actor: its last step. */
  readonly lastStep: Int32Array
  /** Faults whose moment has come. */
  readonly pending: Firing[]
  /** Repairs of slow lines, earliest first. */
  readonly restores: Restore[]
  readonly played: Played
}

const NEVER = Number.POSITIVE_INFINITY
/** How long a line stays slow when nobody says. */
const SLOW_MS = 5000

export function play(system: System, options: PlayOptions): Player {
  const cursor = cursorOf(init(system))
  const agenda = agendaOf(system, cursor, options.seed)
  const armed = arm(system, options.plans ?? [])
  const pending: Firing[] = []
  return {
    system,
    cursor,
    agenda,
    armed,
    listener: hearing(agenda, armed, pending, options.onSend),
    tell: options.onStep,
    steps: 0,
    lastStep: new Int32Array(system.actors.length),
    pending,
    restores: [],
    played: {
      index: 0,
      timeMs: 0,
      actor: -1,
      local: null,
      action: null,
      fault: '',
      before: 0,
      sender: 0,
      observations: [],
    },
  }
}

/** The agenda's listener, and in front of it whoever else must hear of what is sent. */
function hearing(
  agenda: Agenda,
  armed: Armed,
  pending: Firing[],
  onSend: ((meta: Meta) => void) | undefined,
): QueueListener {
  const plain = listenerOf(agenda)
  if (onSend === undefined && armed.plans.every((plan) => plan.links.length === 0)) return plain
  return {
    taken: plain.taken,
    cleared: plain.cleared,
    sent(queue, envelope) {
      plain.sent(queue, envelope)
      onSend?.((agenda.metas[queue] as Meta[]).at(-1) as Meta)
      if (armed.watchedQueue[queue] === 1) pending.push(...afterSend(armed, queue, envelope))
    },
  }
}

function stepBy(player: Player, actor: Actor, local: Local, timeMs: number): void {
  const { agenda, played } = player
  const index = ++player.steps
  agenda.nowMs = timeMs
  agenda.step = index
  const sender =
    local.queue < 0 ? 0 : ((agenda.metas[local.queue] as Meta[])[local.nth] as Meta).step
  const observations = perform(player.system, player.cursor, actor, local, player.listener)
  if (player.tell !== undefined) {
    played.index = index
    played.timeMs = timeMs
    played.actor = actor.index
    played.local = local
    played.action = null
    played.fault = local.rule.rule.fault?.kind ?? ''
    played.before = player.lastStep[actor.index] as number
    played.sender = sender
    played.observations = observations
    player.tell(played)
  }
  player.lastStep[actor.index] = index
  refresh(agenda, actor.index)
  if (player.armed.watched[actor.index] === 1) {
    player.pending.push(...afterStep(player.armed, player.cursor, actor))
  }
}

function stepByLine(player: Player, action: LinkAction, timeMs: number): void {
  const { agenda, played } = player
  agenda.nowMs = timeMs
  agenda.step = ++player.steps
  const observations = performOnLink(player.system, player.cursor, action, player.listener)
  if (player.tell !== undefined) {
    played.index = player.steps
    played.timeMs = timeMs
    played.actor = -1
    played.local = null
    played.action = action
    played.fault = faultOf(player.system, action)
    played.before = 0
    played.sender = 0
    played.observations = observations
    player.tell(played)
  }
  refresh(agenda, -1)
}

/** Applies an action if it is enabled; returns the failed condition otherwise. */
function act(player: Player, action: Action, forMs: number | null, timeMs: number): string | null {
  if (!('link' in action)) {
    const local = localOf(player.system, player.cursor, action)
    if (typeof local === 'string') return local
    const actor = player.system.actorById.get(action.actor) as Actor
    if (forMs !== null) player.agenda.healMs[actor.index] = forMs
    stepBy(player, actor, local, timeMs)
    return null
  }
  const refusal = whyNot(player.system, player.cursor, action)
  if (refusal !== null) return refusal
  stepByLine(player, action, timeMs)
  if (action.rule === 'SlowLink') {
    const atMs = timeMs + (forMs ?? SLOW_MS)
    player.restores.push({ atMs, action: { link: action.link, rule: 'RestoreLink' } })
    player.restores.sort((a, b) => a.atMs - b.atMs)
  }
  return null
}

function fire(player: Player, firing: Firing, timeMs: number): boolean {
  const index = player.steps + 1
  const plan = player.armed.plans[firing.plan] as Plan
  if (act(player, firing.action, plan.forMs, timeMs) !== null) return false
  player.armed.firedAt[firing.plan] = index
  return true
}

/** Performs a fault or a repair that is due no later than the actors' next action, if there is one. */
function outOfTurn(player: Player, ownMs: number): boolean {
  const { pending, restores, armed, agenda } = player
  while (pending.length > 0) {
    if (fire(player, pending.shift() as Firing, agenda.nowMs)) return true
  }
  const restore = restores[0]
  if (restore !== undefined && restore.atMs <= Math.min(ownMs, nextTimedMs(armed))) {
    restores.shift()
    return act(player, restore.action, null, Math.max(restore.atMs, agenda.nowMs)) === null
  }
  // What is due at that very time happens first: a process that starts at 0 can crash at 0.
  while (nextTimedMs(armed) < ownMs) {
    const atMs = Math.max(nextTimedMs(armed), agenda.nowMs)
    const firing = fireTimed(armed, player.cursor)
    if (firing !== null && fire(player, firing, atMs)) return true
  }
  return false
}

/** When the earliest action is due that an actor takes by itself: now, if a script has kept it waiting. */
function ownDueMs({ agenda }: Player, index: number): number {
  return index < 0 ? NEVER : Math.max(agenda.dueMs[index] as number, agenda.nowMs)
}

/** When the next step is due; Infinity at rest. */
export function dueMs(player: Player): number {
  const { agenda, armed, pending, restores } = player
  if (pending.length > 0) return agenda.nowMs
  const ownMs = ownDueMs(player, earliest(agenda))
  const soonest = Math.min(ownMs, nextTimedMs(armed), restores[0]?.atMs ?? NEVER)
  return Math.max(soonest, agenda.nowMs)
}

/** Performs the next step; false at rest. */
export function next(player: Player): boolean {
  const index = earliest(player.agenda)
  const ownMs = ownDueMs(player, index)
  const waiting = player.pending.length > 0 || player.restores.length > 0
  if ((waiting || nextTimedMs(player.armed) < ownMs) && outOfTurn(player, ownMs)) return true
  if (index < 0) return false
  const actor = player.system.actors[index] as Actor
  const local = player.agenda.next[index] as Local
  const watched = local.queue >= 0 && player.armed.watchedTaking[index] === 1
  const misfortune = watched ? instead(player.armed, player.cursor, actor, local) : null
  if (misfortune === null) {
    stepBy(player, actor, local, ownMs)
  } else {
    player.armed.firedAt[misfortune.plan] = player.steps + 1
    stepBy(player, actor, misfortune.local, ownMs)
  }
  return true
}

/** When an action of a script is due: at its own time, or now where that has passed. */
export function scriptedMs(player: Player, action: Action): number {
  const { agenda, restores, system, cursor } = player
  if ('link' in action) {
    if (action.rule !== 'RestoreLink') return agenda.nowMs
    const restore = restores.find((each) => each.action.link === action.link)
    return Math.max(restore?.atMs ?? 0, agenda.nowMs)
  }
  const local = localOf(system, cursor, action)
  if (typeof local === 'string') return agenda.nowMs
  const actor = system.actorById.get(action.actor) as Actor
  return Math.max(dueOf(agenda, actor, local), agenda.nowMs)
}

/**
 * Performs an action of a script, which may keep waiting what was due before it: that happens later than the
 * seed says, as it does where somebody is slow. Time goes on, never back.
 */
export function follow(player: Player, action: Action): void {
  mustFit(action, act(player, action, null, scriptedMs(player, action)))
  if (!('link' in action) || action.rule !== 'RestoreLink') return
  const restored = player.restores.findIndex((each) => each.action.link === action.link)
  if (restored >= 0) player.restores.splice(restored, 1)
}

/** Performs an action now, out of turn. Throws with the failed condition when it is not enabled. */
export function inject(player: Player, action: Action, forMs: number | null = null): void {
  mustFit(action, act(player, action, forMs, player.agenda.nowMs))
}

function mustFit(action: Action, refusal: string | null): void {
  if (refusal === null) return
  const who = 'link' in action ? action.link : action.actor
  throw new Error(`${action.rule} of ${who} is not enabled: not so that ${refusal}`)
}
