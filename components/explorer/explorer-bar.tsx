'use client'
// The bar at the top: home, the scenario and the others there are, stop and go on, sharing, the way back.
import Link from 'next/link'
import { useState } from 'react'
import { starterScenario } from '@/lib/scenario/catalogue'
import { SiteMenu } from '../controls/site-menu'
import { StarterItems } from '../controls/starter-items'
import { ThemeSwitch } from '../controls/theme-switch'
import { addressOf, playHref } from '../session/addresses'
import { Button, buttonClass } from '../ui/button'
import { DisclosureMenu } from '../ui/disclosure-menu'
import { ChevronIcon, PlayIcon, StopIcon } from '../ui/icons'
import { LogoMark } from '../ui/logo'
import { boundsAsQuery } from './bounds'
import { useExplorer, useExplorerStore } from './context'

export function ExplorerBar() {
  return (
    <header className="flex h-7 shrink-0 items-center gap-3 border-b border-hair pr-2 pl-3 max-md:gap-1 max-md:pr-1 max-md:pl-2">
      <Link
        href="/"
        prefetch={false}
        aria-label="At Least Once: home"
        className="flex items-center gap-[10px]"
      >
        <LogoMark />
        <span className="font-semibold tracking-[-0.005em] whitespace-nowrap max-md:hidden">
          At Least Once
        </span>
      </Link>
      <div className="flex h-3 min-w-0 flex-1 items-center md:border-l md:border-hair md:pl-2">
        <OtherScenario />
      </div>
      <div className="flex shrink-0 items-center gap-0.5">
        <StopButton />
        <ShareSearch />
        <BackLink />
        <ThemeSwitch />
        <SiteMenu className="md:hidden" />
      </div>
    </header>
  )
}

function OtherScenario() {
  const store = useExplorerStore()
  const { id, title } = useExplorer(({ scenario }) => scenario)
  return (
    <DisclosureMenu
      label={`Scenario: ${title}. Choose another`}
      className="min-w-0 shrink! px-1! font-normal text-ink-2"
      button={
        <>
          <span className="truncate">{title}</span>
          <ChevronIcon size={14} />
        </>
      }
    >
      {(close) => (
        <StarterItems
          open={id}
          onChoose={(starter) => {
            close()
            const { open, bounds } = store.getState()
            const scenario = starterScenario(starter)
            if (scenario !== null) open(scenario, bounds)
          }}
        />
      )}
    </DisclosureMenu>
  )
}

function StopButton() {
  const running = useExplorer((explorer) => explorer.running)
  const stopped = useExplorer((explorer) => explorer.stopped)
  const { stop, goOn } = useExplorerStore().getState()
  if (running)
    return (
      <Button look="line" onClick={stop}>
        <StopIcon size={16} /> Stop
      </Button>
    )
  return (
    <Button look="line" disabled={!stopped} onClick={goOn}>
      <PlayIcon size={16} /> Go on
    </Button>
  )
}

/** Copies the address; where that is forbidden, it stands in the address bar all the same. */
function ShareSearch() {
  const store = useExplorerStore()
  const [said, setSaid] = useState('Share')
  const share = async () => {
    const { origin, pathname } = window.location
    const { scenario, bounds } = store.getState()
    const address = addressOf(scenario, boundsAsQuery(bounds))
    window.history.replaceState(null, '', `${pathname}${address}`)
    try {
      await navigator.clipboard.writeText(`${origin}${pathname}${address}`)
      setSaid('Copied')
    } catch {
      setSaid('In the address bar')
    }
  }
  return (
    <Button className="max-sm:hidden" onClick={share}>
      <span aria-live="polite">{said}</span>
    </Button>
  )
}

/** Where it leads depends on what was left behind, which only the browser knows: it is found out when it is wanted. */
function BackLink() {
  const store = useExplorerStore()
  const [href, setHref] = useState('/play/')
  const find = () => setHref(playHref(store.getState().scenario))
  return (
    <Link
      href={href}
      prefetch={false}
      className={buttonClass('bare')}
      onFocus={find}
      onPointerEnter={find}
      onPointerDown={find}
    >
      <span className="max-md:hidden">Back to playground</span>
      <span className="md:hidden">Back</span>
    </Link>
  )
}
