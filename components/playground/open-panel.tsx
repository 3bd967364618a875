'use client'
// Opening what comes from elsewhere: a file by picker or by dropping it, a link or JSON by pasting it.
import { useId, useState } from 'react'
import { useRunStore } from '../session/context'
import { openFile, openText } from '../session/documents'
import { Button, buttonClass } from '../ui/button'

export function OpenPanel({ onClose }: { readonly onClose: () => void }) {
  const store = useRunStore()
  const [text, setText] = useState('')
  const id = useId()
  const done = (opened: boolean) => {
    if (opened) onClose()
  }
  return (
    <section
      aria-label="Open a scenario"
      className="flex shrink-0 flex-wrap items-start gap-2 border-b border-hair px-3 py-2 max-md:px-2"
    >
      <label htmlFor={id} className="sr-only">
        A link, or the JSON of a scenario
      </label>
      <textarea
        id={id}
        rows={3}
        spellCheck={false}
        placeholder="Paste a link, or the JSON of a scenario"
        className="ui-field h-auto min-w-[240px] flex-1 py-1 font-mono text-13"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="flex flex-wrap gap-1">
        <Button
          look="primary"
          disabled={text.trim() === ''}
          onClick={() => done(openText(store, text))}
        >
          Open
        </Button>
        <label
          className={`${buttonClass('line')} has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent`}
        >
          Choose a file
          <input
            type="file"
            accept=".json,application/json"
            className="sr-only"
            onChange={async ({ currentTarget }) => {
              const file = currentTarget.files?.[0]
              // Forgotten at once, so that the same file, mended meanwhile, can be chosen again.
              currentTarget.value = ''
              if (file !== undefined) done(await openFile(store, file))
            }}
          />
        </label>
        <Button look="line" onClick={onClose}>
          Close
        </Button>
      </div>
    </section>
  )
}
