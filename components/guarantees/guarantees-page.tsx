// The guarantee matrix: what holds with which settings, and what breaks the rest. It can be read without a script;
// filtering and opening a cell need one.
import type { Sheet } from '@/lib/guarantees/sheet'
import { VerdictMark } from '../checks/marks'
import { SearchMark } from '../checks/search-mark'
import { SiteHeader } from '../controls/site-header'
import { Matrix } from './matrix'

export function GuaranteesPage({ sheet }: { readonly sheet: Sheet }) {
  const cells = sheet.families.flatMap(({ rows }) => rows.flatMap((row) => row.cells))
  const searched = cells.filter(({ again }) => again !== null).length
  const broken = cells.filter(({ status }) => status === 'counterexample').length
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main className="guarantees">
        <h1 className="text-32 font-semibold tracking-[-0.018em]">
          What holds, and what breaks it
        </h1>
        <p className="guarantees-lead">
          Each cell is a search through every schedule and every fault within its bounds, shortest
          first. {searched} were searched; {broken} broke, and each of these can be played. Nothing
          is said to hold without a run in which the fault happened, and a row that breaks at the
          same bounds.
        </p>
        <Legend />
        <Matrix sheet={sheet} />
      </main>
    </div>
  )
}

function Legend() {
  return (
    <ul aria-label="Marks" className="guarantees-legend">
      <li>
        <SearchMark answer="counterexample" size={18} /> counterexample
      </li>
      <li>
        <SearchMark answer="holds within bounds" size={18} /> holds within bounds
      </li>
      <li>
        <SearchMark answer="not exhausted" part={0.6} size={18} /> not exhausted
      </li>
      <li>
        <VerdictMark verdict="not exercised" size={18} /> not threatened or not exercised
      </li>
      <li>
        <VerdictMark verdict="not promised" size={18} /> not promised
      </li>
    </ul>
  )
}
