// docs/fidelity-rabbitmq.md: every experiment with what the model says and what real RabbitMQ of both versions did.
// The broker's side is the record of the last conformance run that was kept.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { compareText } from '../../lib/experiments/_compare.ts'
import { rabbitmqExperiments } from '../../lib/experiments/rabbitmq/index.ts'
import {
  type Experiment,
  expectedOf,
  type Variant,
  variantName,
  variantsOf,
} from '../../lib/experiments/rabbitmq/types.ts'
import type { Generator } from './types.ts'

interface Kept {
  readonly agrees: boolean
  readonly repetitions: number
  readonly broker: readonly string[]
}
interface Results {
  readonly releases: Readonly<Record<string, string>>
  readonly experiments: Readonly<Record<string, Kept>>
}

const RESULTS = 'docs/conformance-rabbitmq.json'
const recorded = (): Results =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../..', RESULTS), 'utf8'))

const cell = (text: string) => text.replaceAll('|', '\\|')
const keptOf = ({ experiments }: Results, { id }: Experiment, variant: Variant) =>
  experiments[`${id} on ${variantName(variant)}`]

function verdictOf(results: Results, experiment: Experiment): string {
  const kept = variantsOf(experiment).map((variant) => keptOf(results, experiment, variant))
  if (kept.some((each) => each === undefined)) return 'not run since it was added'
  return kept.every((each) => each?.agrees) ? 'agrees' : 'differs'
}

function row(results: Results, experiment: Experiment): string {
  const { id, row: of = '', title, source } = experiment
  const variants = variantsOf(experiment).map(variantName).join(', ')
  const cells = [of, `[${title}](#${id})`, variants, verdictOf(results, experiment), source]
  return `| ${cells.map(cell).join(' | ')} |`
}

/** Variants that came out alike stand in one line. */
function outcomes(results: Results, experiment: Experiment): string {
  const alike = new Map<string, string[]>()
  for (const variant of variantsOf(experiment)) {
    const model = compareText(expectedOf(experiment, variant))
    const broker = keptOf(results, experiment, variant)?.broker ?? []
    const other = broker.filter((text) => text !== model).map((text) => `, broker \`${text}\``)
    const line = `\`${model}\`${other.join('')}`
    alike.set(line, [...(alike.get(line) ?? []), variantName(variant)])
  }
  const lines = [...alike].map(([line, variants]) => `- ${variants.join(', ')}: ${line}`)
  return `### ${experiment.id}\n\n${lines.join('\n')}\n`
}

function page(results: Results): string {
  const releases = Object.values(results.releases).join(' and ')
  return [
    `# Fidelity: the model beside real RabbitMQ

Made by \`npm run generate\` from \`lib/experiments/rabbitmq\` and \`${RESULTS}\`, which
\`npm run conformance -- --broker rabbitmq --record\` writes. One script runs over one port, behind which stand the
model and a real node (Debian's ${releases}; amqplib, and the stream protocol itself); a crash is a socket destroyed.
\`A!\` is redelivered, \`{dc1,ac2}\` are \`x-delivery-count\` and \`x-acquired-count\`, \`@3\` is \`x-stream-offset\`.
`,
    '| Row | Experiment | Version and queue type | Broker | Source |\n|---|---|---|---|---|',
    ...rabbitmqExperiments.map((each) => row(results, each)),
    '\n## Outcomes\n',
    ...rabbitmqExperiments.map((each) => outcomes(results, each)),
  ].join('\n')
}

export const fidelityRabbitmqGenerator: Generator = {
  name: 'fidelity of RabbitMQ',
  files: () => ({ 'docs/fidelity-rabbitmq.md': page(recorded()) }),
}
