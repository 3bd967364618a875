// What arrives from outside, made safe to walk: plain JSON of bounded depth, without '__proto__' keys.
// Everything after this may recurse over a document without fear.
import type { Json } from '../engine/types.ts'
import type { DocumentError } from './errors.ts'
import { limits } from './limits.ts'
import { step } from './pointer.ts'
import { show, thousands } from './show.ts'

/** What was found wrong, and how many values were walked to find it. */
interface Walk {
  readonly found: DocumentError[]
  values: number
}

export function plain(value: unknown): { readonly json: Json } | { readonly error: DocumentError } {
  const walk: Walk = { found: [], values: 0 }
  const json = copy(value, '', 0, walk)
  const error = walk.found[0]
  return error === undefined ? { json } : { error }
}

function copy(value: unknown, path: string, depth: number, walk: Walk): Json {
  // A few megabytes hold millions of values, and a page that walks them all stands still meanwhile.
  if (walk.values > limits.values) return null
  walk.values += 1
  if (walk.values > limits.values)
    return refuse(walk, '', 'more', `at most ${thousands(limits.values)} values`)
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (depth > limits.depth) return refuse(walk, path, '…', `at most ${limits.depth} levels deep`)
  if (Array.isArray(value)) return copyList(value, path, depth, walk)
  if (!isPlainObject(value)) return refuse(walk, path, show(value), 'a JSON value')
  const out: Record<string, Json> = {}
  for (const key of Object.keys(value)) {
    if (key === '__proto__') refuse(walk, step(path, key), show(key), 'another name')
    else if (value[key] !== undefined) out[key] = copy(value[key], step(path, key), depth + 1, walk)
  }
  return out
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function copyList(list: readonly unknown[], path: string, depth: number, walk: Walk): Json {
  const out: Json[] = []
  for (let i = 0; i < list.length && walk.values <= limits.values; i++)
    out.push(copy(list[i], step(path, String(i)), depth + 1, walk))
  return out
}

function refuse(walk: Walk, path: string, value: string, expected: string): null {
  const where = path === '' ? 'The document' : path
  const message = `${where}: found ${value}, expected ${expected}`
  walk.found.push({ path, value, expected, message })
  return null
}
