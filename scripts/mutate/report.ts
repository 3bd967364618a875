// What a mutation run prints, and the list of survivors it writes.
import { type Mutant, nameOf } from './mutants.ts'
import { reasons } from './reasons.ts'

export interface Result {
  readonly mutant: Mutant
  /** Which test failed; null when the mutant survived. */
  readonly by: string | null
}

export function tally(results: readonly Result[]) {
  const killed = results.filter((result) => result.by !== null).length
  const share = results.length === 0 ? 0 : (100 * killed) / results.length
  return { killed, all: results.length, share: `${share.toFixed(1)} %` }
}

/** One line a rule: its name, how many of its mutants were killed, and which were not. */
export function table(results: readonly Result[]): string {
  const rules = Map.groupBy(results, ({ mutant }) => `${mutant.kind} / ${mutant.rule || 'active'}`)
  const width = Math.max(...[...rules.keys()].map((rule) => rule.length))
  return [...rules]
    .map(([rule, own]) => {
      const { killed, all } = tally(own)
      const alive = own.filter((result) => result.by === null).map(({ mutant }) => inShort(mutant))
      return `${rule.padEnd(width)}  ${`${killed}/${all}`.padStart(5)}  ${alive.join('; ')}`.trimEnd()
    })
    .join('\n')
}

const inShort = ({ condition, change }: Mutant): string =>
  condition === '' ? change : `"${condition}" ${change}`

export function survivorsPage(results: readonly Result[]): string {
  const { killed, all, share } = tally(results)
  const alive = results.filter((result) => result.by === null).map(({ mutant }) => nameOf(mutant))
  const lines = alive.map((name) => `| ${name} | ${reasons[name] ?? 'not explained yet'} |`)
  return [
    '# Mutants that survive',
    '',
    'Written by `npm run mutate`: every rule of the models dropped, every named condition decided, one at a',
    'time. A condition of a rule that never holds is that rule dropped, so it is tried once.',
    '',
    `${killed} of ${all} mutants make some test fail (${share}).`,
    '',
    ...(lines.length === 0 ? ['None survives.'] : ['| mutant | why it survives |', '|---|---|']),
    ...lines,
    '',
  ].join('\n')
}
