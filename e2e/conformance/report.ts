// What a conformance run prints, and what it writes down for docs/fidelity.md.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { compareText } from '../../lib/experiments/_compare.ts'
import type { Judgement } from '../../lib/experiments/_judge.ts'
import type { Experiment, Observed } from '../../lib/experiments/types.ts'
import { RESULTS, type Results } from '../../scripts/conformance-results.ts'

export interface Outcome {
  readonly experiment: Experiment
  readonly allowed: readonly Observed[]
  /** One for each repetition that came to its end. */
  readonly seen: readonly Observed[]
  /** Who was asked. */
  readonly asked: 'the model only' | `${number} repetitions`
  readonly judgement: Judgement
}

function distinct(observed: readonly Observed[]): readonly string[] {
  return [...new Set(observed.map(compareText))].sort()
}

export function printed({ experiment, allowed, seen, asked, judgement }: Outcome): string {
  const { id, row, title, class: kind } = experiment
  const verdict = judgement.agrees ? 'ok  ' : 'FAIL'
  const lines = (who: string, all: readonly string[]) => all.map((text) => `       ${who} ${text}`)
  return [
    `${verdict}   ${row === undefined ? '' : `${row} `}${id}: ${title} (${kind}, ${asked})`,
    ...lines('model ', distinct(allowed)),
    ...lines('broker', distinct(seen)),
    ...judgement.because.map((each) => `       ${each}`),
  ].join('\n')
}

/** The committed record: no dates and no machine, so that the same behaviour gives the same file. */
export function record(outcomes: readonly Outcome[], version: string): void {
  const results: Results = {
    broker: 'Apache Kafka',
    version,
    experiments: Object.fromEntries(
      outcomes.map(({ experiment, allowed, seen, judgement }) => [
        experiment.id,
        {
          agrees: judgement.agrees,
          repetitions: seen.length,
          model: distinct(allowed),
          broker: distinct(seen),
        },
      ]),
    ),
  }
  const path = resolve(import.meta.dirname, '../..', RESULTS)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`)
}
