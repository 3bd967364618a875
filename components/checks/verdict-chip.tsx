// A verdict: mark, count, noun. A broken one is a button that leads to the moment it broke.
import type { Verdict } from '@/lib/invariants/types'
import { VerdictMark, verdictInk } from './marks'
import { chipWords, titleOf } from './names'

interface Props {
  readonly verdict: Verdict
  readonly onOpen?: ((verdict: Verdict) => void) | undefined
}

export function VerdictChip({ verdict, onOpen }: Props) {
  const { count, noun } = chipWords(verdict)
  const broken = verdict.verdict === 'broken'
  const look = `inline-flex shrink-0 items-center gap-[6px] whitespace-nowrap ${verdictInk[verdict.verdict]} ${broken ? 'font-medium' : ''}`
  const title = `${titleOf(verdict.invariant)}: ${verdict.verdict}. ${verdict.detail}`
  const inside = (
    <>
      <VerdictMark verdict={verdict.verdict} />
      <span>
        {count === '' ? null : <b>{count} </b>}
        {noun}
      </span>
      <span className="sr-only">: {verdict.verdict}</span>
    </>
  )
  if (!broken || onOpen === undefined)
    return (
      <span data-verdict={verdict.verdict} title={title} className={look}>
        {inside}
      </span>
    )
  return (
    <button
      type="button"
      data-verdict={verdict.verdict}
      title={title}
      className={`${look} cursor-pointer hover:underline`}
      onClick={() => onOpen(verdict)}
    >
      {inside}
    </button>
  )
}
