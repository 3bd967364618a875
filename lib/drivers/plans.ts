// Armed faults: misfortunes anchored to a moment of the run. The anchor names an actor, a stage of its
// work and a subject, so that the same fault hits the same moment under other settings.
import type { Actor, System } from '../engine/compile.ts'
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

export interface Armed {
  /** Step at which each plan fired; 0 while it has not. */
  readonly firedAt: readonly number[]
  mark(plan: number, step: number): void
  /** The actor's state changed: has some stage been reached? */
  afterStep(actor: Actor, state: Json): readonly Firing[]
  /** An envelope has been sent on this queue. */
  afterSend(queue: number, envelope: Envelope): readonly Firing[]
  /** The actor is about to take this envelope: does a misfortune take it instead? */
  instead(
    actor: Actor,
    cursor: Cursor,
    local: Local,
  ): { readonly plan: number; readonly local: Local } | null
  /** Whether any plan watches this actor's stages, or this queue; cheap, for the hot loop. */
  watches(actor: number): boolean
  watchesQueue(queue: number): boolean
  /** Plans tied to a time, earliest first: the time of the next one, and what it does then. */
  nextAtMs(): number
  fireTimed(cursor: Cursor): Firing | null
}

/** `about` may name several subjects, separated by blanks (a batch). */
export function isAbout(about: string | undefined, wanted: string | null): boolean {
  if (wanted === null) return true
  if (about === undefined) return false
  return about === wanted || ` ${about} `.includes(` ${wanted} `)
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

export function arm(system: System, cursor: Cursor, plans: readonly Plan[]): Armed {
  const firedAt = plans.map(() => 0)
  const counts = plans.map(() => 0)
  const before: (readonly Stage[])[] = system.actors.map(() => [])
  const timed = plans
    .map((plan, index) => ({ plan, index }))
    .filter(({ plan }) => plan.atMs !== null)
    .sort((a, b) => (a.plan.atMs as number) - (b.plan.atMs as number))
  const open = (index: number) => firedAt[index] === 0
  const takesEnvelope = plans.map((plan) =>
    plan.actors.some((index) =>
      (system.actors[index] as Actor).kind.rules.some(
        (rule) => rule.rule.fault?.kind === plan.fault && rule.rule.on !== undefined,
      ),
    ),
  )
  const watched = new Uint8Array(system.actors.length)
  const watchedQueue = new Uint8Array(cursor.queues.length)
  const watchedTaking = new Uint8Array(system.actors.length)
  plans.forEach((plan, index) => {
    if (plan.atMs !== null) return
    if (takesEnvelope[index]) for (const actor of plan.actors) watchedTaking[actor] = 1
    else if (plan.stage === REQUEST_UNDER_WAY)
      for (const link of plan.links) watchedQueue[2 * link] = 1
    else if (plan.stage === REPLY_UNDER_WAY)
      for (const link of plan.links) watchedQueue[2 * link + 1] = 1
    else for (const actor of plan.actors) watched[actor] = 1
  })

  /** Counts one more time that the moment came; true when it is the one wanted. */
  function reached(index: number): boolean {
    counts[index] = (counts[index] as number) + 1
    return counts[index] === (plans[index] as Plan).nth
  }

  return {
    firedAt,
    mark(plan, step) {
      firedAt[plan] = step
    },
    watches: (actor) => watched[actor] === 1,
    watchesQueue: (queue) => watchedQueue[queue] === 1,
    afterStep(actor, state) {
      const now = actor.kind.kind.stages?.(state) ?? []
      const was = before[actor.index] as readonly Stage[]
      before[actor.index] = now
      const fresh = now.filter(
        (stage) => !was.some((old) => old.stage === stage.stage && old.about === stage.about),
      )
      if (fresh.length === 0) return NOTHING
      return plans.flatMap((plan, index): Firing[] => {
        if (!open(index) || plan.atMs !== null || takesEnvelope[index]) return []
        if (!plan.actors.includes(actor.index)) return []
        const here = fresh.some(
          (each) => each.stage === plan.stage && isAbout(each.about, plan.about),
        )
        if (!here || !reached(index)) return []
        const firstLink = plan.links[0]
        const action =
          firstLink === undefined
            ? faultAction(system, cursor, actor, plan)
            : lineAction(system, plan, firstLink)
        return action === null ? [] : [{ plan: index, action }]
      })
    },
    afterSend(queue, envelope) {
      const stage = (queue & 1) === 0 ? REQUEST_UNDER_WAY : REPLY_UNDER_WAY
      return plans.flatMap((plan, index): Firing[] => {
        if (!open(index) || plan.stage !== stage || !plan.links.includes(queue >> 1)) return []
        if (!isAbout(envelope.about, plan.about) || !reached(index)) return []
        return [{ plan: index, action: lineAction(system, plan, queue >> 1) }]
      })
    },
    instead(actor, at, local) {
      if (watchedTaking[actor.index] === 0 || local.queue < 0) return null
      const envelope = (at.queues[local.queue] as readonly Envelope[])[local.nth] as Envelope
      const end = (system.takers[local.queue] as { end: Actor['ends'][number] }).end
      const state = at.actors[actor.index] as Json
      for (const [index, plan] of plans.entries()) {
        if (!open(index) || !takesEnvelope[index] || !plan.actors.includes(actor.index)) continue
        const found = reactions(actor, state, end, envelope, local.nth, true).find(
          (each) => each.rule.rule.fault?.kind === plan.fault,
        )
        if (found === undefined || !isAbout(envelope.about, plan.about) || !reached(index)) continue
        return { plan: index, local: found }
      }
      return null
    },
    nextAtMs() {
      return timed.find(({ index }) => open(index))?.plan.atMs ?? Number.POSITIVE_INFINITY
    },
    fireTimed(at) {
      const next = timed.find(({ index }) => open(index))
      if (next === undefined) return null
      timed.splice(timed.indexOf(next), 1)
      for (const index of next.plan.actors) {
        const link = next.plan.links[0]
        const action =
          link === undefined
            ? faultAction(system, at, system.actors[index] as Actor, next.plan)
            : lineAction(system, next.plan, link)
        if (action !== null) return { plan: next.index, action }
      }
      return null
    },
  }
}
