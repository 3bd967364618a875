'use client'
// All commands, in the place of the inspector: the graph stays in sight.
import { useEffect, useRef, useState } from 'react'
import { useRunFields } from '../session/context'
import { readChoice, writeChoice } from '../session/storage'
import { CommandList } from '../structured/command-list'
import { Button } from '../ui/button'
import { CloseIcon } from '../ui/icons'

export function HelpPanel() {
  const set = useRunFields('set').set
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus({ preventScroll: true }), [])
  return (
    <>
      <div className="mb-1 flex items-baseline justify-between">
        <h2 ref={head} tabIndex={-1} className="text-22 font-semibold tracking-[-0.012em]">
          All commands
        </h2>
        <Button
          look="square"
          className="size-3! self-center"
          aria-label="Close the commands"
          onClick={() => set({ help: false })}
        >
          <CloseIcon size={16} />
        </Button>
      </div>
      <CommandList />
      <SingleKeys />
      <p className="mt-1 text-13 text-ink-3">
        In the graph, Tab goes from part to part; Enter selects a part, and on the selected one
        opens its faults; Escape lets go of it. Arrow keys go through the messages of a part: Enter
        selects one, F opens its faults. Page Up and Page Down move a graph that is too high.
      </p>
    </>
  )
}

function SingleKeys() {
  const [on, setOn] = useState(true)
  useEffect(() => setOn(readChoice('keys') !== 'off'), [])
  return (
    <label className="mt-2 flex items-center gap-1">
      <input
        type="checkbox"
        checked={on}
        className="size-2 accent-accent"
        onChange={(event) => {
          setOn(event.target.checked)
          writeChoice('keys', event.target.checked ? 'on' : 'off')
        }}
      />
      Single keys run commands
    </label>
  )
}
