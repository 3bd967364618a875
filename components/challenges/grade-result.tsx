// What the grading found, with the run that shows it.
import Link from 'next/link'
import type { Grade } from '@/lib/challenges/grade'
import { counterexampleHref } from '@/lib/session/links'
import { VerdictMark } from '../checks/marks'
import { buttonClass } from '../ui/button'
import type { GradeState } from './use-grade'

interface Props {
  readonly grade: Grade | null
  readonly state: GradeState
}

const WORDS = { true: 'Solved', false: 'Not yet', null: 'Not known' } as const

export function GradeResult({ grade, state }: Props) {
  return (
    <div role="status" className="challenges-result">
      {state.busy ? (
        <p className="text-accent">Searching: {state.states.toLocaleString('en')} states seen</p>
      ) : null}
      {grade === null ? null : <Found grade={grade} />}
    </div>
  )
}

function Found({ grade: { solved, because, answer } }: { readonly grade: Grade }) {
  const script = answer?.script ?? null
  const mark = solved === null ? 'not exercised' : solved ? 'holds' : 'broken'
  return (
    <>
      <p className="flex items-center gap-1 font-semibold">
        <VerdictMark verdict={mark} size={20} /> {WORDS[`${solved}`]}
      </p>
      <p className="mt-0.5">{because}</p>
      {answer === null || script === null ? null : (
        <p className="mt-1">
          <Link
            href={counterexampleHref({ scenario: answer.scenario, script })}
            prefetch={false}
            className={buttonClass('line')}
          >
            Play the run
          </Link>
        </p>
      )}
    </>
  )
}
