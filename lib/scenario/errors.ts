// What is wrong with a document, said so that its author can mend it: where, what is there, what should be.
import type * as z from 'zod/mini'
import { pointer, valueAt } from './pointer.ts'
import { EXPECTED } from './schema-parts.ts'
import { oneOf, show, thousands } from './show.ts'
import type { Scenario } from './types.ts'

export interface DocumentError {
  /** JSON pointer (RFC 6901) into the document; '' for the whole. */
  readonly path: string
  /** What was found there, as JSON, shortened; '' when nothing is there. */
  readonly value: string
  readonly expected: string
  /** The three in one sentence. */
  readonly message: string
}

export type Parsed =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly errors: readonly DocumentError[] }

/** More than this many errors help nobody, and a long list of faults may hold thousands. */
const MOST = 50

export function documentError(path: string, value: unknown, expected: string): DocumentError {
  const shown = show(value)
  const found = shown === '' ? 'nothing' : shown
  const where = path === '' ? 'The document' : path
  return { path, value: shown, expected, message: `${where}: found ${found}, expected ${expected}` }
}

/** A refusal that concerns the whole text, not one place in it. */
export function refusal(expected: string, message: string, value = ''): Parsed {
  return { ok: false, errors: [{ path: '', value, expected, message }] }
}

/**
 * The schema library's issues in our words, one for each place. `document` is what was parsed: it holds
 * the values.
 */
export function errorsOf(document: unknown, issues: readonly z.core.$ZodIssue[]): DocumentError[] {
  const errors = issues.slice(0, MOST).flatMap((issue) => inWords(document, issue, []))
  return errors.filter(({ path }, i) => errors.findIndex((other) => other.path === path) === i)
}

type Keys = readonly PropertyKey[]

function inWords(document: unknown, issue: z.core.$ZodIssue, above: Keys): DocumentError[] {
  const keys = [...above, ...issue.path]
  const at = pointer(keys)
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MOST)
      .map((key) =>
        documentError(
          pointer([...keys, key]),
          valueAt(document, [...keys, key]),
          expectedBy(issue),
        ),
      )
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const choices = issue.errors.flat().map((inner) => inWords(document, inner, keys))
    const here = choices.flat().filter((error) => error.path === at)
    const expected = [...new Set(here.map((error) => error.expected))].join(' or ')
    if (expected !== '') return [documentError(at, valueAt(document, keys), expected)]
  }
  if (issue.code === 'invalid_key')
    return [documentError(at, issue.path.at(-1), 'a kebab-case name')]
  return [documentError(at, valueAt(document, keys), expectedBy(issue))]
}

const NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a pair [min, max]',
  object: 'an object',
  record: 'an object',
}

/** A choice by default may be left out: that is no word to expect. */
const isSaid = (value: unknown): boolean => value !== undefined

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith(EXPECTED)) return issue.message.slice(EXPECTED.length)
  switch (issue.code) {
    case 'invalid_type':
      return NAMES[issue.expected] ?? issue.expected
    case 'invalid_value':
      return oneOf(issue.values)
    case 'invalid_union':
      return oneOf('options' in issue ? (issue.options ?? []).filter(isSaid) : [])
    case 'too_big':
      return `${bound(issue.origin)} at most ${thousands(issue.maximum)}`
    case 'too_small':
      return `${bound(issue.origin)} at least ${thousands(issue.minimum)}`
    default:
      return issue.message
  }
}

function bound(origin: string): string {
  if (origin === 'string') return 'a text with a length of'
  if (origin === 'array' || origin === 'tuple') return 'a list with a length of'
  return 'a number of'
}
