// The palette: which faults are possible here and now, on one actor, line or message, and why the others
// are not. The action is built from the model's own rules, so that what is offered can be done.
import { isAbout } from '../engine/about.ts'
import type { Actor, Link, System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type { Action, Json, World } from '../engine/types.ts'
import { actionOf, localsOf, stagesOf, whyNot } from '../engine/world.ts'
import { faults } from './index.ts'
import type { Fault, FaultChoice, Intent, IntentChoice } from './types.ts'

const INTENTS: readonly (readonly [Intent, string])[] = [
  ['redeliver', 'Redeliver'],
  ['reorder', 'Reorder'],
  ['lose', 'Lose'],
  ['break-down', 'Break something'],
]

/** Misfortunes of lines are actions of the engine itself, not rules of an actor. */
const OF_LINES: Readonly<Record<string, 'CutConnection' | 'SlowLink'>> = {
  'cut-connection': 'CutConnection',
  'slow-link': 'SlowLink',
}

/** Every fault for one target (an actor's, a group's or a line's id, an event id; '' for everything). */
export function faultChoices(system: System, world: World, target: string): FaultChoice[] {
  const at = lookAt(system, world, target)
  return faults.flatMap((fault) => {
    const rule = OF_LINES[fault.id]
    const found = rule === undefined ? ofActors(at, fault) : ofLines(at, fault, rule)
    if (found.length > 0 || target !== '') return found
    return [choice(fault, '', null, fault.needs)]
  })
}

/** The same by what a learner wishes for. A fault may serve several wishes. */
export function palette(system: System, world: World, target: string): readonly IntentChoice[] {
  const choices = faultChoices(system, world, target)
  return INTENTS.map(([intent, title]) => ({
    intent,
    title,
    causes: choices.filter((each) =>
      faults.some((fault) => fault.id === each.fault && fault.intents.includes(intent)),
    ),
  }))
}

function choice(
  fault: Fault,
  target: string,
  action: Action | null,
  reason: string | null,
): FaultChoice {
  const { id, title, sentence } = fault
  return { fault: id, title, sentence, target, action, reason }
}

/** Where to look: the actors and lines a target means, and the event id when it is a message. */
interface Look {
  readonly system: System
  readonly world: World
  readonly actors: readonly Actor[]
  readonly links: readonly Link[]
  /** Null unless the target is a message. */
  readonly message: string | null
}

function lookAt(system: System, world: World, target: string): Look {
  const base = { system, world, message: null }
  if (target === '') return { ...base, actors: system.actors, links: system.links }
  const line = system.linkById.get(target)
  if (line !== undefined) return { ...base, actors: [], links: [line] }
  const actors = system.actors.filter((actor) => actor.id === target || actor.group === target)
  if (actors.length === 0) {
    return { ...base, actors: system.actors, links: system.links, message: target }
  }
  const indices = new Set(actors.map((actor) => actor.index))
  const links = system.links.filter(
    (link) => indices.has(link.fromIndex) || indices.has(link.toIndex),
  )
  return { ...base, actors, links }
}

function ofLines(at: Look, fault: Fault, rule: 'CutConnection' | 'SlowLink'): FaultChoice[] {
  const { system, world, message } = at
  return at.links.flatMap((link) => {
    if (rule === 'CutConnection' && link.mode !== 'connection') return []
    if (message !== null && !carries(world, link, message)) return []
    const action: Action = { link: link.id, rule }
    const reason = whyNot(system, world, action)
    return [choice(fault, link.id, reason === null ? action : null, reason)]
  })
}

function carries(world: World, link: Link, message: string): boolean {
  return [2 * link.index, 2 * link.index + 1].some((queue) =>
    world.queues[queue]?.some((envelope) => isAbout(envelope.about, message)),
  )
}

function ofActors(at: Look, fault: Fault): FaultChoice[] {
  return at.actors.flatMap((actor) => {
    const rules = actor.kind.rules.filter(({ rule }) => rule.fault?.kind === fault.id)
    if (rules.length === 0) return []
    const possible = localsOf(at.world, actor, true).filter(
      (local) => rules.includes(local.rule) && concerns(at, actor, local),
    )
    if (possible.length > 0) {
      return possible.map((local) =>
        choice(fault, actor.id, actionOf(at.system, actor, local), null),
      )
    }
    // A message that this actor has nothing to do with is no reason to list the actor.
    if (at.message !== null) return []
    const reasons = rules.map(({ rule }) =>
      whyNot(at.system, at.world, { actor: actor.id, rule: rule.name }),
    )
    return [choice(fault, actor.id, null, reasons.find((reason) => reason !== null) ?? fault.needs)]
  })
}

/** Whether a fault of this actor would befall the message: it works on it, or is about to take it. */
function concerns(at: Look, actor: Actor, local: Local): boolean {
  if (at.message === null) return true
  const message = at.message
  if (local.queue >= 0) return isAbout(at.world.queues[local.queue]?.[local.nth]?.about, message)
  const state = at.world.actors[actor.index] as Json
  return stagesOf(actor, state).some((stage) => isAbout(stage.about, message))
}
