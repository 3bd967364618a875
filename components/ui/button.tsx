// Buttons: bare, outlined, primary, fault. Every one is a real button with a name.
import type { ComponentProps } from 'react'

type Look = 'bare' | 'line' | 'primary' | 'fault' | 'round' | 'square'

const LOOKS: Readonly<Record<Look, string>> = {
  bare: 'h-4.5 px-1.5 rounded-1 text-ink hover:text-ink-2',
  line: 'h-4.5 px-1.5 rounded-1 border border-rule hover:border-ink-2',
  primary: 'h-4.5 px-2 rounded-1 bg-accent text-accent-on font-semibold',
  fault: 'h-6 px-3 rounded-1 bg-fault text-fault-on text-18 font-semibold',
  round: 'size-5 rounded-full bg-accent text-accent-on justify-center',
  square: 'size-4.5 rounded-1 justify-center text-ink hover:text-ink-2',
}

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: Look
}

export function Button({ look = 'bare', className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`${buttonClass(look)} disabled:cursor-default disabled:text-ink-3 ${className}`}
      {...rest}
    />
  )
}

/** For links that look like buttons. */
export function buttonClass(look: Look): string {
  return `inline-flex shrink-0 cursor-pointer items-center gap-1 font-medium whitespace-nowrap transition-colors ${LOOKS[look]}`
}
