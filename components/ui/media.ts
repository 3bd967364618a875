'use client'
// What the reader's system asks for, as hooks. On the server and at first paint: the widest, moving.
import { useCallback, useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  )
}

export const useReducedMotion = (): boolean => useMedia('(prefers-reduced-motion: reduce)')
/** A phone or a tablet held upright: one pane at a time, tabs at the bottom. */
export const useNarrow = (): boolean => useMedia('(max-width: 1023px)')
/** A small laptop: the inspector is narrower. */
export const useCompact = (): boolean => useMedia('(max-width: 1279px)')
