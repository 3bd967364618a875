// Which experiments are shown.
import type { FidelityRow } from '@/lib/fidelity/types'

/** Empty: whichever. */
export interface Filter {
  readonly broker: string
  readonly subject: string
  readonly class: string
  readonly text: string
}

export const NO_FILTER: Filter = { broker: '', subject: '', class: '', text: '' }

/** Every word has to be somewhere in the row: its number in the catalogue, its title, source and variants. */
export function filtered(rows: readonly FidelityRow[], filter: Filter): readonly FidelityRow[] {
  const words = filter.text.toLowerCase().split(/\s+/)
  return rows.filter((row) => {
    if (filter.broker !== '' && row.broker !== filter.broker) return false
    if (filter.subject !== '' && row.subject !== filter.subject) return false
    if (filter.class !== '' && row.class !== filter.class) return false
    const variants = row.outcomes.map(({ of }) => of).join(' ')
    const text = `${row.row} ${row.id} ${row.title} ${row.source} ${variants}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
