'use client'
// Copies a link that opens this very run again. Where nothing may be copied, the link is shown instead.
import { useState } from 'react'
import { useRunStore } from '../session/context'
import { linkTo } from '../session/documents'
import { Button } from '../ui/button'

export function ShareButton() {
  const store = useRunStore()
  const [link, setLink] = useState<string | null>(null)
  const share = async () => {
    const made = linkTo(store)
    const { set } = store.getState()
    window.history.replaceState(null, '', made)
    try {
      await navigator.clipboard.writeText(made)
      set({
        notice: { tone: 'plain', text: 'The link is copied: it opens this run, faults and all.' },
      })
    } catch {
      setLink(made)
    }
  }
  return (
    <>
      <Button onClick={share}>Share</Button>
      {link === null ? null : <LinkField link={link} onClose={() => setLink(null)} />}
    </>
  )
}

function LinkField({ link, onClose }: { readonly link: string; readonly onClose: () => void }) {
  return (
    <div className="fixed top-7 right-2 z-40 flex w-[360px] max-w-[calc(100vw-16px)] items-center gap-1 rounded-2 border border-rule bg-surface p-1">
      <input
        readOnly
        aria-label="Link to this run"
        className="ui-field flex-1 font-mono text-13"
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button look="line" onClick={onClose}>
        Close
      </Button>
    </div>
  )
}
