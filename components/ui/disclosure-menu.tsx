'use client'
// A button that opens a menu below itself.
import { type ReactNode, useCallback, useState } from 'react'
import { Button, type ButtonProps } from './button'
import { Menu, type Place } from './menu'

interface Props {
  readonly label: string
  readonly button: ReactNode
  readonly look?: ButtonProps['look']
  readonly className?: string
  /** Draws the entries; call `close` when one was chosen. */
  readonly children: (close: () => void) => ReactNode
}

export function DisclosureMenu({ label, button, look = 'bare', className = '', children }: Props) {
  const [at, setAt] = useState<Place | null>(null)
  const close = useCallback(() => setAt(null), [])
  return (
    <>
      <Button
        {...(look === undefined ? {} : { look })}
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setAt(at === null ? { x: box.left, y: box.bottom + 4 } : null)
        }}
      >
        {button}
      </Button>
      {at === null ? null : (
        <Menu label={label} at={at} onClose={close}>
          {children(close)}
        </Menu>
      )}
    </>
  )
}
