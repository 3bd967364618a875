// What `npm run conformance` was asked, and the experiments it is to run.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { mistakesIn } from '../../lib/experiments/_check.ts'
import { experimentSchema } from '../../lib/experiments/_schema.ts'
import { experiments } from '../../lib/experiments/index.ts'
import type { Experiment } from '../../lib/experiments/types.ts'
import { errorsOf } from '../../lib/scenario/errors.ts'
import { readJson } from '../../lib/scenario/json-text.ts'
import { fromCwd } from '../../scripts/from-cwd.ts'

const USAGE =
  'npm run conformance [-- --broker kafka|rabbitmq] [--file experiment.json [--model-only]] [--only ID] [--repetitions N] [--record]'

export interface Options {
  readonly experiments: readonly Experiment[]
  readonly fromFile: boolean
  readonly modelOnly: boolean
  readonly repetitions: number
  /** Writes the results down for docs/fidelity.md. */
  readonly record: boolean
}

export interface BadInput {
  readonly bad: readonly string[]
}

const REPETITIONS = 3

export function optionsOf(words: readonly string[]): Options | BadInput {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        broker: { type: 'string', default: 'kafka' },
        file: { type: 'string' },
        only: { type: 'string' },
        repetitions: { type: 'string', default: String(REPETITIONS) },
        'model-only': { type: 'boolean', default: false },
        record: { type: 'boolean', default: false },
      },
    })
    const repetitions = Number(values.repetitions)
    if (values.broker !== 'kafka')
      return { bad: [`There are no experiments for a broker "${values.broker}". ${USAGE}`] }
    if (!Number.isInteger(repetitions) || repetitions < 1)
      return { bad: [`--repetitions: expected a whole number from 1, found ${values.repetitions}`] }
    const chosen = values.file === undefined ? listed(values.only) : fromFile(values.file)
    if ('bad' in chosen) return chosen
    return {
      experiments: chosen,
      fromFile: values.file !== undefined,
      modelOnly: values['model-only'],
      repetitions,
      record: values.record,
    }
  } catch (error) {
    return { bad: [`${error instanceof Error ? error.message : error} ${USAGE}`] }
  }
}

function listed(only: string | undefined): readonly Experiment[] | BadInput {
  if (only === undefined) return experiments
  const found = experiments.filter(({ id, row }) =>
    only.split(',').some((x) => x === id || x === row),
  )
  return found.length > 0 ? found : { bad: [`There is no experiment "${only}".`] }
}

/** Their topics are called after them. */
function namesakes(experiments: readonly Experiment[]): readonly string[] {
  const ids = experiments.map(({ id }) => id)
  const twice = ids.flatMap((id, i) => (ids.indexOf(id) < i ? [{ id, i }] : []))
  return twice.map(({ id, i }) => `/${i}/id: found "${id}" again, expected a name of its own`)
}

function textOf(path: string): string | null {
  try {
    return readFileSync(fromCwd(path), 'utf8')
  } catch {
    return null
  }
}

/** Which one of a file of several a problem belongs to: by its place, and by its id where it has one. */
function nameIn(count: number, index: number, id: unknown): string {
  if (count === 1) return ''
  return typeof id === 'string' ? `/${index} (${id}): ` : `/${index}: `
}

function fromFile(path: string): readonly Experiment[] | BadInput {
  const text = textOf(path)
  if (text === null) return { bad: [`${path}: found no file to read, expected an experiment.`] }
  const read = readJson(text)
  if (!('value' in read)) {
    const { line, column, found, expected } = read
    return {
      bad: [`${path}, line ${line}, column ${column}: found ${found}, expected ${expected}.`],
    }
  }
  const document = read.value
  const all = Array.isArray(document) ? document : [document]
  if (all.length === 0) return { bad: [`${path}: found [], expected at least one experiment.`] }
  const parsed = all.map((each) => {
    const { $schema: _, ...rest } = (each ?? {}) as Readonly<Record<string, unknown>>
    return { given: rest, result: experimentSchema.safeParse(rest) }
  })
  const named = parsed.map(({ given }, i) => nameIn(all.length, i, given['id']))
  const bad = parsed.flatMap(({ given, result }, i) =>
    result.success
      ? []
      : errorsOf(given, result.error.issues).map(({ message }) => `${named[i]}${message}`),
  )
  if (bad.length > 0) return { bad: [`${path} is not an experiment.`, ...bad] }
  const given = parsed.map((each) => each.given as unknown as Experiment)
  const mistakes = [
    ...given.flatMap((each, i) => mistakesIn(each).map((says) => `${named[i]}${says}`)),
    ...namesakes(given),
  ]
  return mistakes.length > 0 ? { bad: [`${path} cannot be run.`, ...mistakes] } : given
}
