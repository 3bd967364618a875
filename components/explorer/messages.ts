// What a page and its workers say to each other. Only scenarios, questions, figures and answers cross; each side
// looks at what it hears before it believes it.

import type { Scenario } from '@/lib/scenario/types'
import type { ToExplain } from '@/lib/session/explaining'
import type { Answer, Question } from '@/lib/session/exploring'
import type { Tally } from '@/lib/session/exploring-tally'
import type { ToPreventLeast } from '@/lib/session/preventing'
import type { Prevention, Why } from '@/lib/why/index'

/** One question about one scenario, asked of the smallest scope first. */
export interface Task {
  readonly scenario: Scenario
  readonly question: Question
}

/** Why a breach came about, or what would have prevented it. */
export type WhyTask = { readonly explain: ToExplain } | { readonly prevent: ToPreventLeast }

/** What is known so far of either. */
export type Known = { readonly why: Why } | { readonly prevented: readonly Prevention[] }

export interface Standing extends Tally {
  readonly ms: number
}

export type Order =
  | { readonly do: 'search'; readonly job: number; readonly task: Task | WhyTask }
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
  | {
      readonly did: 'learn'
      readonly job: number
      readonly known: Known
      /** Whether that is all there is to know. */
      readonly all: boolean
    }
  | { readonly did: 'fail'; readonly job: number; readonly why: string }

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const isStanding = (value: unknown): boolean =>
  isObject(value) &&
  ['ms', 'states', 'frontier', 'depth', 'faults'].every((key) => typeof value[key] === 'number') &&
  Array.isArray(value['depths'])

const isQuestion = (value: unknown): boolean =>
  isObject(value) && typeof value['invariant'] === 'string'

const isWhole = (value: unknown): boolean =>
  isObject(value) && isObject(value['scenario']) && isQuestion(value)

const isTask = (value: unknown): boolean =>
  isObject(value) &&
  ((isObject(value['scenario']) && isQuestion(value['question'])) ||
    isWhole(value['explain']) ||
    isWhole(value['prevent']))

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
  if (value['did'] === 'learn') return isObject(value['known'])
  return (
    value['did'] === 'answer' && isStanding(value['standing']) && Array.isArray(value['answers'])
  )
}
