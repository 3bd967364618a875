'use client'
import { useId, useState } from 'react'
// One setting under the broker's own name: its value edited in place, its unit, its default, what it means.
// A value that cannot be is refused with the reason; what was typed stays, and so does the run.
import type { SettingField } from '@/lib/session/types'
import { useRunFields } from '../session/context'
import { readValue } from './read-value'

interface Draft {
  readonly text: string
  readonly error: string | null
}

export function SettingRow({ field }: { readonly field: SettingField }) {
  const change = useRunFields('change').change
  const [draft, setDraft] = useState<Draft | null>(null)
  const id = useId()
  const use = (text: string) => {
    if (text === String(field.value)) return setDraft(null)
    const read = readValue(field, text)
    const error = 'error' in read ? read.error : change(field.path, read.value)
    setDraft(error === null ? null : { text, error })
  }
  const changed = field.value !== field.defaultValue
  return (
    <div className="inspector-setting">
      <div className="flex items-center justify-between gap-1">
        <label
          htmlFor={id}
          className="min-w-0 font-mono text-13 text-ink-2 [overflow-wrap:anywhere]"
        >
          {field.name}
        </label>
        <ValueField
          id={id}
          field={field}
          text={draft?.text ?? String(field.value)}
          wrong={draft?.error != null}
          onDraft={(text) => setDraft({ text, error: null })}
          onUse={use}
          onDrop={() => setDraft(null)}
        />
      </div>
      {draft?.error == null ? null : (
        <p role="alert" className="text-13 text-broken-ink">
          {draft.error}
        </p>
      )}
      <p
        id={`${id}-help`}
        className={`inspector-meaning text-13 text-ink-3 ${changed ? 'is-changed' : ''}`}
      >
        <span className="inspector-words">{field.meaning} </span>
        default {field.defaultValue === '' ? 'none' : String(field.defaultValue)}
        {field.unit === '' ? '' : ` ${field.unit}`}
      </p>
    </div>
  )
}

interface ValueProps {
  readonly id: string
  readonly field: SettingField
  readonly text: string
  readonly wrong: boolean
  readonly onDraft: (text: string) => void
  readonly onUse: (text: string) => void
  readonly onDrop: () => void
}

function ValueField({ id, field, text, wrong, onDraft, onUse, onDrop }: ValueProps) {
  const choices = field.kind === 'boolean' ? ['true', 'false'] : field.choices
  const shared = { id, 'aria-describedby': `${id}-help`, 'aria-invalid': wrong }
  if (field.kind !== 'integer' && choices !== undefined)
    return (
      <select
        {...shared}
        className="inspector-value"
        value={text}
        onChange={(event) => onUse(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === '' ? 'none' : choice}
          </option>
        ))}
      </select>
    )
  return (
    <span className="flex items-baseline gap-0.5">
      <input
        {...shared}
        inputMode={field.kind === 'text' ? 'text' : 'numeric'}
        autoComplete="off"
        size={Math.max(3, text.length)}
        className="inspector-value"
        value={text}
        onChange={(event) => onDraft(event.target.value)}
        onBlur={(event) => onUse(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onUse(event.currentTarget.value)
          if (event.key === 'Escape') onDrop()
        }}
      />
      {field.unit === '' ? null : <span className="text-13 text-ink-3">{field.unit}</span>}
    </span>
  )
}
