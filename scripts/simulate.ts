// npm run simulate -- FILE [--seed N] [--script FILE] [--json]: runs a scenario to rest and prints the
// verdicts. Exit 0 when it ran, whatever the verdicts; 2 on bad input.
import { parseArgs } from 'node:util'
import { type Summary, simulate } from '../lib/session/simulate.ts'
import { type BadInput, readScenario, readScript } from './documents.ts'

const USAGE = 'npm run simulate -- FILE [--seed N] [--script FILE] [--json]'

interface Asked {
  readonly file: string
  readonly seed: string | undefined
  readonly script: string | undefined
  readonly json: boolean
}

function asked(words: readonly string[]): Asked | BadInput {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { seed: { type: 'string' }, script: { type: 'string' }, json: { type: 'boolean' } },
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1)
      return { bad: [`Expected one scenario file, found ${positionals.length}. ${USAGE}`] }
    if (values.seed === '')
      return { bad: [`--seed: found nothing, expected a text of at least 1 character. ${USAGE}`] }
    return { file, seed: values.seed, script: values.script, json: values.json === true }
  } catch (error) {
    return { bad: [`${error instanceof Error ? error.message : error} ${USAGE}`] }
  }
}

function run({ file, seed, script }: Asked): Summary | BadInput {
  const scenario = readScenario(file)
  if ('bad' in scenario) return scenario
  const actions = script === undefined ? undefined : readScript(script)
  if (actions !== undefined && 'bad' in actions) return actions
  const options = {
    ...(seed === undefined ? {} : { seed }),
    ...(actions === undefined ? {} : { script: actions.value }),
  }
  if (actions === undefined) return simulate(scenario.value, options)
  // A script that does not fit its scenario is bad input; anything thrown without one is our own fault.
  try {
    return simulate(scenario.value, options)
  } catch (error) {
    return {
      bad: [`${script} does not fit ${file}: ${error instanceof Error ? error.message : error}`],
    }
  }
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) => `  ${row.map((cell, i) => cell.padEnd(widths?.[i] ?? 0)).join('  ')}`.trimEnd())
    .join('\n')
}

function inWords(summary: Summary): string {
  const { scenario, broker, seed, steps, timeMs, faults, verdicts, sinks } = summary
  const at = (step: number | null) => (step === null ? '' : `step ${step}`)
  const parts = [
    `${scenario} on ${broker}, seed ${seed}: ${steps} steps, ${(timeMs / 1000).toFixed(1)} s`,
    table(
      verdicts.map(({ invariant, verdict, step, detail }) => [
        invariant,
        verdict,
        at(step),
        detail,
      ]),
    ),
  ]
  if (faults.length > 0)
    parts.push(
      `faults\n${table(faults.map(({ fault, fired, step }) => [fault, fired ? 'fired' : 'did not fire', at(step)]))}`,
    )
  const rows = Object.entries(sinks).map(([id, held]) => [
    id,
    Array.isArray(held) ? `${held.length} rows` : JSON.stringify(held),
  ])
  return [...parts, `sinks\n${table(rows)}`].join('\n\n')
}

const words = asked(process.argv.slice(2))
const result = 'bad' in words ? words : run(words)
if ('bad' in result) {
  console.error(result.bad.join('\n'))
  process.exitCode = 2
} else {
  const json = 'json' in words && words.json
  console.log(json ? JSON.stringify(result, null, 2) : inWords(result))
}
