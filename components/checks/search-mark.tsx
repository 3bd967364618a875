// The marks of a search (LOOK: Verdict chip): a counterexample, holds within bounds, not exhausted. The arc is as
// long as the part of its bound that a search has used.
import { VerdictMark } from './marks'

type Answered = 'counterexample' | 'holds within bounds' | 'not exhausted'

interface Props {
  readonly answer: Answered
  /** For what is not exhausted: how much of the bound is used, from 0 to 1. */
  readonly part?: number
  readonly size?: number
}

const stroke = { fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round' } as const

export function SearchMark({ answer, part = 0, size = 20 }: Props) {
  if (answer === 'counterexample') return <VerdictMark verdict="broken" size={size} />
  return (
    <svg
      className="ui-icon"
      data-mark={answer}
      width={size}
      height={size}
      viewBox="-10 -10 20 20"
      aria-hidden="true"
      focusable="false"
    >
      {answer === 'holds within bounds' ? (
        <>
          <circle r="8.2" {...stroke} stroke="var(--hold-solid)" strokeWidth={1.8} />
          <path d="M-4 .3L-1.2 3.2L4.2 -3" {...stroke} stroke="var(--hold-solid)" strokeWidth={2} />
        </>
      ) : (
        <>
          <circle r="7.5" fill="none" stroke="var(--hair)" strokeWidth={3} />
          <circle
            r="7.5"
            fill="none"
            stroke="var(--accent)"
            strokeWidth={3}
            pathLength={100}
            strokeDasharray={`${Math.round(part * 100)} 100`}
            transform="rotate(-90)"
          />
        </>
      )}
    </svg>
  )
}
