'use client'
// One line that says what happened to the reader's work; it stays until it is closed or replaced.
import { Button } from './button'
import { CloseIcon } from './icons'

interface Props {
  readonly tone: 'plain' | 'wrong'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
  readonly onClose: () => void
}

export function Notice({ tone, text, action, onClose }: Props) {
  return (
    <div
      role={tone === 'wrong' ? 'alert' : 'status'}
      className="flex items-center gap-2 border-b border-hair bg-sunk px-3 py-0.5"
    >
      <p className="min-w-0 flex-1 py-0.5 text-ink-2 [overflow-wrap:anywhere]">
        {tone === 'wrong' ? <b className="text-ink">Not opened. </b> : null}
        {text}
      </p>
      {action === undefined ? null : (
        <Button look="line" onClick={action.run}>
          {action.label}
        </Button>
      )}
      <Button look="square" aria-label="Close this message" onClick={onClose}>
        <CloseIcon size={16} />
      </Button>
    </div>
  )
}
