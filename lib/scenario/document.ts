// A scenario as its author would write it: without whatever is the default anyway. Parsing the document
// gives the scenario back, so that links and files stay short and diffs show only what was chosen.
import * as z from 'zod/mini'
import type { Json } from '../engine/types.ts'
import { scenarioSchema } from './schema.ts'
import type { Scenario } from './types.ts'

export type Document = { readonly [key: string]: Json | undefined }

export function toDocument(scenario: Scenario): Document {
  return withoutDefaults(scenarioSchema, scenario as unknown as Json) as Document
}

/** Walks the schema beside the value. The kinds of schema named here are all that the document uses. */
function withoutDefaults(schema: z.core.$ZodType, value: Json): Json {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'default':
    case 'optional':
      return withoutDefaults(def.innerType, value)
    case 'pipe':
      return withoutOwnTitle(withoutDefaults(def.in, value))
    case 'object':
      return fromEntries(value, (name, field) => {
        const inner = def.shape[name]
        if (inner === undefined || isDefault(inner, field)) return undefined
        return withoutDefaults(inner, field)
      })
    case 'record':
      return fromEntries(value, (_, item) => withoutDefaults(def.valueType, item))
    case 'array':
      return (value as readonly Json[]).map((item) => withoutDefaults(def.element, item))
    case 'union': {
      const option = def.options.find((choice) => accepts(choice, value))
      return option === undefined ? value : withoutDefaults(option, value)
    }
    default:
      return value
  }
}

function fromEntries(value: Json, change: (name: string, field: Json) => Json | undefined): Json {
  const changed = Object.entries(value as Document).flatMap(([name, field]) => {
    const kept = field === undefined ? undefined : change(name, field)
    return kept === undefined ? [] : [[name, kept] as const]
  })
  return Object.fromEntries(changed)
}

function isDefault(schema: z.core.$ZodType, value: Json): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod
  return def.type === 'default' && same(def.defaultValue, value)
}

/** Key order is of no account in JSON, and a value that was set by hand may have another. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) =>
        Object.hasOwn(b, name) && same(a[name as keyof typeof a], b[name as keyof typeof b]),
    )
  )
}

function accepts(schema: z.core.$ZodType, value: Json): boolean {
  return z.safeParse(schema, value).success
}

/** The schema calls what has no title by its id. */
function withoutOwnTitle(thing: Json): Json {
  const { title, ...rest } = thing as Document
  return title === rest['id'] ? (rest as Json) : thing
}
