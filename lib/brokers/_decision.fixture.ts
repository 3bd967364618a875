// Every combination of facts, for the tests of decision tables.
import { matches, type Row } from './_decision.ts'

type Values<F> = { readonly [K in keyof F]: readonly F[K][] }

export function combinations<F extends object>(values: Values<F>): readonly F[] {
  const names = Object.keys(values) as (keyof F)[]
  return names.reduce<readonly F[]>(
    (facts, name) =>
      facts.flatMap((each) => values[name].map((value) => ({ ...each, [name]: value }))),
    [{} as F],
  )
}

/** Combinations that do not match exactly one row, with how many they match. */
export function illMatched<F extends object, A>(
  rows: readonly Row<F, A>[],
  values: Values<F>,
): readonly { readonly facts: F; readonly rows: number }[] {
  return combinations(values)
    .map((facts) => ({ facts, rows: rows.filter((row) => matches(row, facts)).length }))
    .filter((each) => each.rows !== 1)
}

/** Rows that no combination matches. */
export function deadRows<F extends object, A>(
  rows: readonly Row<F, A>[],
  values: Values<F>,
): readonly Row<F, A>[] {
  return rows.filter((row) => !combinations(values).some((facts) => matches(row, facts)))
}
