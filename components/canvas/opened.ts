'use client'
// Which partition is opened, so that its replicas are drawn: the one selected last.
import { useRef } from 'react'
import type { Picture } from '@/lib/picture/types'

export function useOpened(picture: Picture, selected: string): string | undefined {
  const last = useRef<string | undefined>(undefined)
  const isTape = picture.parts.some((part) => part.kind === 'tape' && part.id === selected)
  if (isTape) last.current = selected
  return last.current
}
