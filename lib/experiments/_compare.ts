// What makes two observations the same, and an outcome one of several.
import type { Json } from '../engine/types.ts'
import type { Observed } from './types.ts'

/** The same text for the same observation, in whatever order its fields were written. */
export function compareText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(compareText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, each]) => each !== undefined)
  const texts = fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${compareText(each as Json)}`)
  return `{${texts.join(',')}}`
}

export const isSame = (a: Observed, b: Observed): boolean => compareText(a) === compareText(b)

/** Whether an observation has all of these entries; it may have others. */
export function hasEntries(observed: Observed, entries: Observed): boolean {
  return Object.entries(entries).every(
    ([name, value]) =>
      name in observed && compareText(observed[name] as Json) === compareText(value),
  )
}
