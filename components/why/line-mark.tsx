// The mark of a line. What prevents a breach at a price is neither a disc nor a full octagon: an open octagon with a check.
import type { Prevention } from '@/lib/why/index'
import { VerdictMark } from '../checks/marks'

const MARKS = {
  prevents: 'holds',
  fails: 'broken',
  'does not fit': 'not promised',
  'not told': 'not exercised',
} as const

export function LineMark({ verdict }: Pick<Prevention, 'verdict'>) {
  return verdict === 'costs' ? <PriceMark /> : <VerdictMark verdict={MARKS[verdict]} />
}

const OCTAGON = 'M-3.4 -8.2H3.4L8.2 -3.4V3.4L3.4 8.2H-3.4L-8.2 3.4V-3.4Z'

function PriceMark() {
  const line = { fill: 'none', stroke: 'var(--broken-solid)', strokeWidth: 1.8 } as const
  return (
    <svg
      className="ui-icon"
      data-mark="costs"
      width={18}
      height={18}
      viewBox="-10 -10 20 20"
      aria-hidden="true"
      focusable="false"
    >
      <path d={OCTAGON} strokeLinejoin="round" {...line} />
      <path d="M-3.6 .3L-1.1 2.9L3.8 -2.7" strokeLinecap="round" strokeLinejoin="round" {...line} />
    </svg>
  )
}
