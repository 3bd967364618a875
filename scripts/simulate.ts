// npm run simulate -- FILE [--seed N] [--script FILE] [--json], or --link LINK in place of FILE: runs a scenario
// to rest and prints the verdicts. A scenario with a script of its own follows it first; --script plays exactly
// that and no more. Exit 0 when it ran, whatever the verdicts; 2 on bad input.
import { parseArgs } from 'node:util'
import { type Summary, simulate } from '../lib/session/simulate.ts'
import { type BadInput, readScenario, readScenarioLink, readScript } from './documents.ts'

const USAGE = 'npm run simulate -- (FILE | --link LINK) [--seed N] [--script FILE] [--json]'

interface Asked {
  /** A scenario's file, or a link. */
  readonly from: string
  readonly isLink: boolean
  readonly seed: string | undefined
  readonly script: string | undefined
  readonly json: boolean
}

function asked(words: readonly string[]): Asked | BadInput {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        link: { type: 'string' },
        seed: { type: 'string' },
        script: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const isLink = values.link !== undefined
    const [from = values.link] = positionals
    if (isLink && positionals.length > 0)
      return { bad: [`Expected a scenario file or a link, found both. ${USAGE}`] }
    if (from === undefined || positionals.length > 1)
      return { bad: [`Expected one scenario file, found ${positionals.length}. ${USAGE}`] }
    if (values.seed === '')
      return { bad: [`--seed: found nothing, expected a text of at least 1 character. ${USAGE}`] }
    return { from, isLink, seed: values.seed, script: values.script, json: values.json === true }
  } catch (error) {
    return { bad: [`${error instanceof Error ? error.message : error} ${USAGE}`] }
  }
}

function run({ from, isLink, seed, script }: Asked): Summary | BadInput {
  const scenario = isLink ? readScenarioLink(from) : readScenario(from)
  if ('bad' in scenario) return scenario
  const actions = script === undefined ? undefined : readScript(script)
  if (actions !== undefined && 'bad' in actions) return actions
  const options = {
    ...(seed === undefined ? {} : { seed }),
    ...(actions === undefined ? {} : { script: actions.value }),
  }
  const isScripted = actions !== undefined || scenario.value.script !== undefined
  if (!isScripted) return simulate(scenario.value, options)
  // A script that does not fit its scenario is bad input; anything thrown without one is our own fault.
  try {
    return simulate(scenario.value, options)
  } catch (error) {
    const what =
      script === undefined ? '' : `${script} does not fit ${isLink ? 'the link' : from}: `
    return { bad: [`${what}${error instanceof Error ? error.message : error}`] }
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
