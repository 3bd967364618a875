'use client'
// Light, dark, or whatever the system says. app/layout.tsx sets it before the first paint; this changes it.
import { useEffect, useState } from 'react'
import { type Choice, readChoice, writeChoice } from './storage'

export type Theme = Choice<'theme'>

const DARK = '(prefers-color-scheme: dark)'

function apply(theme: Theme) {
  const dark = theme === 'dark' || (theme === 'system' && window.matchMedia(DARK).matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>('system')
  useEffect(() => setTheme(readChoice('theme') ?? 'system'), [])
  useEffect(() => {
    if (theme !== 'system') return
    const list = window.matchMedia(DARK)
    const follow = () => {
      if ((readChoice('theme') ?? 'system') === 'system') apply('system')
    }
    list.addEventListener('change', follow)
    return () => list.removeEventListener('change', follow)
  }, [theme])
  const choose = (next: Theme) => {
    writeChoice('theme', next === 'system' ? null : next)
    setTheme(next)
    apply(next)
  }
  return [theme, choose]
}
