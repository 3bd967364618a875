// Which rows are shown.
import type { Sheet, ShownRow } from '@/lib/guarantees/sheet'

/** Empty: whichever. */
export interface Filter {
  readonly broker: string
  readonly sink: string
  readonly strategy: string
}

export const NO_FILTER: Filter = { broker: '', sink: '', strategy: '' }

function fits({ facets }: ShownRow, filter: Filter): boolean {
  const names = Object.keys(filter) as (keyof Filter)[]
  return names.every((name) => filter[name] === '' || facets[name] === filter[name])
}

/** Families of which nothing is left are left out. */
export function filtered({ families }: Sheet, filter: Filter): Sheet['families'] {
  return families
    .map((family) => ({ ...family, rows: family.rows.filter((row) => fits(row, filter)) }))
    .filter(({ rows }) => rows.length > 0)
}

export function choicesOf({ families }: Sheet, facet: keyof Filter): readonly string[] {
  const all = families.flatMap(({ rows }) => rows.map(({ facets }) => facets[facet]))
  return [...new Set(all)]
}
