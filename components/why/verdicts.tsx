'use client'
// Without this fault it holds; and from where on nothing could save it any more.
import { faults } from '@/lib/faults/index'
import type { Without } from '@/lib/why/index'
import { VerdictMark } from '../checks/marks'
import { useRun } from '../session/context'
import type { Asked } from '../session/why'
import { seconds } from '../session/words'
import { Section } from '../ui/section'

const SAID: Readonly<Record<Without['verdict'], string>> = {
  holds: 'the guarantee holds',
  'not this': 'this breach does not come about, another of the same guarantee does',
  broken: 'it is broken all the same',
  'no rest': 'the run comes to no rest, so that it cannot be told',
}

const titleOf = (fault: string): string => faults.find(({ id }) => id === fault)?.title ?? fault

export function Verdicts({ why: { why, failed } }: { readonly why: Asked }) {
  const session = useRun((run) => run.session)
  if (why?.steps == null) return null
  const { without, noReturn } = why
  return (
    <Section title="Had it not been for that">
      <ul className="grid gap-1">
        {without?.map((each) => (
          <li key={each.step} className="grid grid-cols-[24px_1fr] gap-1">
            <VerdictMark verdict={MARKS[each.verdict]} />
            <span className="leading-[20px] text-ink-2">
              Without “{titleOf(each.fault)}” at {seconds(session.step(each.step).timeMs)},{' '}
              {SAID[each.verdict]}
              {each.tried > 1 ? ` in ${each.tried} orders of steps` : ''}.
            </span>
          </li>
        ))}
      </ul>
      {without?.length === 0 ? (
        <p className="text-ink-2">No fault was needed: it comes about in the ordinary course.</p>
      ) : null}
      {without === null ? <p className="text-ink-3">Running it without the fault …</p> : null}
      <p className="mt-1 leading-[20px] text-ink-2">{noReturnWords(noReturn, failed !== '')}</p>
    </Section>
  )
}

const MARKS = {
  holds: 'holds',
  'not this': 'not promised',
  broken: 'broken',
  'no rest': 'not exercised',
} as const

type NoReturn = NonNullable<NonNullable<Asked['why']>['noReturn']>

function noReturnWords(noReturn: NoReturn | null, failed: boolean): string {
  if (noReturn === null) return failed ? '' : 'Looking for the point of no return …'
  const { step, isProven, tried } = noReturn
  const where = step === 0 ? 'from the very start' : `after step ${step} of the run`
  return isProven
    ? `Point of no return: ${where}. Proven: every way on without another fault was looked at, and each ends in this breach.`
    : `Point of no return: ${where}. Not proven: the ${tried} ways on that were tried all end in this breach, and there are more than can be looked at here.`
}
