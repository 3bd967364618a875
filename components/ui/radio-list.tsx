'use client'
// A list of radio buttons with a hint at the right; a disabled one stays listed and says why.
import { useId } from 'react'

export interface RadioItem {
  readonly id: string
  readonly title: string
  readonly hint: string
  readonly selected: boolean
  readonly disabledBecause: string | null
}

/** The reason itself; what explains it follows a colon and stands in the tooltip. */
const shortly = (reason: string | null): string | undefined => reason?.split(': ')[0]

interface Props {
  readonly label: string
  readonly items: readonly RadioItem[]
  readonly onChoose: (id: string) => void
}

export function RadioList({ label, items, onChoose }: Props) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label}>
      {items.map((item) => {
        const off = item.disabledBecause !== null
        const hint = `${name}-${item.id}`
        return (
          <label
            key={item.id}
            title={item.disabledBecause ?? undefined}
            className={`ui-radio ${off ? 'is-off' : ''}`}
          >
            <input
              type="radio"
              name={name}
              checked={item.selected}
              disabled={off}
              aria-describedby={hint}
              onChange={() => onChoose(item.id)}
            />
            <span className={`ui-radio-name ${item.selected ? 'font-semibold' : ''}`}>
              {item.title}
            </span>
            <span
              id={hint}
              className={`ml-auto text-right text-13 ${off ? 'text-ink-2' : 'text-ink-3'}`}
            >
              {shortly(item.disabledBecause) ?? item.hint}
            </span>
          </label>
        )
      })}
    </div>
  )
}
