// docs/fidelity.md: what the model says and what a real Apache Kafka did, experiment by experiment; and the
// data of the site's page, of every broker. The broker's side is the record of the last conformance run that was kept.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fidelityOf } from '../../lib/fidelity/fidelity.ts'
import { notCompared } from '../../lib/fidelity/left-out.ts'
import { rabbitmqFidelityOf } from '../../lib/fidelity/rabbitmq.ts'
import type { Fidelity, FidelityRow } from '../../lib/fidelity/types.ts'
import { RESULTS, type Results } from '../conformance-results.ts'
import { recordedRabbitmq } from './fidelity-rabbitmq.ts'
import { sheets, table } from './fidelity-sheets.ts'
import type { Generator } from './types.ts'

const NONE_YET: Results = { broker: 'Apache Kafka', version: 'none yet', experiments: {} }

function recorded(): Results {
  const file = resolve(import.meta.dirname, '../..', RESULTS)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : NONE_YET
}

function cellsOf(row: FidelityRow): readonly string[] {
  const link = `[${row.title}](#${row.id})`
  const times = row.repetitions === 0 ? '' : `, ${row.repetitions} repetitions`
  return [row.row, link, row.subject, row.class, `${row.verdict}${times}`, row.source]
}

function outcomesOf({ id, outcomes, never }: FidelityRow): string {
  const list = (who: string, all: readonly string[]) => all.map((text) => `- ${who}: \`${text}\``)
  const wrong = never === '' ? [] : [`- never: ${never}`]
  const told = outcomes.flatMap(({ model, broker }) => [
    ...list('model', model),
    ...list('broker', broker),
  ])
  return `### ${id}\n\n${[...told, ...wrong].join('\n')}\n`
}

const INTRO = `# Fidelity: the model beside a real broker

Made by \`npm run generate\` from \`lib/experiments\`, \`lib/fidelity\` and \`${RESULTS}\`, which
\`npm run conformance -- --record\` writes. The same script runs on the rule tables of the model and on a
real broker; what is compared is what the script asks for by name. A deterministic experiment comes out the
same every time; of a set the model gives every outcome it allows, and each repetition on the broker must be
one of them.
`

function page(fidelity: Fidelity): string {
  const { broker, version, rows } = fidelity
  const head = ['Row', 'Experiment', 'Subject', 'Class', 'Broker', 'Source']
  return [
    INTRO,
    `Broker: ${broker} ${version}, KRaft.\n`,
    table(head, rows.map(cellsOf)),
    ...sheets(fidelity),
    '## What is not compared yet\n',
    table(['Rows', 'Why'], notCompared),
    '## Outcomes\n',
    ...rows.map(outcomesOf),
  ].join('\n')
}

export const fidelityGenerator: Generator = {
  name: 'fidelity',
  files: () => {
    const fidelity = fidelityOf(recorded())
    const all = [fidelity, rabbitmqFidelityOf(recordedRabbitmq())]
    return {
      'docs/fidelity.md': page(fidelity),
      'docs/fidelity.json': `${JSON.stringify(all, null, 1)}\n`,
    }
  },
}
