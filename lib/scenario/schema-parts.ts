// The small pieces of the scenario's schema. Every field carries a title and a description: they become
// the JSON Schema from which an editor completes and explains a document.
import * as z from 'zod/mini'
import type { Json } from '../engine/types.ts'
import { limits } from './limits.ts'
import { thousands } from './show.ts'

/** Names a field for people: title and description stand in the exported JSON Schema. */
export function field<T extends z.core.$ZodType>(schema: T, title: string, description: string): T {
  z.globalRegistry.add(schema, { title, description })
  return schema
}

/** What this part of the schema expects, in words: errors.ts repeats it to the author. */
export const EXPECTED = 'expected '
const expects = (what: string) => ({ error: EXPECTED + what })

/** An object with these fields and no others; an unknown field is told which there are. */
export function closed<const Shape extends z.core.$ZodShape>(shape: Shape) {
  const fields = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `${EXPECTED}one of these fields: ${fields}` : undefined,
  })
}

export const text = (least: number, most: number) =>
  z.string().check(z.minLength(least), z.maxLength(most))

/** Something to see, and nothing that is not drawn but moves what stands beside it. */
export const title = () =>
  text(1, limits.titleLength).check(
    z.refine((words) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(words), expects('a text that can be seen')),
    z.refine(
      (words) => !/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u.test(words),
      expects('a text without control characters'),
    ),
  )
/** What every object has of its own would be found by a look-up of that name. */
export const named = (most: number) =>
  text(1, most).check(
    z.refine(
      (word) => !(word in Object.prototype),
      expects('any name that is not of every object, as "constructor" is'),
    ),
  )
export const name = () => named(limits.nameLength)
/** What the model calls something: an actor, a line, a rule. Longer than what an author may name. */
export const label = () => text(1, 3 * limits.nameLength)
export const duration = () => whole(0, limits.durationMs)

/** One of several kinds of object; of what fits none it is told what would. */
export const oneOfThem = <const Kinds extends readonly z.core.$ZodType[]>(
  kinds: Kinds,
  expected: string,
) => z.union(kinds, expects(expected))

export const list = <T extends z.core.$ZodType>(item: T, least: number, most: number) =>
  z.array(item).check(z.minLength(least), z.maxLength(most))

export function whole(least: number, most: number) {
  const expected = expects(`a whole number from ${thousands(least)} to ${thousands(most)}`)
  return z.int(expected).check(z.minimum(least, expected), z.maximum(most, expected))
}

/** 'constructor' is a property of every object, so that a look-up by that id would find a function. */
export function slug() {
  const expected = expects('a kebab-case name: small letters, digits and single hyphens')
  return z.string(expected).check(
    z.minLength(1, expected),
    z.maxLength(limits.nameLength, expects(`a name of at most ${limits.nameLength} characters`)),
    z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, expected),
    z.refine((id) => id !== 'constructor', expects('any kebab-case name except "constructor"')),
  )
}

export const range = () =>
  z
    .tuple([duration(), duration()])
    .check(z.refine(([least, most]) => least <= most, expects('[min, max] with min at most max')))

/** Any JSON, under the engine's own name for it: the compiler compares two such types without end. */
export const json = () => z.json() as unknown as z.ZodMiniType<Json, Json>

export const settings = () => z.record(name(), z.union([z.boolean(), z.number(), text(0, 200)]))
