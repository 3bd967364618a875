// docs/fidelity.md: what the model says and what a real Apache Kafka did, experiment by experiment. The
// broker's side is the record of the last conformance run that was kept.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { compareText } from '../../lib/experiments/_compare.ts'
import { allowedBy } from '../../lib/experiments/_judge.ts'
import { experiments } from '../../lib/experiments/index.ts'
import type { Experiment } from '../../lib/experiments/types.ts'
import { RESULTS, type Results } from '../conformance-results.ts'
import type { Generator } from './types.ts'

const NONE_YET: Results = { broker: 'Apache Kafka', version: 'none yet', experiments: {} }

function recorded(): Results {
  const file = resolve(import.meta.dirname, '../..', RESULTS)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : NONE_YET
}

const cell = (text: string) => text.replaceAll('|', '\\|')

function row(experiment: Experiment, results: Results): string {
  const kept = results.experiments[experiment.id]
  const fresh =
    kept !== undefined &&
    compareText([...kept.model]) === compareText(allowedBy(experiment).map(compareText).sort())
  const broker =
    kept === undefined || !fresh
      ? 'not run since it changed'
      : `${kept.agrees ? 'agrees' : 'differs'}, ${kept.repetitions} repetitions`
  const link = `[${experiment.title}](#${experiment.id})`
  const cells = [experiment.row ?? '', link, experiment.class, broker, experiment.source]
  return `| ${cells.map(cell).join(' | ')} |`
}

function outcomesOf(experiment: Experiment, results: Results): string {
  const model = allowedBy(experiment).map(compareText).sort()
  const broker = results.experiments[experiment.id]?.broker ?? []
  const list = (who: string, all: readonly string[]) => all.map((text) => `- ${who}: \`${text}\``)
  const { never } = experiment
  const wrong =
    never === undefined ? [] : [`- never: \`${compareText(never.observed)}\`. ${never.because}`]
  const lines = [...list('model', model), ...list('broker', broker), ...wrong]
  return `### ${experiment.id}\n\n${lines.join('\n')}\n`
}

const INTRO = `# Fidelity: the model beside a real broker

Made by \`npm run generate\` from \`lib/experiments\` and \`${RESULTS}\`, which
\`npm run conformance -- --record\` writes. The same script runs on the rule tables of the model and on a
real broker; what is compared is what the script asks for by name. A deterministic experiment comes out the
same every time; of a set the model gives every outcome it allows, and each repetition on the broker must be
one of them.
`

const LEFT_OUT = `## What is not compared yet

| Rows | Why |
|---|---|
| K04 | How another client chooses partitions: the model has the Java client's way only. |
| K11–K15, K21, K34, K35, K39 | Transactions are not modelled yet. |
| K19, K32, K33 | Replication is not modelled yet. |
| K36, K37 | Share groups are not modelled yet. |
`

function fidelity(): string {
  const results = recorded()
  const about = `Broker: ${results.broker} ${results.version}, one node, KRaft.\n`
  const head = '| Row | Experiment | Class | Broker | Source |\n|---|---|---|---|---|'
  const rows = experiments.map((each) => row(each, results)).join('\n')
  const all = experiments.map((each) => outcomesOf(each, results)).join('\n')
  return [INTRO, about, `${head}\n${rows}\n`, LEFT_OUT, '## Outcomes\n', all].join('\n')
}

export const fidelityGenerator: Generator = {
  name: 'fidelity',
  files: () => ({ 'docs/fidelity.md': fidelity() }),
}
