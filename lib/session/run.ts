// A run: a scenario, its seed and the actions chosen by hand, recorded step by step and judged as it goes.
// That much is a small document; everything else follows from it, the same on every machine.
import type { Message, Seen } from '../clients/types.ts'
import { type Recorded, type Recording, record } from '../drivers/record.ts'
import type { Action, Observation } from '../engine/types.ts'
import { type Built, build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
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
  /** Per 'group event id': the steps at which it was handed over. */
  readonly deliveries: ReadonlyMap<string, readonly number[]>
  /** Facts in the order they were sent, with the step. */
  readonly sent: readonly { readonly step: number; readonly message: Message }[]
  /** Per actor: steps at which it went down and came back. */
  readonly downs: ReadonlyMap<string, readonly { readonly step: number; readonly down: boolean }[]>
  /** Choices not yet performed, in order. */
  readonly waiting: Choice[]
  atRest: boolean
}

interface Notes {
  readonly deliveries: Map<string, number[]>
  readonly sent: { step: number; message: Message }[]
  readonly facts: Set<number>
  readonly downs: Map<string, { step: number; down: boolean }[]>
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

/** Keeps what the picture asks of the past. */
function note(notes: Notes, step: number, observations: readonly Observation[]): void {
  for (const seen of observations as readonly Seen[]) {
    if (seen.kind === 'delivered') push(notes.deliveries, `${seen.group} ${seen.message.id}`, step)
    else if (seen.kind === 'stored' && !notes.facts.has(seen.message.n)) {
      notes.facts.add(seen.message.n)
      notes.sent.push({ step, message: seen.message })
    } else if (seen.kind === 'crashed' || seen.kind === 'paused') {
      push(notes.downs, seen.actor, { step, down: true })
    } else if (seen.kind === 'restarted' || seen.kind === 'resumed') {
      push(notes.downs, seen.actor, { step, down: false })
    }
  }
}

export function startRun(document: RunDocument): Run {
  const built = build(document.scenario)
  const court = courtOf(document.scenario.checks, built.subject)
  const notes: Notes = { deliveries: new Map(), sent: [], facts: new Set(), downs: new Map() }
  const hear = (index: number, step: Recorded) => {
    if (step.observations.length === 0) return
    court.see(step.observations, index)
    note(notes, index, step.observations)
  }
  const plans = plansOf(document.scenario, built.system)
  const recording = record(built.system, { seed: document.seed, plans }, hear)
  return {
    document,
    built,
    recording,
    court,
    deliveries: notes.deliveries,
    sent: notes.sent,
    downs: notes.downs,
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
