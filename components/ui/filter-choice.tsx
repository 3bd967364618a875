'use client'
// One of several, or all of them: what a table is narrowed by.
import { useId } from 'react'

interface Props {
  readonly label: string
  readonly value: string
  readonly all: readonly string[]
  readonly onChoose: (value: string) => void
}

export function FilterChoice({ label, value, all, onChoose }: Props) {
  const id = useId()
  return (
    <span>
      <label htmlFor={id} className="block text-13 text-ink-3">
        {label}
      </label>
      <select
        id={id}
        className="ui-field"
        value={value}
        onChange={(event) => onChoose(event.target.value)}
      >
        <option value="">All</option>
        {all.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </span>
  )
}
