// The experiments of lib/experiments/rabbitmq on the model and on real RabbitMQs, and whether both did the same.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { experimentSchema } from '../../../lib/experiments/rabbitmq/_schema.ts'
import { rabbitmqExperiments } from '../../../lib/experiments/rabbitmq/index.ts'
import type { Experiment } from '../../../lib/experiments/rabbitmq/types.ts'
import { errorsOf } from '../../../lib/scenario/errors.ts'
import { readJson } from '../../../lib/scenario/json-text.ts'
import { fromCwd } from '../../../scripts/from-cwd.ts'
import { BAD_INPUT, type Told } from '../told.ts'
import { recordRabbitmq } from './record.ts'
import { runRabbitmq } from './run.ts'

class BadInput extends Error {}

function optionsIn(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      broker: { type: 'string' },
      file: { type: 'string' },
      only: { type: 'string' },
      repetitions: { type: 'string', default: '3' },
      'model-only': { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
    },
  })
  const repetitions = Number(values.repetitions)
  if (!Number.isInteger(repetitions) || repetitions < 1) {
    throw new BadInput(`--repetitions: expected a whole number from 1, found ${values.repetitions}`)
  }
  return { ...values, repetitions }
}

function listed(only: string | undefined): readonly Experiment[] {
  if (only === undefined) return rabbitmqExperiments
  const names = only.split(',')
  const found = rabbitmqExperiments.filter(({ id, row }) =>
    names.some((x) => x === id || x === row),
  )
  if (found.length === 0) throw new BadInput(`There is no experiment "${only}".`)
  return found
}

function textOf(path: string): string {
  try {
    return readFileSync(fromCwd(path), 'utf8')
  } catch {
    throw new BadInput(`${path}: found no file to read, expected an experiment.`)
  }
}

function fromFile(path: string): readonly Experiment[] {
  const read = readJson(textOf(path))
  if (!('value' in read)) {
    const { line, column, found, expected } = read
    throw new BadInput(
      `${path}, line ${line}, column ${column}: found ${found}, expected ${expected}.`,
    )
  }
  const documents = Array.isArray(read.value) ? read.value : [read.value]
  if (documents.length === 0)
    throw new BadInput(`${path}: found [], expected at least one experiment.`)
  return documents.map((document) => {
    const { $schema: _, ...given } = (document ?? {}) as Readonly<Record<string, unknown>>
    const result = experimentSchema.safeParse(given)
    if (result.success) return given as unknown as Experiment
    const said = errorsOf(given, result.error.issues).map(({ message }) => message)
    throw new BadInput([`${path} is not a RabbitMQ experiment.`, ...said].join('\n'))
  })
}

export async function rabbitmqMain(words: readonly string[]): Promise<Told> {
  try {
    const options = optionsIn(words)
    const { file, only, repetitions } = options
    const experiments = file === undefined ? listed(only) : fromFile(file)
    const modelOnly = options['model-only']
    const outcomes = await runRabbitmq({ experiments, modelOnly, repetitions })
    if (options.record && !modelOnly) recordRabbitmq(outcomes)
    const failed = outcomes.filter(({ because }) => because.length > 0).length
    return { passed: outcomes.length - failed, failed }
  } catch (error) {
    const isBad =
      error instanceof BadInput || (error as { code?: string }).code?.startsWith('ERR_PARSE')
    if (isBad !== true) throw error
    console.error((error as Error).message)
    return BAD_INPUT
  }
}
