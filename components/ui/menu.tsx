'use client'
// A popover menu: it stands beside what opened it, takes the focus, and gives it back. Not a dialog:
// nothing behind it is blocked. Arrow keys, Home, End and Escape; a disabled entry says why.
import Link from 'next/link'
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'

export interface Place {
  readonly x: number
  readonly y: number
}

interface Props {
  readonly label: string
  /** A point of the window beside which the menu stands. */
  readonly at: Place
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Menu({ label, at, onClose, children }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  const place = useInside(ref, at)
  useTakesFocus(ref)
  useClosesOutside(ref, onClose)
  return (
    <div
      ref={ref}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => onKey(event, ref.current, onClose)}
      style={{ left: place.x, top: place.y }}
      className="fixed z-50 max-h-[min(560px,90dvh)] w-[360px] max-w-[calc(100vw-16px)] overflow-y-auto rounded-2 border border-rule bg-surface py-1"
    >
      {children}
    </div>
  )
}

interface ItemProps {
  readonly title: string
  readonly detail?: string
  /** Why it cannot be chosen here and now. */
  readonly reason?: string | null
  readonly icon?: ReactNode
  readonly checked?: boolean
  readonly onChoose: () => void
}

export function MenuItem({ title, detail, reason = null, icon, checked, onChoose }: ItemProps) {
  const off = reason !== null
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      {...(checked === undefined ? {} : { 'aria-checked': checked })}
      aria-disabled={off}
      tabIndex={-1}
      onClick={() => off || onChoose()}
      className={`ui-menu-item ${off ? '' : 'cursor-pointer'}`}
    >
      <span className="w-3 shrink-0 pt-[1px]">{icon}</span>
      <span className="min-w-0">
        <span
          className={`block leading-[20px] ${off ? 'text-ink-3' : checked ? 'font-semibold' : ''}`}
        >
          {title}
        </span>
        {detail === undefined || detail === '' ? null : (
          <span className="block text-13 leading-[18px] text-ink-3">{detail}</span>
        )}
        {off ? <span className="block text-13 leading-[18px] text-ink-2">{reason}</span> : null}
      </span>
    </button>
  )
}

interface LinkProps {
  readonly title: string
  readonly href: string
  /** It leads to where one is. */
  readonly current: boolean
  readonly onChoose: () => void
}

export function MenuLink({ title, href, current, onChoose }: LinkProps) {
  return (
    <Link
      role="menuitem"
      href={href}
      prefetch={false}
      tabIndex={-1}
      aria-current={current ? 'page' : undefined}
      className={`ui-menu-item leading-[32px] ${current ? 'font-semibold' : ''}`}
      onClick={onChoose}
    >
      {title}
    </Link>
  )
}

export function MenuHeading({ children }: { readonly children: ReactNode }) {
  return <p className="px-2 pt-1 pb-0.5 text-13 text-ink-3">{children}</p>
}

const entries = (menu: HTMLElement | null): HTMLElement[] =>
  menu === null ? [] : [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')]

function onKey(event: KeyboardEvent, menu: HTMLElement | null, close: () => void) {
  const all = entries(menu)
  const now = all.indexOf(document.activeElement as HTMLElement)
  const go: Record<string, number> = {
    ArrowDown: (now + 1) % Math.max(1, all.length),
    ArrowUp: (now - 1 + all.length) % Math.max(1, all.length),
    Home: 0,
    End: all.length - 1,
  }
  event.stopPropagation()
  if (event.key === 'Escape') {
    event.preventDefault()
    close()
  } else if (event.key === 'Tab') close()
  else if (event.key in go) {
    event.preventDefault()
    all[go[event.key] ?? 0]?.focus()
  }
}

/** Keeps the menu inside the window. */
function useInside(ref: React.RefObject<HTMLDivElement | null>, at: Place): Place {
  const [place, setPlace] = useState(at)
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect()
    if (box === undefined) return
    setPlace({
      x: Math.max(8, Math.min(at.x, window.innerWidth - box.width - 8)),
      y: Math.max(8, Math.min(at.y, window.innerHeight - box.height - 8)),
    })
  }, [ref, at])
  return place
}

/** The first entry has the focus while the menu stands; what had it before gets it back. */
function useTakesFocus(ref: React.RefObject<HTMLDivElement | null>) {
  useEffect(() => {
    const before = document.activeElement
    const first = entries(ref.current)[0] ?? ref.current
    first?.focus({ preventScroll: true })
    return () => {
      if (before instanceof HTMLElement || before instanceof SVGElement)
        before.focus({ preventScroll: true })
    }
  }, [ref])
}

function useClosesOutside(ref: React.RefObject<HTMLDivElement | null>, onClose: () => void) {
  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && ref.current?.contains(event.target) === false) onClose()
    }
    document.addEventListener('pointerdown', onPointer, true)
    return () => document.removeEventListener('pointerdown', onPointer, true)
  }, [ref, onClose])
}
