// "Why?": which breach is asked about, and coming back from it to where one was.
import type { Violation } from '@/lib/invariants/types'
import type { Session } from '@/lib/session/types'
import type { Prevention, Why } from '@/lib/why/index'
import { verdictsAtEnd } from './causes'
import type { RunStore } from './store'

export interface Asked {
  readonly invariant: string
  readonly violation: Violation
  /** Its place among the breaches of this guarantee, from 0, and all of them. */
  readonly nth: number
  readonly all: readonly Violation[]
  /** What was selected before it was opened. */
  readonly before: string
  /** The moment shown before. */
  readonly beforeMs: number
  /** The step that is looked at; 0: none. */
  readonly step: number
  readonly why: Why | null
  readonly prevented: readonly Prevention[]
  readonly state: 'asking' | 'preventing' | 'known'
  /** Why there is no answer, where there is none; '' else. */
  readonly failed: string
}

/** Who opened it: that has the focus again afterwards. */
let opener: HTMLElement | null = null

const isSame = (a: Violation, b: Violation): boolean =>
  a.step === b.step && a.of === b.of && a.messages.join() === b.messages.join()

/** What only rest reveals is not to be seen at the step that completed it. */
function isShown(session: Session, invariant: string, violation: Violation): boolean {
  const verdict = session.verdicts().find((each) => each.invariant === invariant)
  return verdict?.violations.some((each) => isSame(each, violation)) === true
}

export function openWhy(store: RunStore, invariant: string, violation: Violation): void {
  const { session, selected, nowMs, why, seek, set } = store.getState()
  const active = document.activeElement
  if (why === null) opener = active instanceof HTMLElement ? active : null
  const verdict = verdictsAtEnd(session).find((each) => each.invariant === invariant)
  const known = verdict?.violations ?? []
  const found = known.findIndex((each) => isSame(each, violation))
  const all = found < 0 ? [violation] : known
  seek(violation.step)
  if (!isShown(session, invariant, violation)) seek(session.length)
  set({
    selected: '',
    help: false,
    pane: 'settings',
    said: `Why: ${violation.question}`,
    why: {
      invariant,
      violation,
      nth: Math.max(0, found),
      all,
      before: why?.before ?? selected,
      beforeMs: why?.beforeMs ?? nowMs,
      step: violation.step,
      why: null,
      prevented: [],
      state: 'asking',
      failed: '',
    },
  })
}

/** The breach of the same guarantee before or after this one, round and round. */
export function turnWhy(store: RunStore, by: 1 | -1): void {
  const { why } = store.getState()
  if (why === null) return
  const count = why.all.length
  const next = why.all[(why.nth + by + count) % count]
  if (next !== undefined) openWhy(store, why.invariant, next)
}

export function closeWhy(store: RunStore): void {
  const { why, set, seekTime } = store.getState()
  if (why === null) return
  seekTime(why.beforeMs)
  set({ why: null, selected: why.before, said: 'Why: closed.' })
  giveBack()
}

/** The focus, to whoever opened it; where that is gone, to what plays. */
export function giveBack(): void {
  const last = opener
  opener = null
  requestAnimationFrame(() => {
    const there = last?.isConnected === true && last !== document.body && last.offsetParent !== null
    const play = document.querySelector<HTMLElement>('[data-why], [data-play]')
    if (there) last.focus()
    else play?.focus()
  })
}
