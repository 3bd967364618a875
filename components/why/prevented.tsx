'use client'
// What would have prevented it: each line verified by a search, with the run that shows it; and a way to try it.
import { useState } from 'react'
import type { Prevention } from '@/lib/why/index'
import { useRunStore } from '../session/context'
import type { Asked } from '../session/why'
import { count, seconds } from '../session/words'
import { Button } from '../ui/button'
import { ForkIcon } from '../ui/icons'
import { Section } from '../ui/section'
import { forkWith, playRun } from './forking'
import { LineMark } from './line-mark'
import { asItIsOf, bestOf, choicesOf, inOrder, OFTEN } from './lines'
import { saidOf } from './said'

export function Prevented({ why }: { readonly why: Asked }) {
  const [all, setAll] = useState(false)
  if (why.why?.without == null) return null
  const lines = inOrder(choicesOf(why.prevented))
  const base = asItIsOf(why.prevented)
  const shown = all ? lines : lines.slice(0, OFTEN)
  const best = bestOf(lines)
  return (
    <Section title="What would have prevented it">
      <ul className="grid gap-[6px]" aria-label="What would have prevented it">
        {shown.map((line) => (
          <Line key={`${line.of} ${line.title}`} line={line} why={why} />
        ))}
        {base === undefined ? null : <Line line={base} why={why} />}
      </ul>
      {lines.length > shown.length ? (
        <button type="button" className="ui-link mt-1 text-13" onClick={() => setAll(true)}>
          {lines.length - shown.length} more
        </button>
      ) : null}
      <p role="status" className="mt-1 text-13 text-ink-3">
        {progress(why)}
      </p>
      {best === undefined ? null : <TryIt line={best} why={why} />}
    </Section>
  )
}

function progress({ state, prevented, failed }: Asked): string {
  if (failed !== '') return `It could not be searched to the end: ${failed}`
  if (state !== 'known' && prevented.length === 0)
    return 'Searching every schedule with these settings first …'
  const tried = choicesOf(prevented).length
  if (state !== 'known') return `${count(tried, 'choice')} tried, searching on …`
  if (prevented.length === 0)
    return 'Within bounds that can be searched here the breach was not found again, so that nothing can be said of other settings.'
  return `${count(tried, 'choice')} tried, each within the bounds in which it breaks as it is.`
}

function Line({ line, why }: { readonly line: Prevention; readonly why: Asked }) {
  const store = useRunStore()
  const { title, of, verdict, scenario, script } = line
  return (
    <li className="grid grid-cols-[24px_1fr] gap-1" data-line={verdict}>
      <LineMark verdict={verdict} />
      <span className="min-w-0">
        <span className="block leading-[20px] font-semibold [overflow-wrap:anywhere]">
          {title} <span className="font-normal text-ink-3">{of}</span>
        </span>
        <span className="block text-13 leading-[18px] text-ink-2">
          {saidOf(line)}
          {scenario === null || script === null ? null : (
            <>
              {' · '}
              <button
                type="button"
                className="ui-link"
                aria-label={`Play it: ${title}`}
                onClick={() => playRun(store, line)}
              >
                play it
              </button>
            </>
          )}
          {verdict === 'prevents' ? (
            <>
              {' · '}
              <button
                type="button"
                className="ui-link"
                aria-label={`Try it: ${title}`}
                onClick={() => forkWith(store, why, line)}
              >
                try it
              </button>
            </>
          ) : null}
        </span>
      </span>
    </li>
  )
}

function TryIt({ line, why }: { readonly line: Prevention; readonly why: Asked }) {
  const store = useRunStore()
  const first = why.why?.steps?.[0]?.step ?? 1
  const { session } = store.getState()
  const from = first <= 1 ? 0 : session.step(first - 1).timeMs
  return (
    <div className="mt-2 text-center">
      <Button
        look="primary"
        className="w-full justify-center"
        onClick={() => forkWith(store, why, line)}
      >
        <ForkIcon /> Try it: fork here with this fix
      </Button>
      <p className="mt-1 text-13 text-ink-3">
        from {seconds(from)}, with {line.title}
      </p>
    </div>
  )
}
