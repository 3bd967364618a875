'use client'
import { useState } from 'react'
// The playground: everything around the canvas, arranged by the room there is.
import { starterScenario } from '@/lib/scenario/catalogue'
import { openSession } from '@/lib/session/session'
import { Scrubber } from '../controls/scrubber'
import { Transport } from '../controls/transport'
import { FaultMenu } from '../inspector/fault-menu'
import { Inspector } from '../inspector/inspector'
import { Announcer } from '../session/announcer'
import { RunProvider, useRun } from '../session/context'
import { FIRST, useKeeping } from '../session/keeping'
import { useKeyboard } from '../session/keyboard'
import { useLookAhead, usePlayback } from '../session/playback'
import { createRunStore, type RunStore } from '../session/store'
import { StructuredAside, StructuredMain } from '../structured/structured-view'
import { useCompact, useNarrow } from '../ui/media'
import { useWhy } from '../why/asking'
import { WhyPanel } from '../why/why-panel'
import { CanvasPane } from './canvas-pane'
import { Dock, DockChoice } from './dock'
import { HelpPanel } from './help-panel'
import { useIncoming } from './incoming'
import { Notices } from './notices'
import { OpenPanel } from './open-panel'
import { Phone } from './phone'
import { TopBar, VerdictBar } from './top-bar'

export function Playground() {
  const [run] = useState(firstRun)
  if (run === null) return <p className="p-3">The first scenario cannot be opened.</p>
  return (
    <RunProvider run={run}>
      <Shell />
    </RunProvider>
  )
}

function firstRun(): RunStore | null {
  const scenario = starterScenario(FIRST)
  return scenario === null ? null : createRunStore(openSession, scenario)
}

function Shell() {
  const narrow = useNarrow()
  const compact = useCompact()
  const [opening, setOpening] = useState(false)
  usePlayback()
  useLookAhead()
  useKeyboard()
  useKeeping()
  useIncoming()
  useWhy()
  return (
    <div className="flex h-dvh min-h-[520px] flex-col overflow-hidden">
      <TopBar narrow={narrow} compact={compact} onOpenPanel={() => setOpening(true)} />
      <Notices />
      {opening ? <OpenPanel onClose={() => setOpening(false)} /> : null}
      {compact ? <VerdictBar narrow={narrow} /> : null}
      {narrow ? <Phone /> : <Desk />}
      <FaultMenu />
      <Announcer />
    </div>
  )
}

const ASIDE = 'grid-cols-[minmax(0,1fr)_360px] max-xl:grid-cols-[minmax(0,1fr)_304px]'
const WIDE_ASIDE = 'grid-cols-[minmax(0,1fr)_372px] max-lg:grid-cols-[minmax(0,1fr)_304px]'

/** Canvas, transport and dock at the left; the inspector at the right. */
function Desk() {
  const view = useRun((run) => run.view)
  const help = useRun((run) => run.help)
  const why = useRun((run) => run.why !== null)
  return (
    <div className={`grid min-h-0 flex-1 ${view === 'structured' ? WIDE_ASIDE : ASIDE}`}>
      {view === 'structured' ? <StructuredDesk /> : <GraphDesk both={view === 'both'} />}
      <aside
        aria-label={help ? 'Commands' : why ? 'Causes' : 'Inspector'}
        className="min-h-0 overflow-x-hidden overflow-y-auto border-l border-hair p-3 max-xl:p-2"
      >
        <Aside help={help} why={why} structured={view === 'structured'} />
      </aside>
    </div>
  )
}

interface AsideProps {
  readonly help: boolean
  readonly why: boolean
  readonly structured: boolean
}

function Aside({ help, why, structured }: AsideProps) {
  if (help) return <HelpPanel />
  if (why) return <WhyPanel />
  return structured ? <StructuredAside /> : <Inspector />
}

const TIMELINE_HEIGHT = 'h-[clamp(160px,23.1dvh,320px)]'
const LOG_HEIGHT = 'h-[clamp(200px,34dvh,480px)]'

function GraphDesk({ both }: { readonly both: boolean }) {
  const log = useRun((run) => run.dock === 'log')
  return (
    <div className="flex min-h-0 min-w-0 flex-col">
      <main className="min-h-0 flex-1">
        <CanvasPane />
      </main>
      <Transport>{both ? null : <DockChoice />}</Transport>
      {both ? <ScrubLine /> : null}
      {both ? (
        <section
          aria-label="Structured view"
          className="h-[45%] shrink-0 overflow-x-hidden overflow-y-auto border-t border-hair"
        >
          <StructuredMain />
        </section>
      ) : (
        <div className={`shrink-0 ${log ? LOG_HEIGHT : TIMELINE_HEIGHT}`}>
          <Dock />
        </div>
      )}
    </div>
  )
}

function StructuredDesk() {
  return (
    <div className="flex min-h-0 min-w-0 flex-col">
      <div className="-mt-px">
        <Transport />
      </div>
      <ScrubLine />
      <main className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto border-t border-hair">
        <StructuredMain />
      </main>
    </div>
  )
}

/** Any moment is in reach, also where no timeline stands. */
function ScrubLine() {
  return (
    <div className="shrink-0 border-t border-hair px-3 pb-0.5 max-md:px-2">
      <Scrubber />
    </div>
  )
}
