// Opening and handing out scenarios: from the catalogue, a link, a file, pasted text. What cannot be read
// leaves the present work as it is, and says what was wrong, where, and what was expected.
import { starterScenario } from '@/lib/scenario/catalogue'
import { decodeFile, encodeFile } from '@/lib/scenario/codec'
import type { Parsed } from '@/lib/scenario/errors'
import { limits } from '@/lib/scenario/limits'
import { linkOf, readLink } from '@/lib/session/links'
import type { RunStore } from './store'

interface Where {
  readonly atMs?: number
}

/** Opens what was parsed, or says what is wrong with it; true when it was opened. */
function take(store: RunStore, parsed: Parsed, from: string, where: Where = {}): boolean {
  if (!parsed.ok) {
    const [first, ...more] = parsed.errors
    const others = more.length === 0 ? '' : ` And ${more.length} more.`
    const what = sentence(first?.message ?? 'It cannot be read')
    refuse(store, what.startsWith('The ') ? `${what}${others}` : `${from}: ${what}${others}`)
    return false
  }
  try {
    store.getState().open(parsed.scenario, where)
    return true
  } catch (error) {
    refuse(store, `${from}: ${error instanceof Error ? error.message : 'it cannot be run.'}`)
    return false
  }
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

function refuse(store: RunStore, text: string) {
  store.getState().set({ notice: { tone: 'wrong', text: `${text} Your work is as it was.` } })
}

export function openStarter(store: RunStore, id: string): boolean {
  const scenario = starterScenario(id)
  if (scenario !== null) return take(store, { ok: true, scenario }, id)
  refuse(store, `There is no scenario “${id.slice(0, 80)}” here.`)
  return false
}

export function openLink(store: RunStore, fragment: string): boolean {
  return take(store, readLink(fragment), 'The link')
}

/** A link, the fragment of one, or the JSON of a scenario. */
export function openText(store: RunStore, text: string, from = 'The pasted text'): boolean {
  const trimmed = text.length > limits.fileCharacters ? text : text.trim()
  const link = /^(?:https?:\/\/[^\s#]*)?#?([sv]\d+\..*)$/s.exec(
    trimmed.slice(0, limits.linkCharacters * 2),
  )
  if (link?.[1] !== undefined) return take(store, readLink(link[1]), 'The link')
  return take(store, decodeFile(trimmed), from)
}

/** How many files have been asked for: of two that are read at once the later one is wanted. */
let filesAsked = 0

/** A UTF-8 character takes up to four bytes; a file of more bytes than that is not even read. */
export async function openFile(store: RunStore, file: File): Promise<boolean> {
  const from = `The file ${file.name}`
  if (file.size > limits.fileCharacters * 4) {
    refuse(store, `${from} is too large: ${Math.round(file.size / 1_048_576)} MB.`)
    return false
  }
  filesAsked++
  const asked = filesAsked
  try {
    const text = await file.text()
    return asked === filesAsked && take(store, decodeFile(text), from)
  } catch {
    refuse(store, `${from} cannot be read.`)
    return false
  }
}

/** Opens a saved work, or says what is wrong with it. */
export function openSaved(store: RunStore, document: string, atMs: number): boolean {
  return take(store, decodeFile(document), 'The work kept in this browser', { atMs })
}

/** The link to this page that opens the run again, faults injected by hand included. */
export function linkTo(store: RunStore): string {
  const { origin, pathname } = window.location
  return `${origin}${pathname}#${linkOf(store.getState().session.document())}`
}

export function fileOf(store: RunStore): { readonly name: string; readonly text: string } {
  const scenario = store.getState().session.document()
  return { name: `${scenario.id}.json`, text: encodeFile(scenario) }
}

export function saveFile(store: RunStore): void {
  const { name, text } = fileOf(store)
  saveText(name, text)
}

export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  URL.revokeObjectURL(url)
}
