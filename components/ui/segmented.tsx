'use client'
// A segmented control: one choice of a few, all of them in sight. Radio semantics, arrow keys.
import { type KeyboardEvent, useId } from 'react'

export interface Segment<T extends string> {
  readonly value: T
  readonly label: string
  /** Said instead of the label where that is a sign, as in ¼×. */
  readonly says?: string
}

interface Props<T extends string> {
  readonly label: string
  readonly segments: readonly Segment<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
  readonly tight?: boolean
}

export function Segmented<T extends string>(props: Props<T>) {
  const { label, segments, value, onChange, tight = false } = props
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex h-4 shrink-0 overflow-hidden rounded-1 border border-rule"
    >
      {segments.map((segment) => (
        <label
          key={segment.value}
          className={`ui-segment ${tight ? 'px-1' : 'px-1.5'} ${segment.value === value ? 'is-on' : ''}`}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            aria-label={segment.says ?? segment.label}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
            onKeyDown={keepToItself}
          />
          {segment.label}
        </label>
      ))}
    </div>
  )
}

/** Arrow keys move within the group; they must not also step the run. */
function keepToItself(event: KeyboardEvent) {
  if (event.key.startsWith('Arrow')) event.stopPropagation()
}
