'use client'
import { Scrubber } from '../controls/scrubber'
// Below the transport: the timeline or the log.
import { EventLog } from '../log/event-log'
import { useRun, useRunFields } from '../session/context'
import type { Dock as Docked } from '../session/store'
import { Timeline } from '../timeline/timeline'
import { Segmented } from '../ui/segmented'

const DOCKS: readonly { readonly value: Docked; readonly label: string }[] = [
  { value: 'timeline', label: 'Timeline' },
  { value: 'log', label: 'Log' },
]

export function DockChoice() {
  const { dock, set } = useRunFields('dock', 'set')
  return (
    <Segmented
      label="Below the graph"
      tight
      value={dock}
      segments={DOCKS}
      onChange={(next) => set({ dock: next, pane: next })}
    />
  )
}

/** A run longer than one page of the timeline is scrubbed as a whole on a line above it. */
const ONE_PAGE = 40_000

export function Dock() {
  const dock = useRun((run) => run.dock)
  const long = useRun((run) => run.endMs > ONE_PAGE)
  return (
    <section aria-label="Below the graph" className="flex h-full min-h-0 flex-col">
      {dock === 'log' || long ? (
        <div className="border-t border-hair px-3 pb-0.5">
          <Scrubber />
        </div>
      ) : null}
      <div className="min-h-0 flex-1">{dock === 'timeline' ? <Timeline /> : <EventLog />}</div>
    </section>
  )
}
