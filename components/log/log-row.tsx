'use client'
import type { Ref } from 'react'
import type { Verdict } from '@/lib/invariants/types'
// One step in the log: when, what. Opening it shows that moment.
import type { StepRecord } from '@/lib/session/types'
import { rowProps } from '../session/rows'
import { seconds } from '../session/words'
import { BoltIcon } from '../ui/icons'
import { WhyButton } from '../why/why-button'

interface Props {
  readonly ref: Ref<HTMLLIElement>
  readonly place: number
  readonly top: number
  readonly step: StepRecord
  readonly current: boolean
  readonly past: boolean
  /** The guarantee that this step broke, where it did. */
  readonly broken: Verdict | undefined
  readonly onOpen: (step: number) => void
}

export function LogRow({ ref, place, top, step, current, past, broken, onOpen }: Props) {
  return (
    <li
      ref={ref}
      data-index={place}
      className="absolute inset-x-0 top-0 flex items-center"
      style={{ transform: `translateY(${top}px)` }}
    >
      <button
        type="button"
        {...rowProps}
        tabIndex={current ? 0 : -1}
        aria-current={current}
        onClick={() => onOpen(step.index)}
        className={`log-row ${current ? 'is-current' : ''} ${past ? 'text-ink-2' : 'text-ink-3'}`}
      >
        <span className="w-9 shrink-0 text-right font-mono text-13 leading-[20px] text-ink-3">
          {seconds(step.timeMs, 3)}
        </span>
        <span className="w-[18px] shrink-0">
          {step.fault === '' ? null : <BoltIcon size={16} />}
        </span>
        <span
          className={`min-w-0 leading-[20px] [overflow-wrap:anywhere] ${step.fault === '' ? '' : 'font-semibold text-fault-ink'}`}
        >
          {step.sentence}
        </span>
      </button>
      {broken === undefined ? null : (
        <span className="pr-3">
          <WhyButton verdict={broken} step={step.index} />
        </span>
      )}
    </li>
  )
}
