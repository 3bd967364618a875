// What a page and its workers say to each other. Only scenarios, questions, figures and answers cross; each side
// looks at what it hears before it believes it.

import type { Scenario } from '@/lib/scenario/types'
import type { Answer, Question } from '@/lib/session/exploring'
import type { Tally } from '@/lib/session/exploring-tally'

/** One question about one scenario, asked of the smallest scope first. */
export interface Task {
  readonly scenario: Scenario
  readonly question: Question
}

export interface Standing extends Tally {
  readonly ms: number
}

export type Order =
  | { readonly do: 'search'; readonly job: number; readonly task: Task }
  | { readonly do: 'stop'; readonly job: number }

export type Report =
  | { readonly did: 'start' }
  | { readonly did: 'progress'; readonly job: number; readonly standing: Standing }
  | {
      readonly did: 'answer'
      readonly job: number
      readonly standing: Standing
      readonly answers: readonly Answer[]
    }
  | { readonly did: 'fail'; readonly job: number; readonly why: string }

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const isStanding = (value: unknown): boolean =>
  isObject(value) &&
  ['ms', 'states', 'frontier', 'depth', 'faults'].every((key) => typeof value[key] === 'number') &&
  Array.isArray(value['depths'])

const isTask = (value: unknown): boolean =>
  isObject(value) &&
  isObject(value['scenario']) &&
  isObject(value['question']) &&
  typeof value['question']['invariant'] === 'string'

export function isOrder(value: unknown): value is Order {
  if (!isObject(value) || typeof value['job'] !== 'number') return false
  return value['do'] === 'stop' || (value['do'] === 'search' && isTask(value['task']))
}

export function isReport(value: unknown): value is Report {
  if (!isObject(value)) return false
  if (value['did'] === 'start') return true
  if (typeof value['job'] !== 'number') return false
  if (value['did'] === 'fail') return typeof value['why'] === 'string'
  if (value['did'] === 'progress') return isStanding(value['standing'])
  return (
    value['did'] === 'answer' && isStanding(value['standing']) && Array.isArray(value['answers'])
  )
}
