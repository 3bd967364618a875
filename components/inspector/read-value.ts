// What was typed into a setting, as the document takes it.
import type { SettingField } from '@/lib/session/types'

type Read = { readonly value: string | number | boolean } | { readonly error: string }

/** What was typed, as the document takes it; whether it makes sense there is the session's to say. */
export function readValue(field: SettingField, text: string): Read {
  if (field.kind === 'boolean') return { value: text === 'true' }
  if (field.kind === 'choice') return { value: text }
  if (field.kind === 'text') return { value: text.trim() }
  const trimmed = text.trim()
  const [form, whole] = field.kind === 'decimal' ? [/^\d*\.?\d+$/, ''] : [/^-?\d+$/, 'whole ']
  if (!form.test(trimmed))
    return { error: `${field.name} takes a ${whole}number; “${shown(trimmed)}” is none.` }
  const value = Number(trimmed)
  const { min, max } = field
  if ((min !== undefined && value < min) || (max !== undefined && value > max))
    return { error: `${field.name} takes ${bounds(min, max)}; found ${shown(trimmed)}.` }
  return { value }
}

/** What was pasted by mistake may be long. */
const shown = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`)

function bounds(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return `at most ${max}`
  return max === undefined ? `at least ${min}` : `${min} to ${max}`
}
