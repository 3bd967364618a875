// What a search says, in words: of a cell, of a counterexample, of what held and within which bounds. Nothing is
// said to hold without its bounds.
import { faults as catalogue } from '@/lib/faults/index'
import { topicsOf } from '@/lib/scenario/holders'
import { thousands } from '@/lib/scenario/show'
import type { Scenario } from '@/lib/scenario/types'
import type { Answer } from '@/lib/session/exploring'
import { formsOf } from '@/lib/session/forms'
import { count } from '../session/words'
import type { Cell } from './plan'

/** Steps after those in which the groups form. */
export const stepsOf = ({ script, lead }: Answer): number => (script?.length ?? 0) - lead

export const costOf = (answer: Answer): string =>
  `${count(answer.faults ?? 0, 'fault')}, ${count(stepsOf(answer), 'step')}`

const PAUSE = 'pause'

/** A pause lets a timer fire against a live peer: that takes timing which the durations do not foresee. */
export const isUnusual = ({ story }: Answer): boolean => story?.includes(PAUSE) ?? false

export const titleOfKind = (kind: string): string =>
  catalogue.find(({ id }) => id === kind)?.title ?? kind

/** 'Crash the process, cut the connection' */
export function storyWords({ story }: Answer): string {
  if (story === null || story.length === 0) return 'No fault at all'
  const [first = '', ...more] = story.map(titleOfKind)
  return [first, ...more.map((title) => title.charAt(0).toLowerCase() + title.slice(1))].join(', ')
}

/** How much of the bound on states a search has used, from 0 to 1. */
export function partOf(cell: Cell, maxStates: number): number {
  return Math.min(1, (cell.standing?.states ?? 0) / maxStates)
}

export function cellWords(cell: Cell, maxStates: number): string {
  const [answer] = cell.answers
  if (answer?.answer === 'counterexample') return costOf(answer)
  if (answer?.answer === 'holds within bounds') return 'within bounds'
  if (answer !== undefined) return 'not exhausted'
  if (cell.state === 'searching') return `searching ${Math.floor(partOf(cell, maxStates) * 100)} %`
  return cell.state === 'idle' ? 'nothing happens' : cell.state
}

/** '3 messages, 2 consumers and 1 partition' */
export const scopeOf = (scenario: Scenario): string => {
  const { story, deployment } = scenario
  const messages = story.producers.reduce((sum, producer) => sum + producer.count, 0)
  const instances = story.services.reduce((sum, service) => sum + service.instances, 0)
  const { lanes } = formsOf(scenario)
  const topics = Object.values(topicsOf(deployment))
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0)
  const readers = `${count(messages, 'message')}, ${count(instances, 'consumer')}`
  return lanes === null
    ? readers.replace(', ', ' and ')
    : `${readers} and ${count(partitions, lanes.one)}`
}

function budgetOf({ bounds: { faults, kinds } }: Answer): string {
  if (faults === 0) return 'no fault'
  return `at most ${count(faults, 'fault')} of ${count(kinds.length, 'kind')}`
}

/** Whether timers may fire though the durations say they would not. */
export const timingOf = (kinds: readonly string[]): string =>
  kinds.includes(PAUSE) ? 'unusual timing included' : 'usual timing only'

/** What was looked at, all of it. */
export function boundsInWords(answer: Answer): string {
  const { bounds, states, oddsOfCollision, reduced } = answer
  const looked = `Every schedule of ${scopeOf(answer.scenario)} with ${budgetOf(answer)}, ${timingOf(bounds.kinds)}: ${count(states, 'state').replace(String(states), thousands(states))}, all seen.`
  const shortcut = reduced ? ' Steps whose order cannot matter were taken in one order only.' : ''
  const odds =
    oddsOfCollision === 0
      ? ''
      : ` The odds that one state was taken for another: ${inPowers(oddsOfCollision)}.`
  return `${looked}${shortcut}${odds}`
}

/** 1 in 10^n is as near as anybody needs. */
function inPowers(odds: number): string {
  return `1 in ${thousands(Number((1 / odds).toPrecision(1)))}`
}

/** Why a search came to no end. */
export function unfinished(answer: Answer): string {
  const { states, bounds } = answer
  const full = states >= bounds.maxStates
  const what = full
    ? `The bound of ${thousands(bounds.maxStates)} states is reached`
    : `The bound of ${thousands(bounds.maxMb)} MB is reached after ${thousands(states)} states`
  return `${what}, with ${scopeOf(answer.scenario)} and ${budgetOf(answer)}. Nothing broke it so far; that is no proof. Fewer messages, consumers or kinds of fault can be searched to the end, or more states allowed.`
}
