'use client'
import { useEffect, useState } from 'react'
// The bare player for other people's pages: the canvas, play and pause, verdicts, a way to the playground.
// It takes no focus, scrolls nothing outside itself, and keeps nothing.
import { starterScenario } from '@/lib/scenario/catalogue'
import { openSession } from '@/lib/session/session'
import { VerdictChips } from '../checks/verdict-chips'
import { Steps } from '../controls/transport'
import { Announcer } from '../session/announcer'
import { RunProvider, useRun, useRunStore } from '../session/context'
import { openLink, openStarter } from '../session/documents'
import { FIRST } from '../session/keeping'
import { useLookAhead, usePlayback } from '../session/playback'
import { createRunStore, type RunStore } from '../session/store'
import { useTheme } from '../session/theme'
import { ExternalIcon } from '../ui/icons'
import { Notice } from '../ui/notice'
import { Stage } from './stage'

export function Embed() {
  const [run] = useState(() => firstRun())
  if (run === null) return <p className="p-3">This scenario cannot be opened.</p>
  return (
    <RunProvider run={run}>
      <Player />
    </RunProvider>
  )
}

function firstRun(): RunStore | null {
  const scenario = starterScenario(FIRST)
  return scenario === null ? null : createRunStore(openSession, scenario)
}

function Player() {
  const store = useRunStore()
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const { hash, search } = window.location
    const id = new URLSearchParams(search).get('scenario')
    if (hash.length > 1) openLink(store, hash)
    else if (id !== null) openStarter(store, id)
    setAsked(hash.length > 1 ? hash : `?scenario=${encodeURIComponent(id ?? FIRST)}`)
  }, [store])
  useTheme()
  usePlayback()
  useLookAhead()
  const title = useRun((run) => run.session.scenario.title)
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-7 shrink-0 items-center gap-2 border-b border-hair px-2">
        <h1 className="min-w-0 flex-1 truncate text-18 font-semibold tracking-[-0.008em]">
          {title}
        </h1>
        <a
          className="inline-flex items-center gap-1 font-medium whitespace-nowrap text-accent hover:underline"
          href={`${process.env['NEXT_PUBLIC_BASE_PATH'] ?? ''}/play/${asked}`}
          target="_blank"
          rel="noopener"
        >
          Open in playground <ExternalIcon size={16} />
        </a>
      </header>
      <Message />
      <main className="min-h-0 flex-1 px-2" aria-label={title}>
        <Stage label={`${title}, drawn as a graph`} look={LOOK} />
      </main>
      <footer className="flex h-9 shrink-0 items-center gap-2 border-t border-hair px-2">
        <Steps />
        <VerdictChips />
      </footer>
      <Announcer />
    </div>
  )
}

const LOOK = { compact: true } as const

function Message() {
  const { notice, set } = useRun((run) => run)
  if (notice === null) return null
  return <Notice {...notice} onClose={() => set({ notice: null })} />
}
