'use client'
import type { InspectorFacts } from '@/lib/session/types'
import { Scrubber } from '../controls/scrubber'
import { SeedField } from '../controls/seed-field'
import { SpeedChoice } from '../controls/speed-choice'
// The playground on a phone: one pane at a time, the transport always in reach, tabs at the bottom.
import { Clock, Steps } from '../controls/transport'
import { Inspector } from '../inspector/inspector'
import { EventLog } from '../log/event-log'
import { useRun, useRunFields } from '../session/context'
import type { Pane } from '../session/store'
import { useFacts, usePicture } from '../session/views'
import { StructuredAside, StructuredMain } from '../structured/structured-view'
import { Timeline } from '../timeline/timeline'
import { Button } from '../ui/button'
import { BoltIcon, RestartIcon } from '../ui/icons'
import { WhyPanel } from '../why/why-panel'
import { CanvasPane } from './canvas-pane'
import { HelpPanel } from './help-panel'
import { ViewChoice } from './top-bar'

const PANES: readonly { readonly pane: Pane; readonly label: string }[] = [
  { pane: 'graph', label: 'Graph' },
  { pane: 'timeline', label: 'Timeline' },
  { pane: 'settings', label: 'Settings' },
  { pane: 'log', label: 'Log' },
]

export function Phone() {
  const pane = useRun((run) => run.pane)
  return (
    <>
      <main className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto">
        {pane === 'graph' ? <GraphPane /> : null}
        {pane === 'timeline' ? <Timeline /> : null}
        {pane === 'log' ? <EventLog /> : null}
        {pane === 'settings' ? <SettingsPane /> : null}
      </main>
      {pane === 'graph' ? <QuickFaults /> : null}
      <section aria-label="Transport" className="border-t border-hair px-2 pt-[6px]">
        <Scrubber />
        <div className="flex h-[60px] items-center justify-between">
          <Steps size="size-[44px]" />
          <Clock />
        </div>
      </section>
      <Tabs />
    </>
  )
}

function GraphPane() {
  const view = useRun((run) => run.view)
  return (
    <>
      {view === 'structured' ? null : <CanvasPane />}
      {view === 'graph' ? null : (
        <>
          <StructuredMain />
          <div className="px-2 pb-3">
            <StructuredAside />
          </div>
        </>
      )}
    </>
  )
}

function SettingsPane() {
  const { help, restart } = useRunFields('help', 'restart')
  const why = useRun((run) => run.why !== null)
  return (
    <div className="p-2">
      {help ? <HelpPanel /> : why ? <WhyPanel /> : <Inspector />}
      <div className="mt-2 flex flex-wrap items-center gap-2 border-t border-hair pt-2">
        <ViewChoice />
        <SpeedChoice asList />
        <SeedField />
        <Button look="line" onClick={restart}>
          <RestartIcon /> Restart with the same seed
        </Button>
      </div>
    </div>
  )
}

/** Whom a tap is most likely meant for: what is selected, else a handler with a message in its hands. */
function useLikely(): InspectorFacts | null {
  const selected = useRun((run) => run.selected)
  const picture = usePicture()
  const busy = picture.parts.find((part) => part.kind === 'pipeline' && part.token !== null)
  const any = picture.parts.find((part) => part.kind === 'card' && part.role === 'consumer')
  const other = busy?.kind === 'pipeline' ? busy.of : any?.kind === 'card' ? any.id : ''
  const chosen = useFacts(selected)
  const likely = useFacts(other)
  return chosen ?? likely
}

/** The first fault that can happen now to the likely one, and the menu of all of them. */
function QuickFaults() {
  const { inject, set } = useRunFields('inject', 'set')
  const facts = useLikely()
  if (facts === null) return null
  const possible = facts.faults.filter(({ reason }) => reason === null)
  const now = possible.filter(({ target }) => target === facts.id).slice(0, 1)
  return (
    <div className="relative z-10 flex gap-1 border-t border-hair bg-paper px-2 py-1">
      {now.map((choice) => (
        <Button
          key={choice.title}
          look="line"
          className="h-[44px] min-w-0 flex-1 justify-center px-1!"
          onClick={() => inject(choice)}
        >
          <BoltIcon /> <span className="truncate">{choice.title}</span>
        </Button>
      ))}
      <Button
        look="line"
        className="h-[44px] min-w-0 flex-1 justify-center px-1!"
        aria-haspopup="menu"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          set({ menu: { target: facts.id, x: 8, y: box.top - 320 } })
        }}
      >
        <BoltIcon /> <span className="truncate">{facts.title}</span>
      </Button>
    </div>
  )
}

function Tabs() {
  const { pane, why, set } = useRunFields('pane', 'why', 'set')
  return (
    <nav aria-label="Panes" className="grid h-8 shrink-0 grid-cols-4 border-t border-hair">
      {PANES.map((each) => (
        <button
          key={each.pane}
          type="button"
          aria-current={each.pane === pane ? 'page' : undefined}
          onClick={() => set({ pane: each.pane })}
          className={`-mt-px cursor-pointer border-t-2 ${each.pane === pane ? 'border-accent font-semibold text-accent' : 'border-transparent text-ink-2'}`}
        >
          {each.pane === 'settings' && why !== null ? 'Why' : each.label}
        </button>
      ))}
    </nav>
  )
}
