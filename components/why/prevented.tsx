'use client'
// What would have prevented it: each line verified by a search, with the run that shows it; and a way to try it.
import { useState } from 'react'
import type { Prevention } from '@/lib/why/index'
import { VerdictMark } from '../checks/marks'
import { titleOf } from '../checks/names'
import { useRunStore } from '../session/context'
import type { Asked } from '../session/why'
import { seconds } from '../session/words'
import { Button } from '../ui/button'
import { ForkIcon } from '../ui/icons'
import { Section } from '../ui/section'
import { forkWith, playRun } from './forking'
import { bestOf, inOrder, OFTEN } from './lines'

export function Prevented({ why }: { readonly why: Asked }) {
  const [all, setAll] = useState(false)
  if (why.why?.without == null) return null
  const lines = inOrder(why.prevented)
  const shown = all ? lines : lines.slice(0, OFTEN)
  const best = bestOf(lines)
  return (
    <Section title="What would have prevented it">
      <ul className="grid gap-[6px]" aria-label="What would have prevented it">
        {shown.map((line) => (
          <Line key={`${line.of} ${line.title}`} line={line} why={why} />
        ))}
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
  if (state !== 'known') return `${prevented.length} choices tried, searching on …`
  if (prevented.length === 0)
    return 'Within bounds that can be searched here the breach was not found again, so that nothing can be said of other settings.'
  return `${prevented.length} choices tried, each within the bounds in which it breaks as it is.`
}

const MARKS = {
  prevents: 'holds',
  costs: 'broken',
  fails: 'broken',
  'does not fit': 'not promised',
  'not told': 'not exercised',
} as const

function saidOf({ verdict, because, invariant }: Prevention): string {
  switch (verdict) {
    case 'prevents':
      return 'holds within the bounds; the fault came and was absorbed'
    case 'costs':
      return `prevents it, and breaks “${titleOf(invariant)}” instead`
    case 'fails':
      return 'breaks all the same'
    case 'does not fit':
      return because
    case 'not told':
      return 'not exhausted: it cannot be told'
  }
}

function Line({ line, why }: { readonly line: Prevention; readonly why: Asked }) {
  const store = useRunStore()
  const { title, of, verdict, scenario, script } = line
  return (
    <li className="grid grid-cols-[24px_1fr] gap-1" data-line={verdict}>
      <VerdictMark verdict={MARKS[verdict]} />
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
