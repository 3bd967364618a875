'use client'
// What the search that is looked at came to: a counterexample with its steps and its other stories, what holds and
// within which bounds, or why there is no answer.
import Link from 'next/link'
import { type ReactNode, useMemo, useState } from 'react'
import type { Answer } from '@/lib/session/exploring'
import { counterexampleHref } from '@/lib/session/links'
import { VerdictMark } from '../checks/marks'
import { titleOf } from '../checks/names'
import { SearchMark } from '../checks/search-mark'
import { withWhy } from '../session/addresses'
import { count } from '../session/words'
import { buttonClass } from '../ui/button'
import { PlayIcon } from '../ui/icons'
import { useExplorer } from './context'
import { type Cell, type CellState, cellAt, hasStories } from './plan'
import { StepList } from './step-list'
import {
  boundsInWords,
  cellWords,
  costOf,
  isUnusual,
  partOf,
  stepsOf,
  storyWords,
  unfinished,
} from './words'

export function Result() {
  const shown = useExplorer((explorer) => explorer.shown)
  const cell = useExplorer((explorer) => cellAt(explorer, explorer.shown))
  const maxStates = useExplorer(({ bounds }) => bounds.maxStates)
  const invariant = shown.split(' | ').at(-1) ?? ''
  return (
    <section aria-label="Result" className="explorer-result">
      <p role="status" className="sr-only">
        {cell.state === 'searching' || invariant === ''
          ? ''
          : `${titleOf(invariant)}: ${cellWords(cell, maxStates)}`}
      </p>
      <Answered key={shown} cell={cell} maxStates={maxStates} />
    </section>
  )
}

function Answered({ cell, maxStates }: { readonly cell: Cell; readonly maxStates: number }) {
  const stopped = useExplorer((explorer) => explorer.stopped)
  const { state } = cell
  const [first] = cell.answers
  if (first?.answer === 'counterexample')
    return <Counterexample cell={cell} answers={cell.answers} />
  if (first?.answer === 'holds within bounds')
    return (
      <Head
        mark={<SearchMark answer="holds within bounds" size={28} />}
        title="Holds within bounds"
        ink="text-hold-ink"
      >
        {boundsInWords(first)}
      </Head>
    )
  if (first !== undefined)
    return (
      <Head mark={<SearchMark answer="not exhausted" part={1} size={28} />} title="Not exhausted">
        {unfinished(first)}
      </Head>
    )
  const { title, text } = unanswered(
    stopped && state === 'queued' ? 'stopped' : state,
    cell,
    maxStates,
  )
  const mark =
    cell.state === 'not promised' ? (
      <VerdictMark verdict="not promised" size={28} />
    ) : (
      <SearchMark answer="not exhausted" part={partOf(cell, maxStates)} size={28} />
    )
  return (
    <Head mark={mark} title={title}>
      {text}
    </Head>
  )
}

function unanswered(
  state: CellState,
  cell: Cell,
  maxStates: number,
): { readonly title: string; readonly text: string } {
  switch (state) {
    case 'idle':
      return {
        title: 'Nothing happens within these bounds',
        text: 'Nobody acts upon any of so few messages, so there is nothing to break. Allow more messages.',
      }
    case 'stopped':
      return {
        title: 'Stopped',
        text: 'Nothing broke it so far; that is no proof. “Go on” searches again.',
      }
    case 'failed':
      return { title: 'No answer', text: cell.why }
    case 'not promised':
      return { title: 'Not promised', text: cell.why }
    case 'searching':
      return {
        title: `Searching, ${Math.floor(partOf(cell, maxStates) * 100)} % of the bound on states`,
        text: 'Nothing broke it so far.',
      }
    default:
      return { title: 'Queued', text: 'Its turn comes.' }
  }
}

interface HeadProps {
  readonly mark: ReactNode
  readonly title: string
  readonly ink?: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

function Head({ mark, title, ink = '', action, children }: HeadProps) {
  return (
    <div className="flex items-start gap-1.5">
      <span className="pt-0.5">{mark}</span>
      <div className="min-w-0 flex-1">
        <h2 className={`text-22 font-semibold tracking-[-0.012em] ${ink}`}>{title}</h2>
        <p className="text-ink-2">{children}</p>
      </div>
      {action}
    </div>
  )
}

function Counterexample({
  cell,
  answers,
}: {
  readonly cell: Cell
  readonly answers: readonly Answer[]
}) {
  const [at, setAt] = useState(0)
  const answer = answers[at] ?? answers[0]
  if (answer === undefined) return null
  return (
    <>
      <Head
        mark={<SearchMark answer="counterexample" size={28} />}
        title={costOf(answer)}
        ink="text-broken-ink"
        action={<PlayIt answer={answer} />}
      >
        {at === 0
          ? 'Nothing shorter breaks it.'
          : 'Nothing shorter breaks it with this kind of fault.'}
        {isUnusual(answer) ? ' It takes unusual timing.' : ''}
      </Head>
      {hasStories(cell) ? <Stories cell={cell} at={at} onChoose={setAt} /> : null}
      <StepList answer={answer} />
    </>
  )
}

/** Opens the playground, which follows the script step by step up to the breach. */
function PlayIt({ answer }: { readonly answer: Answer }) {
  const { scenario, script } = answer
  const href = useMemo(
    () => (script === null ? null : counterexampleHref({ scenario, script })),
    [scenario, script],
  )
  if (href === null) return null
  return (
    <span className="flex items-center gap-1 self-center">
      <Link href={withWhy(href)} prefetch={false} className={buttonClass('line')}>
        Why?
      </Link>
      <Link href={href} prefetch={false} className={buttonClass('primary')}>
        <PlayIcon size={16} /> Play it
      </Link>
    </span>
  )
}

interface StoriesProps {
  readonly cell: Cell
  readonly at: number
  readonly onChoose: (at: number) => void
}

/** One least counterexample for each kind of fault that breaks it. */
function Stories({ cell, at, onChoose }: StoriesProps) {
  const { answers, stories } = cell
  return (
    <fieldset className="mt-1">
      <legend className="sr-only">By which fault</legend>
      {answers.map((answer, index) => (
        <label key={storyWords(answer)} className="ui-radio">
          <input
            type="radio"
            name="story"
            checked={index === at}
            onChange={() => onChoose(index)}
          />
          <span className={index === at ? 'font-semibold' : ''}>{storyWords(answer)}</span>
          <span className="ml-auto text-13 text-ink-3">{count(stepsOf(answer), 'step')}</span>
        </label>
      ))}
      <p className="text-13 text-ink-3">{STORIES_SAID[stories]}</p>
    </fieldset>
  )
}

const STORIES_SAID: Readonly<Record<Cell['stories'], string>> = {
  unknown: 'Other kinds of fault are tried next.',
  searching: 'Trying other kinds of fault …',
  known: 'No other kind of fault within these bounds was found to break it.',
}
