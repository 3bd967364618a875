// Which recorded steps the log lists: by actor, by words. Grows with the run and looks at each step once.
import type { Session, StepRecord } from '@/lib/session/types'

export interface Filter {
  readonly actor: string
  readonly text: string
  /** Only what somebody could see: no protocol. */
  readonly told: boolean
}

export interface Found {
  /** Steps looked at so far. */
  length: number
  /** Indices of the steps that match, ascending. */
  readonly steps: number[]
}

export const nothingFound = (): Found => ({ length: 0, steps: [] })

export function matches(step: StepRecord, filter: Filter): boolean {
  if (filter.told && step.observations.length === 0 && step.fault === '') return false
  if (filter.actor !== '' && step.actor !== filter.actor && !step.sentence.includes(filter.actor))
    return false
  if (filter.text === '') return true
  const text = filter.text.toLowerCase()
  return [step.sentence, step.rule, step.about, step.actor].some((each) =>
    each.toLowerCase().includes(text),
  )
}

/** Looks at the steps up to `limit` that it has not looked at yet. */
export function search(found: Found, session: Session, filter: Filter, limit: number): Found {
  while (found.length < Math.min(limit, session.length)) {
    found.length += 1
    if (matches(session.step(found.length), filter)) found.steps.push(found.length)
  }
  return found
}

/** Place in the list of the last listed step at or before `position`; -1 when there is none. */
export function placeOf(steps: readonly number[], position: number): number {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle] ?? 0) <= position) low = middle + 1
    else high = middle
  }
  return low - 1
}
