// The same scenario with one value of its document changed: what every field of the inspector does.
import type { Json } from '../engine/types.ts'
import type { Parsed } from './errors.ts'
import { documentError } from './errors.ts'
import type { Known } from './known.ts'
import { limits } from './limits.ts'
import { parseScenario } from './parse.ts'
import { keysOf } from './pointer.ts'
import type { Scenario } from './types.ts'

/**
 * `path` is a JSON pointer; '-' after a list appends. `undefined` takes the value away, so that its
 * default holds again. An object that is missing on the way is made: a service without settings of its
 * own has no entry in `deployment.services`.
 */
export function withValue(scenario: Scenario, path: string, value: unknown, known?: Known): Parsed {
  const keys = keysOf(path)
  if (keys === null) return nowhere(path, 'a JSON pointer such as /deployment/nodes')
  const changed = set(scenario as unknown as Json, keys, value as Json | undefined)
  return changed === NOWHERE
    ? nowhere(path, 'a place in the document')
    : parseScenario(changed, known)
}

/** A value and its place; without a value what stands there is taken away. */
export type Change = readonly [path: string, value?: Json]

/** The same with several values changed, one after the other. */
export function withChanges(scenario: Scenario, changes: readonly Change[], known?: Known): Parsed {
  let changed: Json | undefined | typeof NOWHERE = scenario as unknown as Json
  for (const [path, value] of changes) {
    const keys = keysOf(path)
    if (keys === null || keys.length > limits.depth) return nowhere(path, 'a place in the document')
    changed = set(changed, keys, value)
    if (changed === NOWHERE) return nowhere(path, 'a place in the document')
  }
  return parseScenario(changed, known)
}

function nowhere(path: string, expected: string): Parsed {
  return { ok: false, errors: [documentError('', path, expected)] }
}

const NOWHERE = Symbol('nowhere')
type Changed = Json | undefined | typeof NOWHERE

function set(here: Json | undefined, keys: readonly string[], value: Json | undefined): Changed {
  const [key, ...rest] = keys
  if (key === undefined) return value
  if (Array.isArray(here)) return setInList(here, key, rest, value)
  if (here !== undefined && (typeof here !== 'object' || here === null)) return NOWHERE
  if (key === '__proto__') return NOWHERE
  const fields = (here ?? {}) as Readonly<Record<string, Json>>
  const inner = set(Object.hasOwn(fields, key) ? fields[key] : undefined, rest, value)
  if (inner === NOWHERE) return NOWHERE
  if (inner !== undefined) return { ...fields, [key]: inner }
  const { [key]: _, ...others } = fields
  return others
}

function setInList(
  list: readonly Json[],
  key: string,
  rest: readonly string[],
  value: Json | undefined,
): Changed {
  const index = key === '-' ? list.length : Number(key)
  if (key !== '-' && !(/^(0|[1-9]\d*)$/.test(key) && index < list.length)) return NOWHERE
  const inner = set(list[index], rest, value)
  if (inner === NOWHERE) return NOWHERE
  return inner === undefined ? list.toSpliced(index, 1) : list.toSpliced(index, 1, inner)
}
