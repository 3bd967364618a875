'use client'
// Files dropped anywhere on the page and text pasted outside a field are opened as scenarios.
import { useEffect } from 'react'
import { useRunStore } from '../session/context'
import { openFile, openText } from '../session/documents'
import { isWanted } from '../session/keyboard'

export function useIncoming(): void {
  const store = useRunStore()
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      if (file === undefined) return
      event.preventDefault()
      openFile(store, file)
    }
    const paste = (event: ClipboardEvent) => {
      if (isWanted(event.target, 'v')) return
      const file = event.clipboardData?.files[0]
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (file !== undefined) openFile(store, file)
      else if (text.trim() !== '') openText(store, text)
    }
    document.addEventListener('dragover', over)
    document.addEventListener('drop', drop)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('dragover', over)
      document.removeEventListener('drop', drop)
      document.removeEventListener('paste', paste)
    }
  }, [store])
}
