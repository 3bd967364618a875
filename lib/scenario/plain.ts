// What arrives from outside, made safe to walk: plain JSON of bounded depth, without '__proto__' keys.
// Everything after this may recurse over a document without fear.
import type { Json } from '../engine/types.ts'
import type { DocumentError } from './errors.ts'
import { limits } from './limits.ts'
import { step } from './pointer.ts'
import { show } from './show.ts'

export function plain(value: unknown): { readonly json: Json } | { readonly error: DocumentError } {
  const found: DocumentError[] = []
  const json = copy(value, '', 0, found)
  const error = found[0]
  return error === undefined ? { json } : { error }
}

function copy(value: unknown, path: string, depth: number, found: DocumentError[]): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (depth > limits.depth) return refuse(found, path, '…', `at most ${limits.depth} levels deep`)
  if (Array.isArray(value))
    return Array.from(value, (item, i) => copy(item, step(path, String(i)), depth + 1, found))
  if (!isPlainObject(value)) return refuse(found, path, show(value), 'a JSON value')
  const out: Record<string, Json> = {}
  for (const key of Object.keys(value)) {
    if (key === '__proto__') refuse(found, step(path, key), show(key), 'another name')
    else if (value[key] !== undefined)
      out[key] = copy(value[key], step(path, key), depth + 1, found)
  }
  return out
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function refuse(found: DocumentError[], path: string, value: string, expected: string): null {
  found.push({ path, value, expected, message: `${path}: found ${value}, expected ${expected}` })
  return null
}
