// A run: a scenario, its seed and the actions chosen by hand, recorded step by step and judged as it goes.
// That much is a small document; everything else follows from it, the same on every machine.
import { type Recorded, type Recording, record } from '../drivers/record.ts'
import type { Action, Json } from '../engine/types.ts'
import { type Built, build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { noNotes, noteSeen, noteStands, type Past } from './notes.ts'
import { plansOf } from './plans-of.ts'
import { type Court, courtOf } from './verdicts.ts'

/** An action chosen by hand, performed right after step `after`. */
export interface Choice {
  readonly after: number
  readonly action: Action
}

export interface RunDocument {
  readonly scenario: Scenario
  readonly seed: string
  readonly choices: readonly Choice[]
}

export interface Run {
  readonly document: RunDocument
  readonly built: Built
  readonly recording: Recording
  readonly court: Court
  readonly past: Past
  /** Choices not yet performed, in order. */
  readonly waiting: Choice[]
  atRest: boolean
}

export function startRun(document: RunDocument): Run {
  const built = build(document.scenario)
  const court = courtOf(document.scenario.checks, built.subject)
  const notes = noNotes()
  const { broker, system } = built
  const hear = (index: number, step: Recorded) => {
    const at = { step: index, timeMs: step.timeMs }
    const actor = system.actors[step.actor]
    if (actor !== undefined) {
      const state = recording.player.cursor.actors[actor.index] as Json
      noteStands(notes, at, actor.id, broker.stands(actor, state))
    }
    if (step.observations.length === 0) return
    court.see(step.observations, index)
    noteSeen(notes, at, step.observations)
  }
  const plans = plansOf(document.scenario, built.system)
  const recording: Recording = record(built.system, { seed: document.seed, plans }, hear)
  return {
    document,
    built,
    recording,
    court,
    past: notes,
    waiting: [...document.choices],
    atRest: false,
  }
}

/** Records one more step; false at rest. Choices come at their step, even from rest. */
export function extend(run: Run): boolean {
  const choice = run.waiting[0]
  if (choice !== undefined && choice.after <= run.recording.length()) {
    run.waiting.shift()
    run.recording.inject(choice.action)
    run.atRest = false
    return true
  }
  const moved = run.recording.next()
  run.atRest = !moved && run.waiting.length === 0
  return moved
}

/** When the next step will be due; Infinity at rest. */
export function dueAfter(run: Run): number {
  return run.recording.dueMs()
}

/** The same run up to `step`, and there this action: its later future is dropped. */
export function chooseAt(run: Run, step: number, action: Action): Run {
  const choices = run.document.choices.filter((choice) => choice.after < step)
  const next = startRun({ ...run.document, choices: [...choices, { after: step, action }] })
  while (next.recording.length() < step) if (!extend(next)) break
  extend(next)
  return next
}
