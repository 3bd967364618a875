'use client'
// Single keys, only where no text is being typed and no other thing on the page wants the key. They can be
// switched off (WCAG 2.1.4) in the help panel.
import { useEffect } from 'react'
import { type Command, commands } from './commands'
import { useRunStore } from './context'
import { readChoice } from './storage'
import type { RunStore } from './store'
import { closeWhy } from './why'

export function useKeyboard(): void {
  const store = useRunStore()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => handle(store, event)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [store])
}

function handle(store: RunStore, event: KeyboardEvent) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.isComposing) return
  // Escape in a field takes back what was typed; the panel around it stays.
  if (event.key === 'Escape') return isWanted(event.target, event.key) ? undefined : leave(store)
  if (readChoice('keys') === 'off' && event.key !== '?') return
  const { key } = event
  const command = commandOf(key)
  if (command === undefined || isWanted(event.target, key)) return
  event.preventDefault()
  // A key held down goes from step to step; it does not play and pause thirty times a second.
  if (event.repeat && !command.repeats) return
  command.run(store, codeOf(key))
}

const codeOf = (key: string): string => (key.length === 1 ? key.toLowerCase() : key)

/** A browser that fills in a form sends key events without a key. */
export function commandOf(key: string | undefined): Command | undefined {
  if (key === undefined || key === '') return undefined
  return commands.find(({ codes }) => codes.includes(codeOf(key)))
}

/** Whether what has the focus has a use of its own for the key. */
export function isWanted(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('[role="menu"], [role="application"] [contenteditable]') !== null) return true
  if (
    target.matches('input:not([type="radio"], [type="range"], [type="checkbox"]), textarea, select')
  )
    return true
  if ((target as HTMLElement).isContentEditable === true) return true
  if (key === ' ') return target.closest('button, a, input, summary, [role="button"]') !== null
  if (key.startsWith('Arrow')) return target.closest('input, [role="slider"]') !== null
  return false
}

/** One thing at a time: the menu closes itself, then help, then Why, then the selection. */
function leave(store: RunStore) {
  const { menu, help, why, selected, set } = store.getState()
  if (menu !== null) set({ menu: null })
  else if (help) set({ help: false })
  else if (why !== null) closeWhy(store)
  else if (selected !== '') set({ selected: '' })
}
