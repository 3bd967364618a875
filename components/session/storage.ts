// What is kept on this machine. Storage may be forbidden (a private window, a frame in a foreign page): then
// nothing is kept, and nothing breaks.

const CHOICES = {
  theme: ['light', 'dark', 'system'],
  keys: ['on', 'off'],
  view: ['graph', 'structured', 'both'],
} as const
type Choices = typeof CHOICES
export type Choice<K extends keyof Choices> = Choices[K][number]

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function write(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
    return true
  } catch {
    return false
  }
}

export function readChoice<K extends keyof Choices>(name: K): Choice<K> | null {
  const found = read(name)
  return (CHOICES[name] as readonly string[]).includes(found ?? '') ? (found as Choice<K>) : null
}

export function writeChoice<K extends keyof Choices>(name: K, value: Choice<K> | null): void {
  write(name, value)
}

const WORK = 'work'

/** The last work: the scenario as a file's text (it names its own seed and faults) and where we were in it. */
export interface Work {
  readonly document: string
  readonly atMs: number
}

export function readWork(): Work | null {
  const text = read(WORK)
  if (text === null) return null
  try {
    const work: unknown = JSON.parse(text)
    if (typeof work !== 'object' || work === null) return null
    const { document, atMs } = work as Partial<Work>
    if (typeof document !== 'string' || typeof atMs !== 'number') return null
    return { document, atMs: Number.isFinite(atMs) ? Math.max(0, atMs) : 0 }
  } catch {
    return null
  }
}

export const writeWork = (work: Work): boolean => write(WORK, JSON.stringify(work))
/** What cannot be read today may be another day's: the next work would be written over it. */
export const setWorkAside = (): boolean => write(`${WORK} set aside`, read(WORK))
export const forgetWork = (): boolean => write(WORK, null)
