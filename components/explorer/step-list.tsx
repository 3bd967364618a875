'use client'
// The steps of a counterexample in the words of the log. Those that anybody could see come first; the protocol
// between them is a press away.
import { useMemo, useState } from 'react'
import type { Message } from '@/lib/clients/types'
import { breachSteps } from '@/lib/session/breach-steps'
import type { Answer } from '@/lib/session/exploring'
import type { StepRecord } from '@/lib/session/types'
import { shapeOfKey, shapesOf } from '../session/keys'
import { isTold } from '../session/views'
import { count } from '../session/words'
import { Button } from '../ui/button'
import { BoltIcon, SwapIcon } from '../ui/icons'
import { EventToken } from './event-token'
import { inColumns, titlesIn } from './split-words'
import { titleOfKind } from './words'

export function StepList({ answer }: { readonly answer: Answer }) {
  const [all, setAll] = useState(false)
  const steps = useMemo(() => breachSteps(answer), [answer])
  const titles = useMemo(() => titlesIn(answer.scenario), [answer])
  const shapes = useMemo(() => shapesOf(answer.scenario), [answer])
  const shown = all ? steps : steps.filter((step) => isTold(step) || step === steps.at(-1))
  const again = useMemo(() => deliveredAgain(steps), [steps])
  return (
    <>
      <ol className="explorer-steps">
        {shown.map((step) => {
          const { who, what } = inColumns(step, titles)
          const message = messageOf(step)
          return (
            <li key={step.index} className={lookOf(step, step === steps.at(-1))}>
              <span className="n">{step.index - answer.lead}</span>
              <span className="flex justify-center">
                {step.fault !== '' ? (
                  <BoltIcon size={26} />
                ) : message !== null ? (
                  <EventToken
                    order={message.order}
                    shape={shapeOfKey(shapes, message.subject)}
                    again={again.has(step.index)}
                  />
                ) : isTold(step) ? (
                  <SwapIcon size={20} />
                ) : null}
              </span>
              <span className="who">{who}</span>
              <span className="what">
                {what}
                {step.fault === '' ? null : (
                  <span className="block text-13 font-normal">
                    Fault: {titleOfKind(step.fault)}
                  </span>
                )}
              </span>
            </li>
          )
        })}
      </ol>
      <div className="flex flex-wrap items-center justify-between gap-1">
        <p className="text-13 text-ink-3">
          {answer.lead === 0 ? '' : `After ${count(answer.lead, 'step')} in which the groups form.`}
        </p>
        {shown.length === steps.length && !all ? null : (
          <Button className="px-0!" aria-pressed={all} onClick={() => setAll(!all)}>
            {all ? 'Only what can be seen' : `All ${steps.length} steps`}
          </Button>
        )}
      </div>
    </>
  )
}

function lookOf(step: StepRecord, last: boolean): string {
  if (step.fault !== '') return 'is-fault'
  if (last) return 'is-breach'
  return isTold(step) ? '' : 'is-protocol'
}

function messageOf({ observations }: StepRecord): Message | null {
  for (const seen of observations) {
    const { message } = seen as { message?: Message }
    if (message !== undefined) return message
  }
  return null
}

/** Steps from which on a message is handed over for the second time. */
function deliveredAgain(steps: readonly StepRecord[]): ReadonlySet<number> {
  const times = new Map<string, number>()
  const found = new Set<number>()
  for (const { index, observations } of steps)
    for (const seen of observations as readonly { kind: string; message?: Message }[]) {
      const { kind, message } = seen
      if (message === undefined) continue
      const id = `${kind} ${message.id}`
      const before = times.get(id) ?? 0
      times.set(id, before + 1)
      if (before > 0 && (kind === 'delivered' || kind === 'effectApplied')) found.add(index)
    }
  return found
}
