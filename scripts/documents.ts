// Reads the documents that scripts are given, and says on stderr what is wrong with one: path, value and
// what was expected, a line each. A script that was given a bad one ends with exit code 2.
import { readFileSync } from 'node:fs'
import type { Action } from '../lib/engine/types.ts'
import { decodeFile } from '../lib/scenario/codec.ts'
import type { DocumentError, Parsed } from '../lib/scenario/errors.ts'
import type { Scenario } from '../lib/scenario/types.ts'
import { readLink } from '../lib/session/links.ts'
import { fromCwd } from './from-cwd.ts'

/** Bad input of a script: what `main` prints instead of a stack. */
export interface BadInput {
  readonly bad: readonly string[]
}

type Result<T> = { readonly value: T } | BadInput

export function readScenario(path: string): Result<Scenario> {
  const file = readText(path)
  if ('bad' in file) return file
  return scenarioOf(decodeFile(file.value), path)
}

/** From a link as people copy it, or its fragment alone. */
export function readScenarioLink(link: string): Result<Scenario> {
  return scenarioOf(readLink(link.slice(link.indexOf('#') + 1)), 'The link')
}

function scenarioOf(parsed: Parsed, from: string): Result<Scenario> {
  if (parsed.ok) return { value: parsed.scenario }
  return { bad: [`${from} is not a scenario.`, ...parsed.errors.flatMap(lines)] }
}

function lines({ path, value, expected, message }: DocumentError): string[] {
  return [
    message,
    `  path:     ${path === '' ? '(the document)' : path}`,
    `  value:    ${value === '' ? '(nothing)' : value}`,
    `  expected: ${expected}`,
  ]
}

/** A script of actions: what `npm run explore` gives as a counterexample, or that answer itself. */
export function readScript(path: string): Result<readonly Action[]> {
  const file = readText(path)
  if ('bad' in file) return file
  const found = jsonOf(file.value)
  const list = isFields(found) && 'script' in found ? found['script'] : found
  if (!Array.isArray(list)) return { bad: [`${path} is not a script: expected a list of actions.`] }
  const wrong = list.findIndex((action) => !isAction(action))
  if (wrong < 0) return { value: list }
  const shown = JSON.stringify(list[wrong])?.slice(0, 60)
  const expected = 'expected { "actor", "rule" } or { "link", "rule" }'
  return { bad: [`${path} is not a script: action ${wrong + 1} is ${shown}, ${expected}.`] }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it is not allowed',
}

function readText(path: string): Result<string> {
  try {
    return { value: readFileSync(fromCwd(path), 'utf8') }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given'
    const because = code in REASONS ? `${code}, ${REASONS[code]}` : code
    return { bad: [`${path === '' ? 'The empty name' : path} cannot be read: ${because}.`] }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isAction(value: unknown): value is Action {
  if (!isFields(value) || typeof value['rule'] !== 'string') return false
  return typeof value['actor'] === 'string' || typeof value['link'] === 'string'
}
