// docs/fidelity-rabbitmq.md: every experiment with what the model says and what real RabbitMQ of both versions did.
// The broker's side is the record of the last conformance run that was kept.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type RabbitmqKept, rabbitmqFidelityOf } from '../../lib/fidelity/rabbitmq.ts'
import type { Fidelity, FidelityRow, Outcome } from '../../lib/fidelity/types.ts'
import { sheets, table } from './fidelity-sheets.ts'
import type { Generator } from './types.ts'

const RESULTS = 'docs/conformance-rabbitmq.json'
export const recordedRabbitmq = (): RabbitmqKept =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../..', RESULTS), 'utf8'))

function cellsOf({ row, id, title, subject, outcomes, verdict, source }: FidelityRow) {
  const variants = outcomes.map(({ of }) => of).join(', ')
  return [row, `[${title}](#${id})`, subject, variants, verdict, source]
}

function line({ of, model, broker }: Outcome): string {
  const other = broker.filter((text) => !model.includes(text)).map((text) => `, broker \`${text}\``)
  return `- ${of}: \`${model.join(' or ')}\`${other.join('')}`
}

const outcomesOf = ({ id, outcomes }: FidelityRow): string =>
  `### ${id}\n\n${outcomes.map(line).join('\n')}\n`

function page(kept: RabbitmqKept, fidelity: Fidelity): string {
  const releases = Object.values(kept.releases).join(' and ')
  return [
    `# Fidelity: the model beside real RabbitMQ

Made by \`npm run generate\` from \`lib/experiments/rabbitmq\`, \`lib/fidelity\` and \`${RESULTS}\`, which
\`npm run conformance -- --broker rabbitmq --record\` writes. One script runs over one port, behind which stand the
model and a real node (Debian's ${releases}; amqplib, and the stream protocol itself); a crash is a socket destroyed.
\`A!\` is redelivered, \`{dc1,ac2}\` are \`x-delivery-count\` and \`x-acquired-count\`, \`@3\` is \`x-stream-offset\`.
`,
    table(
      ['Row', 'Experiment', 'Subject', 'Version and queue type', 'Broker', 'Source'],
      fidelity.rows.map(cellsOf),
    ),
    ...sheets(fidelity),
    '## Outcomes\n',
    ...fidelity.rows.map(outcomesOf),
  ].join('\n')
}

export const fidelityRabbitmqGenerator: Generator = {
  name: 'fidelity of RabbitMQ',
  files: () => {
    const kept = recordedRabbitmq()
    return { 'docs/fidelity-rabbitmq.md': page(kept, rabbitmqFidelityOf(kept)) }
  },
}
