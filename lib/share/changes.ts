// What is different in one document from another, as the values to set and their places.
import type { Json } from '../engine/types.ts'
import { pointer } from '../scenario/pointer.ts'
import type { Change } from '../scenario/with-value.ts'

type Fields = Readonly<Record<string, Json | undefined>>

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lists of one length are looked into; of another length they are told as a whole. */
export function changesBetween(before: Json, after: Json): readonly Change[] {
  return between(before, after, [])
}

function between(
  before: Json | undefined,
  after: Json | undefined,
  keys: readonly string[],
): readonly Change[] {
  if (before === after) return []
  if (after === undefined) return [[pointer(keys)]]
  if (isFields(before) && isFields(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names.flatMap((name) => between(before[name], after[name], [...keys, name]))
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return after.flatMap((item: Json, at) => between(before[at], item, [...keys, String(at)]))
  return [[pointer(keys), after]]
}
