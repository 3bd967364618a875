// One cell: mark and words, no colour alone; pressing it opens what is behind it.
import type { ShownCell, Status } from '@/lib/guarantees/sheet'
import { VerdictMark } from '../checks/marks'
import { SearchMark } from '../checks/search-mark'

export const cellId = (row: string, column: string): string => `${row}--${column}`

const INK: Readonly<Record<Status, string>> = {
  counterexample: 'text-broken-ink font-medium',
  'holds within bounds': 'text-hold-ink',
  'not exhausted': 'text-ink-2',
  'not threatened': 'text-ink-3',
  'not exercised': 'text-ink-3',
  'not promised': 'text-ink-3',
}

export function StatusMark({
  status,
  size = 20,
}: {
  readonly status: Status
  readonly size?: number
}) {
  if (status === 'not promised') return <VerdictMark verdict="not promised" size={size} />
  if (status === 'not exercised' || status === 'not threatened')
    return <VerdictMark verdict="not exercised" size={size} />
  return <SearchMark answer={status} part={0.6} size={size} />
}

interface Props {
  readonly cell: ShownCell
  readonly id: string
  readonly open: boolean
  /** Whether Tab stops here: at one cell of each table. */
  readonly isStop: boolean
  readonly onPress: () => void
  readonly onFocus: () => void
}

export function CellButton({ cell, id, open, isStop, onPress, onFocus }: Props) {
  return (
    <button
      type="button"
      id={id}
      tabIndex={isStop ? 0 : -1}
      aria-expanded={open}
      aria-controls={open ? `${id}-detail` : undefined}
      className={`guarantees-cell ${INK[cell.status]}`}
      onClick={onPress}
      onFocus={onFocus}
    >
      <StatusMark status={cell.status} />
      <span className={cell.status === 'counterexample' ? 'guarantees-breach' : ''}>
        {cell.short}
      </span>
    </button>
  )
}
