// A run: a scenario, its seed and the actions chosen by hand, recorded step by step and judged as it goes.
// That much is a small document; everything else follows from it, the same on every machine. A scenario with a
// script is followed step by step first; the seed says when its steps happen, and goes on after it.
import { type Recorded, type Recording, record } from '../drivers/record.ts'
import type { Action, Json } from '../engine/types.ts'
import type { Verdict } from '../invariants/types.ts'
import { type Built, build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { noNotes, noteSeen, noteStands, type Past } from './notes.ts'
import { plansOf } from './plans-of.ts'
import { faultsIn, type ScriptFault } from './script.ts'
import { isDrained } from './settled.ts'
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
  /** What happens first. */
  readonly script: readonly Action[]
  readonly scriptFaults: readonly ScriptFault[]
  /** The verdicts at the end of the script, where it ends at rest as a search means it; else none. */
  atScriptEnd: readonly Verdict[]
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
  const { script = [] } = document.scenario
  const plans = plansOf(document.scenario, built.system)
  const recording: Recording = record(built.system, { seed: document.seed, plans }, hear)
  return {
    document,
    built,
    recording,
    court,
    past: notes,
    waiting: [...document.choices],
    script,
    scriptFaults: faultsIn(built.system, script),
    atScriptEnd: [],
    atRest: false,
  }
}

/** What is missing when everything has happened that could is lost, though the run goes on. */
function judgeScript(run: Run): void {
  const { built, court, document, recording, script } = run
  const { world } = recording.at(script.length)
  if (!isDrained(document.scenario, built.system, script, world)) return
  run.atScriptEnd = court.now(true, { planned: 0, fired: 0 })
}

/** Records one more step; false at rest. Choices come at their step, even from rest. */
export function extend(run: Run): boolean {
  const scripted = run.script[run.recording.length()]
  if (scripted !== undefined) {
    run.recording.follow(scripted)
    if (run.recording.length() === run.script.length) judgeScript(run)
    return true
  }
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
  const scripted = run.script[run.recording.length()]
  return scripted === undefined ? run.recording.dueMs() : run.recording.scriptedMs(scripted)
}

/**
 * The same run up to `step`, and there this action: its later future is dropped. Of a run with a script all that
 * happened up to there becomes the script, so that it happens again exactly so.
 */
export function chooseAt(run: Run, step: number, action: Action): Run {
  const next = startRun(
    run.script.length > 0 ? scriptedUpTo(run, step, action) : chosen(run, step, action),
  )
  while (next.recording.length() < step) if (!extend(next)) break
  extend(next)
  return next
}

function chosen({ document }: Run, step: number, action: Action): RunDocument {
  const choices = document.choices.filter((choice) => choice.after < step)
  return { ...document, choices: [...choices, { after: step, action }] }
}

function scriptedUpTo({ document, recording }: Run, step: number, action: Action): RunDocument {
  const before = Array.from({ length: step }, (_, at) => recording.actionAt(at + 1))
  return { ...document, scenario: { ...document.scenario, script: [...before, action] } }
}
