'use client'
// The causal steps, at most seven: when, who, what. Each leads to its moment and selects whom it is about.
import type { KeyboardEvent } from 'react'
import type { WhyStep } from '@/lib/why/index'
import { useRunFields } from '../session/context'
import type { Asked } from '../session/why'
import { seconds } from '../session/words'
import { BoltIcon } from '../ui/icons'

export function Steps({ why }: { readonly why: Asked }) {
  const { session, seek, set } = useRunFields('session', 'seek', 'set')
  const { steps, noReturn } = why.why ?? { steps: null, noReturn: null }
  if (steps === null)
    return (
      <p role="status" className="mt-1 text-ink-2">
        {why.failed === ''
          ? 'Looking for the steps without which it would not have happened …'
          : why.failed}
      </p>
    )
  const show = (step: WhyStep) => {
    seek(step.step)
    set({ selected: selectable(session.actorIds(), step.actor), why: { ...why, step: step.step } })
  }
  const count = steps.length
  return (
    <ol aria-label="Causal steps" className="relative mt-[14px] grid gap-1" onKeyDown={goAlong}>
      {steps.map((step, at) => {
        const isLast = step.isBreach || at === count - 1
        return (
          <li key={step.step} className="relative">
            {at === count - 1 ? null : (
              <span
                aria-hidden="true"
                className="absolute top-3 bottom-[-12px] left-[11px] w-[2px] bg-accent"
              />
            )}
            <button
              type="button"
              data-step={at + 1}
              aria-current={why.step === step.step ? 'step' : undefined}
              onClick={() => show(step)}
              className={`group grid w-full cursor-pointer grid-cols-[24px_1fr] gap-2 rounded-[4px] text-left ${why.step === step.step ? 'bg-accent-wash' : ''}`}
            >
              <span
                className={`relative grid size-3 place-items-center rounded-full text-13 font-semibold ${isLast ? 'bg-broken-solid text-broken-on' : 'bg-ink text-paper'}`}
              >
                {at + 1}
              </span>
              <span className="min-w-0">
                <span className="flex flex-wrap items-center gap-x-1 text-13 leading-[24px] text-ink-2">
                  <span className="font-mono">{seconds(session.step(step.step).timeMs)}</span>
                  <span className="[overflow-wrap:anywhere]">{step.actor}</span>
                  {step.fault === '' ? null : <BoltIcon size={16} />}
                  {noReturn?.step === step.step ? (
                    <span className="text-accent">
                      point of no return{noReturn.isProven ? '' : ', not proven'}
                    </span>
                  ) : null}
                </span>
                <span className="block leading-[20px] group-hover:underline [overflow-wrap:anywhere]">
                  {step.text}
                </span>
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}

/** Whom the inspector knows; else nobody. */
const selectable = (actors: readonly string[], actor: string): string =>
  actors.includes(actor) ? actor : ''

/** Up and down go from step to step; Enter shows the one come to. */
function goAlong(event: KeyboardEvent<HTMLOListElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-step]')]
  const here = all.indexOf(document.activeElement as HTMLElement)
  const next = all[here + (event.key === 'ArrowDown' ? 1 : -1)]
  event.preventDefault()
  event.stopPropagation()
  next?.focus()
}
