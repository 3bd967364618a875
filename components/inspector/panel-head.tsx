'use client'
// The head of the inspector: what is looked at, how it is, and a way back to the run as a whole.
import type { ReactNode } from 'react'
import { useRunFields } from '../session/context'
import { Button } from '../ui/button'
import { CloseIcon } from '../ui/icons'

export function PanelHead({
  title,
  children,
}: {
  readonly title: string
  readonly children?: ReactNode
}) {
  const set = useRunFields('set').set
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-1">
      <h2 className="min-w-0 text-22 font-semibold tracking-[-0.012em] [overflow-wrap:anywhere]">
        {title}
      </h2>
      <span className="flex items-baseline gap-0.5">
        {children}
        <Button
          look="square"
          className="size-3! self-center"
          aria-label="Close: back to the whole run"
          onClick={() => set({ selected: '' })}
        >
          <CloseIcon size={16} />
        </Button>
      </span>
    </div>
  )
}
