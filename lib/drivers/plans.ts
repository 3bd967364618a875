// Armed faults: misfortunes anchored to a moment of the run. The anchor names an actor, a stage of its
// work and a subject, so that the same fault hits the same moment under other settings.
import { isAbout } from '../engine/about.ts'
import type { Actor, End, System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import { reactions, spontaneous } from '../engine/local.ts'
import type { Action, Envelope, Json, Stage } from '../engine/types.ts'
import { actionOf, type Cursor } from '../engine/world.ts'

/** A fault waiting for its moment. Exactly one of `stage` and `atMs` says when. */
export interface Plan {
  readonly fault: string
  /** Whose misfortune: indices of the actors that may be hit (the first to get there is). */
  readonly actors: readonly number[]
  /** For misfortunes of lines: the links concerned; empty otherwise. */
  readonly links: readonly number[]
  readonly stage: string | null
  /** Subject; null: any. */
  readonly about: string | null
  readonly nth: number
  readonly atMs: number | null
  readonly forMs: number | null
  readonly arg: Json | null
}

export const REQUEST_UNDER_WAY = 'request under way'
export const REPLY_UNDER_WAY = 'reply under way'

/** An action to perform at once because an armed fault's moment has come. */
export interface Firing {
  readonly plan: number
  readonly action: Action
}

/** The plans of one run and how far each has come. It belongs to the driver. */
export interface Armed {
  readonly system: System
  readonly plans: readonly Plan[]
  /** Step at which each plan fired; 0 while it has not. */
  readonly firedAt: number[]
  /** How often the moment of each has come. */
  readonly counts: number[]
  /** Plans tied to a time and not yet tried, earliest first. */
  readonly timed: number[]
  /** Plans whose fault takes an envelope in place of the ordinary rule. */
  readonly taking: readonly boolean[]
  /** Stages each actor stood at before its last step. */
  readonly before: (readonly Stage[])[]
  /** Which actors, takers and queues any plan watches: cheap questions for the hot loop. */
  readonly watched: Uint8Array
  readonly watchedTaking: Uint8Array
  readonly watchedQueue: Uint8Array
}

function takesEnvelope(system: System, plan: Plan): boolean {
  return plan.actors.some((index) =>
    (system.actors[index] as Actor).kind.rules.some(
      (rule) => rule.rule.fault?.kind === plan.fault && rule.rule.on !== undefined,
    ),
  )
}

export function arm(system: System, plans: readonly Plan[]): Armed {
  const atMs = (index: number) => (plans[index] as Plan).atMs as number
  const armed: Armed = {
    system,
    plans,
    firedAt: plans.map(() => 0),
    counts: plans.map(() => 0),
    timed: plans
      .map((_, index) => index)
      .filter((index) => (plans[index] as Plan).atMs !== null)
      .sort((a, b) => atMs(a) - atMs(b)),
    taking: plans.map((plan) => takesEnvelope(system, plan)),
    before: system.actors.map(() => []),
    watched: new Uint8Array(system.actors.length),
    watchedTaking: new Uint8Array(system.actors.length),
    watchedQueue: new Uint8Array(2 * system.links.length),
  }
  plans.forEach((plan, index) => {
    if (plan.atMs === null) watch(armed, plan, armed.taking[index] === true)
  })
  return armed
}

function watch(armed: Armed, plan: Plan, taking: boolean): void {
  if (taking) for (const actor of plan.actors) armed.watchedTaking[actor] = 1
  else if (plan.stage === REQUEST_UNDER_WAY || plan.stage === REPLY_UNDER_WAY) {
    const way = plan.stage === REQUEST_UNDER_WAY ? 0 : 1
    for (const link of plan.links) armed.watchedQueue[2 * link + way] = 1
  } else for (const actor of plan.actors) armed.watched[actor] = 1
}

/** The enabled action of this actor that is the fault of that kind; with `arg` where there is a choice. */
function faultAction(system: System, cursor: Cursor, actor: Actor, plan: Plan): Action | null {
  const state = cursor.actors[actor.index] as Json
  const locals = spontaneous(actor, state, true).filter(
    (local) => local.rule.rule.fault?.kind === plan.fault,
  )
  const wanted = plan.arg === null ? undefined : JSON.stringify(plan.arg)
  const local = locals.find((each) => JSON.stringify(each.arg) === wanted) ?? locals[0]
  return local === undefined ? null : actionOf(system, actor, local)
}

function lineAction(system: System, plan: Plan, link: number): Action {
  const id = (system.links[link] as { id: string }).id
  return plan.fault === 'slow-link'
    ? { link: id, rule: 'SlowLink', ...(typeof plan.arg === 'number' ? { arg: plan.arg } : {}) }
    : { link: id, rule: 'CutConnection' }
}

const NOTHING: readonly Firing[] = []

/** Counts one more time that the moment came; true when it is the one wanted. */
function reached(armed: Armed, index: number): boolean {
  const count = (armed.counts[index] as number) + 1
  armed.counts[index] = count
  return count === (armed.plans[index] as Plan).nth
}

function isOpen(armed: Armed, index: number): boolean {
  return armed.firedAt[index] === 0
}

function actionOfPlan(armed: Armed, cursor: Cursor, actor: Actor, plan: Plan): Action | null {
  const link = plan.links[0]
  return link === undefined
    ? faultAction(armed.system, cursor, actor, plan)
    : lineAction(armed.system, plan, link)
}

/** The actor's state changed: have some plans' stages been reached? */
export function afterStep(armed: Armed, cursor: Cursor, actor: Actor): readonly Firing[] {
  const now = actor.kind.kind.stages?.(cursor.actors[actor.index] as Json) ?? []
  const was = armed.before[actor.index] as readonly Stage[]
  armed.before[actor.index] = now
  const fresh = now.filter(
    (stage) => !was.some((old) => old.stage === stage.stage && old.about === stage.about),
  )
  if (fresh.length === 0) return NOTHING
  return armed.plans.flatMap((plan, index): Firing[] => {
    if (!isOpen(armed, index) || plan.atMs !== null || armed.taking[index]) return []
    if (!plan.actors.includes(actor.index)) return []
    const here = fresh.some((each) => each.stage === plan.stage && isAbout(each.about, plan.about))
    if (!here || !reached(armed, index)) return []
    const action = actionOfPlan(armed, cursor, actor, plan)
    return action === null ? [] : [{ plan: index, action }]
  })
}

/** An envelope has been sent on this queue: is it the one a cut was waiting for? */
export function afterSend(armed: Armed, queue: number, envelope: Envelope): readonly Firing[] {
  const stage = (queue & 1) === 0 ? REQUEST_UNDER_WAY : REPLY_UNDER_WAY
  return armed.plans.flatMap((plan, index): Firing[] => {
    if (!isOpen(armed, index) || plan.stage !== stage || !plan.links.includes(queue >> 1)) return []
    if (!isAbout(envelope.about, plan.about) || !reached(armed, index)) return []
    return [{ plan: index, action: lineAction(armed.system, plan, queue >> 1) }]
  })
}

/**
 * The actor is about to take an envelope: does a misfortune take it instead? Every plan counts the moment,
 * also those after the one that fires: the second time of one message is the same for all.
 */
export function instead(
  armed: Armed,
  cursor: Cursor,
  actor: Actor,
  local: Local,
): { readonly plan: number; readonly local: Local } | null {
  const envelope = (cursor.queues[local.queue] as readonly Envelope[])[local.nth] as Envelope
  const end = (armed.system.takers[local.queue] as { end: End }).end
  const state = cursor.actors[actor.index] as Json
  let hit: { readonly plan: number; readonly local: Local } | null = null
  for (const [index, plan] of armed.plans.entries()) {
    if (!isOpen(armed, index) || !armed.taking[index] || !plan.actors.includes(actor.index))
      continue
    const found = reactions(actor, state, end, envelope, local.nth, true).find(
      (each) => each.rule.rule.fault?.kind === plan.fault,
    )
    if (found === undefined || !isAbout(envelope.about, plan.about)) continue
    if (reached(armed, index)) hit ??= { plan: index, local: found }
  }
  return hit
}

/** Time of the next plan that is tied to one; Infinity when there is none. */
export function nextTimedMs(armed: Armed): number {
  const next = armed.timed[0]
  return next === undefined
    ? Number.POSITIVE_INFINITY
    : ((armed.plans[next] as Plan).atMs as number)
}

/** Takes the next timed plan off the list; null when nobody it names can be hit by it now. */
export function fireTimed(armed: Armed, cursor: Cursor): Firing | null {
  const index = armed.timed.shift()
  if (index === undefined) return null
  const plan = armed.plans[index] as Plan
  for (const actor of plan.actors) {
    const action = actionOfPlan(armed, cursor, armed.system.actors[actor] as Actor, plan)
    if (action !== null) return { plan: index, action }
  }
  return null
}
