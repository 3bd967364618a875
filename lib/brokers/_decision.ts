// Decision tables: a decision with several conditions, written as rows. Every combination of facts matches
// exactly one row; the tests of each table enumerate them.

/** A row: the facts it wants (absent: any; a list: one of these) and the answer. */
export interface Row<F, A> {
  readonly if: { readonly [K in keyof F]?: F[K] | readonly F[K][] }
  readonly answer: A
}

export function matches<F extends object, A>(row: Row<F, A>, facts: F): boolean {
  for (const name in row.if) {
    const wanted = row.if[name]
    const fact = facts[name as keyof F]
    if (Array.isArray(wanted) ? !wanted.includes(fact) : wanted !== fact) return false
  }
  return true
}

export function decide<F extends object, A>(rows: readonly Row<F, A>[], facts: F): A {
  for (const row of rows) if (matches(row, facts)) return row.answer
  throw new Error(`no row for ${JSON.stringify(facts)}`)
}
