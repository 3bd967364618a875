'use client'
// "Why?", in the inspector's place: the question, the few steps that answer it, and what would have prevented it.
import { useEffect, useRef } from 'react'
import { invariants } from '@/lib/invariants/index'
import { useRun, useRunStore } from '../session/context'
import { type Asked, closeWhy, turnWhy } from '../session/why'
import { Button } from '../ui/button'
import { ChevronIcon, CloseIcon } from '../ui/icons'
import { Prevented } from './prevented'
import { Steps } from './steps'
import { Verdicts } from './verdicts'

export function WhyPanel() {
  const why = useRun((run) => run.why)
  return why === null ? null : <Panel why={why} />
}

function Panel({ why }: { readonly why: Asked }) {
  const store = useRunStore()
  const title = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another breach is another question
  useEffect(() => title.current?.focus({ preventScroll: true }), [why.violation])
  return (
    <section aria-label="Why?" data-why-panel>
      <div className="flex items-center gap-1 text-13 text-ink-3">
        <span className="flex-1">{placeWords(why)}</span>
        {why.all.length < 2 ? null : (
          <>
            <Turn label="Previous breach" by={-1} />
            <Turn label="Next breach" by={1} />
          </>
        )}
        <Button
          look="square"
          className="size-3!"
          aria-label="Close: back to the run"
          onClick={() => closeWhy(store)}
        >
          <CloseIcon size={16} />
        </Button>
      </div>
      <h2
        ref={title}
        tabIndex={-1}
        className="mt-1 text-22 font-semibold tracking-[-0.012em] outline-none [overflow-wrap:anywhere]"
      >
        {why.violation.question}
      </h2>
      <Steps why={why} />
      <Verdicts why={why} />
      <Prevented why={why} />
    </section>
  )
}

/** 'Duplicate 2 of 2' */
function placeWords({ invariant, nth, all }: Asked): string {
  const noun = invariants.find(({ id }) => id === invariant)?.noun[0] ?? invariant
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${nth + 1} of ${all.length}`
}

function Turn({ label, by }: { readonly label: string; readonly by: 1 | -1 }) {
  const store = useRunStore()
  return (
    <Button look="square" className="size-3!" aria-label={label} onClick={() => turnWhy(store, by)}>
      <span className={by === 1 ? '-rotate-90' : 'rotate-90'}>
        <ChevronIcon size={14} />
      </span>
    </Button>
  )
}
