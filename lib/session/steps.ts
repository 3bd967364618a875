// One recorded step as the log and the timeline show it.
import type { Actor } from '../engine/compile.ts'
import type { LinkAction } from '../engine/types.ts'
import type { Run } from './run.ts'
import type { StepRecord } from './types.ts'
import { sentenceOf } from './words.ts'

/** What people call an actor: the story's title for producers and sinks, else its id. */
export function titleOf(run: Run, actor: string): string {
  const { producers, sinks } = run.document.scenario.story
  const named = [...producers, ...sinks].find((each) => each.id === actor)
  if (named !== undefined) return named.title
  const link = run.built.system.linkById.get(actor)
  return link === undefined ? actor : `the line between ${link.from} and ${link.to}`
}

function subjectOf(run: Run, index: number): string {
  const step = run.recording.step(index)
  for (const seen of step.observations) {
    const message = (seen as { message?: { id: string } }).message
    if (message !== undefined) return message.id
  }
  return typeof step.local?.arg === 'string' ? step.local.arg : ''
}

const LINE_WORDS: Readonly<Record<LinkAction['rule'], string>> = {
  CutConnection: 'is cut: everything in flight both ways is lost',
  SlowLink: 'becomes slow',
  RestoreLink: 'is as fast as before',
}

function doesOf(run: Run, line: LinkAction | null, actor: number, rule: string): string {
  if (line !== null) return LINE_WORDS[line.rule]
  const kind = (run.built.system.actors[actor] as Actor).kind.kind.name
  return run.built.broker.words[kind]?.[rule] ?? rule
}

export function stepRecord(run: Run, index: number): StepRecord {
  const step = run.recording.step(index)
  const action = run.recording.actionAt(index)
  const actor =
    step.line === null ? (run.built.system.actors[step.actor] as Actor).id : step.line.link
  const about = subjectOf(run, index)
  const rule = action.rule
  const does = doesOf(run, step.line, step.actor, rule)
  const words = { actor, does, about, observations: step.observations }
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
    sentence: sentenceOf(words, { title: (id) => titleOf(run, id), terms: run.built.broker.terms }),
  }
}
