// Runs monitors beside a run and words their verdicts. The same code judges the app, `simulate`, the
// fuzzer's tests and, one monitor at a time, the explorer.
import type { Seen } from '../clients/types.ts'
import type { Observation } from '../engine/types.ts'
import type { AnyInvariant } from './index.ts'
import type { RunVerdict, Subject, Verdict, Violation } from './types.ts'

/** What is known about a run besides its observations, when it is judged. */
export interface Moment {
  readonly atRest: boolean
  readonly faults: { readonly planned: number; readonly fired: number }
  /** Index of the last step; default: of the last step that was shown to the judge. */
  readonly lastStep?: number
}

export interface Judge {
  /** Shows the judge what one step let clients see. */
  readonly see: (observations: readonly Observation[], step: number) => void
  readonly verdicts: (at: Moment) => readonly Verdict[]
  /** How many breaches are known so far, without wording them; cheap enough for every step. */
  readonly breaches: () => number
  /** A judge that goes on from here by itself; this one is left as it is. */
  readonly fork: () => Judge
}

type Readers = Readonly<Record<string, readonly number[]>>

/** Which invariants read which kind of observation. */
function readersOf(invariants: readonly AnyInvariant[]): Readers {
  const table: Record<string, number[]> = {}
  invariants.forEach((invariant, index) => {
    for (const kind of invariant.reads) {
      table[kind] ??= []
      table[kind].push(index)
    }
  })
  return table
}

const NOBODY: readonly number[] = []

export function judge(invariants: readonly AnyInvariant[], subject: Subject): Judge {
  const accs = invariants.map((invariant) => invariant.init(subject))
  return resume({ invariants, subject, readers: readersOf(invariants), accs, last: 0 })
}

interface Bench {
  readonly invariants: readonly AnyInvariant[]
  readonly subject: Subject
  readonly readers: Readers
  readonly accs: readonly unknown[]
  readonly last: number
}

function resume({ invariants, subject, readers, accs, last }: Bench): Judge {
  let lastStep = last
  return {
    see: (observations, step) => {
      lastStep = step
      for (let i = 0; i < observations.length; i++) {
        const seen = observations[i] as Seen
        const who = readers[seen.kind] ?? NOBODY
        for (let j = 0; j < who.length; j++) {
          const index = who[j] as number
          const invariant = invariants[index] as AnyInvariant
          invariant.step(accs[index], seen, step, subject)
        }
      }
    },
    verdicts: (at) =>
      invariants.map((invariant, index) =>
        verdictOf(invariant, accs[index], subject, { lastStep, ...at }),
      ),
    breaches: () =>
      invariants.reduce((sum, invariant, i) => sum + invariant.violations(accs[i]).length, 0),
    fork: () => {
      const copies = invariants.map((invariant, index) => invariant.copy(accs[index]))
      return resume({ invariants, subject, readers, accs: copies, last: lastStep })
    },
  }
}

function verdictOf(
  invariant: AnyInvariant,
  acc: unknown,
  subject: Subject,
  at: Required<Moment>,
): Verdict {
  const atRest = at.atRest ? (invariant.atRest?.(acc, subject, at.lastStep) ?? []) : []
  const violations: readonly Violation[] = [...invariant.violations(acc), ...atRest]
  const [verdict, detail] = decide(invariant, acc, subject, { ...at, violations })
  const [one, many] = invariant.noun
  const first = violations[0]
  return {
    invariant: invariant.id,
    verdict,
    step: first?.step ?? null,
    messages: [...new Set(violations.flatMap((violation) => violation.messages))],
    noun: `${violations.length} ${violations.length === 1 ? one : many}`,
    violations,
    detail,
  }
}

type Facts = Required<Moment> & { readonly violations: readonly Violation[] }

/**
 * What is broken is broken, whatever else is so. A promise nobody made cannot hold. And only at rest can
 * anything hold, or turn out never to have been put to the test.
 */
function decide(
  invariant: AnyInvariant,
  acc: unknown,
  subject: Subject,
  at: Facts,
): readonly [RunVerdict, string] {
  const first = at.violations[0]
  if (first !== undefined) return ['broken', first.sentence]
  const unpromised = invariant.notPromised?.(subject) ?? null
  if (unpromised !== null) return ['not promised', unpromised]
  if (!at.atRest) return ['holds so far', invariant.sentence]
  const missed = at.faults.planned - at.faults.fired
  if (missed > 0) {
    return [
      'not exercised',
      missed === 1 ? 'a fault did not fire' : `${missed} faults did not fire`,
    ]
  }
  const idle = invariant.notExercised(acc, subject)
  if (idle !== null) return ['not exercised', idle]
  return ['holds', invariant.besides?.(acc, subject) ?? invariant.sentence]
}

/** One invariant as the explorer wants it: a fold with a copy, and a question at rest. */
export interface Watch {
  readonly id: string
  readonly reads: readonly string[]
  readonly init: () => unknown
  readonly step: (acc: unknown, observation: Observation) => void
  readonly copy: (acc: unknown) => unknown
  readonly broken: (acc: unknown, atRest: boolean) => boolean
}

/** Step numbers are left out (0), so that runs of different lengths can reach the same state. */
export function watch(
  invariant: AnyInvariant,
  subject: Subject,
  before: readonly Observation[] = [],
): Watch {
  const heard = before.filter(({ kind }) => invariant.reads.includes(kind as Seen['kind']))
  return {
    id: invariant.id,
    reads: invariant.reads,
    init: () => {
      const acc = invariant.init(subject)
      for (const each of heard) invariant.step(acc, each as Seen, 0, subject)
      return acc
    },
    step: (acc, observation) => invariant.step(acc, observation as Seen, 0, subject),
    copy: invariant.copy,
    broken: (acc, atRest) =>
      invariant.violations(acc).length > 0 ||
      (atRest && (invariant.atRest?.(acc, subject, 0).length ?? 0) > 0),
  }
}
