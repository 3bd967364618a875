// The marks of the five run verdicts (LOOK: Verdict chip). Each differs in shape, not in colour alone.
import type { RunVerdict } from '@/lib/invariants/types'

export function VerdictMark({
  verdict,
  size = 18,
}: {
  readonly verdict: RunVerdict
  readonly size?: number
}) {
  return (
    <svg
      className="ui-icon"
      data-mark={verdict}
      width={size}
      height={size}
      viewBox="-10 -10 20 20"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[verdict]}
    </svg>
  )
}

const stroke = { fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round' } as const

const drawings: Readonly<Record<RunVerdict, React.ReactNode>> = {
  'holds so far': <circle r="7.4" {...stroke} stroke="var(--hold-solid)" strokeWidth={2.2} />,
  holds: (
    <>
      <circle r="9" fill="var(--hold-solid)" />
      <path d="M-4 .3L-1.2 3.2L4.2 -3" {...stroke} stroke="var(--hold-on)" strokeWidth={2} />
    </>
  ),
  broken: (
    <>
      <path
        fill="var(--broken-solid)"
        d="M-3.73 -9H3.73L9 -3.73V3.73L3.73 9H-3.73L-9 3.73V-3.73Z"
      />
      <path
        d="M-3.2 -3.2L3.2 3.2M3.2 -3.2L-3.2 3.2"
        {...stroke}
        stroke="var(--broken-on)"
        strokeWidth={2}
      />
    </>
  ),
  'not exercised': (
    <circle
      r="8.2"
      fill="none"
      stroke="var(--ink-3)"
      strokeWidth={1.8}
      strokeDasharray="3.2 3.24"
    />
  ),
  'not promised': (
    <>
      <circle r="8.2" fill="none" stroke="var(--rule)" strokeWidth={1.6} />
      <path d="M-3.5 0H3.5" {...stroke} stroke="var(--ink-3)" strokeWidth={2} />
    </>
  ),
}

/** The colour of a verdict's words; the words are always there as well. */
export const verdictInk: Readonly<Record<RunVerdict, string>> = {
  'holds so far': 'text-hold-ink',
  holds: 'text-hold-ink',
  broken: 'text-broken-ink',
  'not exercised': 'text-ink-2',
  'not promised': 'text-ink-2',
}
