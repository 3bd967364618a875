'use client'
// The top bar: home, the scenario and its picker, verdicts, the view, the explorer, the theme, sharing.
import Link from 'next/link'
import { useState } from 'react'
import { VerdictChips } from '../checks/verdict-chips'
import { SiteMenu } from '../controls/site-menu'
import { ThemeSwitch } from '../controls/theme-switch'
import { exploreHref } from '../session/addresses'
import { useRunFields, useRunStore } from '../session/context'
import type { ViewMode } from '../session/store'
import { buttonClass } from '../ui/button'
import { LogoMark } from '../ui/logo'
import { Segmented } from '../ui/segmented'
import { ScenarioPicker } from './scenario-picker'
import { ShareButton } from './share'

const VIEWS: readonly { readonly value: ViewMode; readonly label: string }[] = [
  { value: 'graph', label: 'Graph' },
  { value: 'structured', label: 'Structured' },
  { value: 'both', label: 'Both' },
]

export function ViewChoice() {
  const { view, set } = useRunFields('view', 'set')
  return (
    <Segmented
      label="View"
      value={view}
      segments={VIEWS}
      onChange={(next) => set({ view: next })}
    />
  )
}

interface Props {
  readonly narrow: boolean
  readonly compact: boolean
  readonly onOpenPanel: () => void
}

export function TopBar({ narrow, compact, onOpenPanel }: Props) {
  return (
    <header className="flex h-7 shrink-0 items-center gap-3 border-b border-hair pr-2 pl-3 max-md:gap-1 max-md:pr-1 max-md:pl-2">
      <Link
        href="/"
        prefetch={false}
        aria-label="At Least Once: home"
        className="flex items-center gap-[10px]"
      >
        <LogoMark />
        {compact ? null : (
          <span className="font-semibold tracking-[-0.005em] whitespace-nowrap">At Least Once</span>
        )}
      </Link>
      <div
        className={`flex h-3 min-w-0 items-center md:border-l md:border-hair md:pl-2 ${compact ? 'flex-1' : 'max-w-[320px] shrink-0'}`}
      >
        <ScenarioPicker onOpenPanel={onOpenPanel} />
      </div>
      {compact ? null : <VerdictChips />}
      {narrow ? null : <ViewChoice />}
      <div className="flex shrink-0 items-center gap-0.5">
        {narrow ? null : <BreakIt />}
        <ThemeSwitch />
        <ShareButton />
        {narrow ? <SiteMenu /> : null}
      </div>
    </header>
  )
}

/** Leads to the explorer with the work as it stands: the address is made when it is wanted, not with every step. */
function BreakIt() {
  const store = useRunStore()
  const [href, setHref] = useState('/explore/')
  const make = () => setHref(exploreHref(store.getState().session.document()))
  return (
    <Link
      href={href}
      prefetch={false}
      className={buttonClass('primary')}
      onFocus={make}
      onPointerEnter={make}
      onPointerDown={make}
    >
      Break it for me
    </Link>
  )
}

/** Where the top bar has no room for them, the verdicts have a bar of their own; on a phone the explorer too. */
export function VerdictBar({ narrow }: { readonly narrow: boolean }) {
  return (
    <div className="flex h-6 shrink-0 items-center gap-1 border-b border-hair px-3 max-md:px-2">
      <VerdictChips tight />
      {narrow ? <BreakIt /> : null}
    </div>
  )
}
