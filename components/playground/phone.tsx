'use client'
import { Scrubber } from '../controls/scrubber'
import { SeedField } from '../controls/seed-field'
import { SpeedChoice } from '../controls/speed-choice'
// The playground on a phone: one pane at a time, the transport always in reach, tabs at the bottom.
import { Clock, Steps } from '../controls/transport'
import { Inspector } from '../inspector/inspector'
import { EventLog } from '../log/event-log'
import { useRun, useRunFields } from '../session/context'
import type { Pane } from '../session/store'
import { useFacts } from '../session/views'
import { StructuredAside, StructuredMain } from '../structured/structured-view'
import { Timeline } from '../timeline/timeline'
import { Button } from '../ui/button'
import { BoltIcon, RestartIcon } from '../ui/icons'
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
  return (
    <div className="p-2">
      {help ? <HelpPanel /> : <Inspector />}
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

/** The first faults that can happen now to what is selected, else to a handler that holds a message. */
function QuickFaults() {
  const { selected, inject, session, set } = useRunFields('selected', 'inject', 'session', 'set')
  const chosen = useFacts(selected)
  const { services } = session.scenario.story
  const first = session
    .actorIds()
    .find((id) => services.some((service) => id.startsWith(service.id)))
  const other = useFacts(chosen === null ? (first ?? '') : '')
  const facts = chosen ?? other
  if (facts === null) return null
  const now = facts.faults.filter(({ reason }) => reason === null).slice(0, 1)
  return (
    <div className="flex gap-1 border-t border-hair px-2 py-1">
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
        <BoltIcon /> <span className="truncate">Faults of {facts.title}</span>
      </Button>
    </div>
  )
}

function Tabs() {
  const { pane, set } = useRunFields('pane', 'set')
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
          {each.label}
        </button>
      ))}
    </nav>
  )
}
