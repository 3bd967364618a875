'use client'
// The one line above the canvas that says what happened to the reader's work.
import { useRunFields } from '../session/context'
import { Notice } from '../ui/notice'

export function Notices() {
  const { notice, set } = useRunFields('notice', 'set')
  if (notice === null) return null
  const { tone, text, action } = notice
  return <Notice tone={tone} text={text} action={action} onClose={() => set({ notice: null })} />
}
