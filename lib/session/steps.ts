// One recorded step as the log and the timeline show it.
import type { Actor } from '../engine/compile.ts'
import type { Run } from './run.ts'
import type { StepRecord } from './types.ts'
import { sentenceOf } from './words.ts'

/** What people call an actor: the story's title for producers and sinks, else its id. */
export function titleOf(run: Run, actor: string): string {
  const { producers, sinks } = run.document.scenario.story
  const named = [...producers, ...sinks].find((each) => each.id === actor)
  return named?.title ?? actor
}

function subjectOf(run: Run, index: number): string {
  const step = run.recording.step(index)
  for (const seen of step.observations) {
    const message = (seen as { message?: { id: string } }).message
    if (message !== undefined) return message.id
  }
  return typeof step.local?.arg === 'string' ? step.local.arg : ''
}

export function stepRecord(run: Run, index: number): StepRecord {
  const step = run.recording.step(index)
  const action = run.recording.actionAt(index)
  const actor =
    step.line === null ? (run.built.system.actors[step.actor] as Actor).id : step.line.link
  const about = subjectOf(run, index)
  const rule = action.rule
  const words = { actor, rule, about, observations: step.observations }
  return {
    index,
    timeMs: step.timeMs,
    action,
    actor,
    rule,
    about,
    fault: step.fault,
    causes: [step.before, step.sender].filter((cause) => cause > 0),
    observations: step.observations,
    sentence: sentenceOf(words, (id) => titleOf(run, id)),
  }
}
