// A run as a scenario: faults injected by hand become anchored plans, so that the same misfortune meets
// the same moment of the same message when a setting is changed or the link is opened elsewhere. A run that
// follows a script has them in it.

import { isAbout } from '../engine/about.ts'
import type { Actor } from '../engine/compile.ts'
import type { ActorAction, Envelope, Json, LinkAction } from '../engine/types.ts'
import { faultOf, stagesOf } from '../engine/world.ts'
import type { FaultPlan, Scenario } from '../scenario/types.ts'
import type { Choice, Run } from './run.ts'

function planOfLine(run: Run, action: LinkAction, fault: string, atMs: number): FaultPlan | null {
  const link = run.built.system.linkById.get(action.link)
  if (link === undefined) return null
  return { fault, at: { actor: link.from, atMs }, line: link.to }
}

/** The stage an actor stood at right before the choice, and how often it had stood there. */
function anchorOf(run: Run, actor: Actor, after: number): FaultPlan['at'] {
  const state = run.recording.at(after).world.actors[actor.index] as Json
  const stages = stagesOf(actor, state)
  const stage = stages[stages.length - 1]
  const message = stage?.about.split(' ')[0]
  if (stage === undefined || message === undefined || message === '') {
    return { actor: actor.id, atMs: timeAfter(run, after) }
  }
  const times = run.past.deliveries.get(`${actor.group} ${message}`) ?? []
  const nth = Math.max(1, times.filter((step) => step <= after).length)
  const name = actor.group === '' ? actor.id : actor.group
  return { actor: name, stage: stage.stage, message, ...(nth > 1 ? { nth } : {}) }
}

/** How often, up to step `after`, the actor had taken an envelope like this one about that message. */
function timesTaken(run: Run, like: Envelope, message: string, { actor, after }: Place): number {
  let times = 0
  for (let index = 1; index <= after; index++) {
    const { actor: who, local } = run.recording.step(index)
    if (who !== actor.index || local === null || local.queue < 0) continue
    if (![local.rule.rule.on ?? []].flat().includes(like.kind)) continue
    const taken = run.recording.at(index - 1).world.queues[local.queue]?.[local.nth]
    if (taken?.kind === like.kind && isAbout(taken.about, message)) times++
  }
  return times
}

interface Place {
  readonly actor: Actor
  readonly after: number
}

/** A fault that takes an envelope is tied to the message in it, and to no stage of the actor. */
function anchorOfTaking(run: Run, action: ActorAction, place: Place): FaultPlan['at'] {
  const { actor, after } = place
  const inbound = actor.endByPort[action.via ?? '']?.inbound ?? -1
  const envelope = run.recording.at(after).world.queues[inbound]?.[action.nth ?? 0]
  const message = envelope?.about?.split(' ')[0]
  if (envelope === undefined || message === undefined) return { actor: actor.id }
  const nth = timesTaken(run, envelope, message, place) + 1
  return { actor: actor.id, message, ...(nth > 1 ? { nth } : {}) }
}

/** In whole milliseconds, as the document has them; never before the step it followed. */
function timeAfter(run: Run, step: number): number {
  return step === 0 ? 0 : Math.ceil(run.recording.step(step).timeMs)
}

function planOf(run: Run, choice: Choice): FaultPlan | null {
  const fault = faultOf(run.built.system, choice.action)
  if (fault === '') return null
  if ('link' in choice.action) {
    return planOfLine(run, choice.action, fault, timeAfter(run, choice.after))
  }
  const actor = run.built.system.actorById.get(choice.action.actor)
  if (actor === undefined) return null
  const { arg, via } = choice.action
  const { after } = choice
  return {
    fault,
    at:
      via === undefined
        ? anchorOf(run, actor, after)
        : anchorOfTaking(run, choice.action, { actor, after }),
    ...(typeof arg === 'number' ? { arg } : {}),
  }
}

export function documentOf(run: Run): Scenario {
  const { scenario, seed, choices } = run.document
  if (run.script.length > 0) return { ...scenario, seed }
  const plans = choices.flatMap((choice) => planOf(run, choice) ?? [])
  return { ...scenario, seed, faults: [...scenario.faults, ...plans] }
}
