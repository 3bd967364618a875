'use client'
// Every step in words. Only the rows in sight exist; the list follows the playhead until it is scrolled.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useRunFields } from '../session/context'
import { useVerdicts } from '../session/views'
import { count } from '../session/words'
import { type Filter, nothingFound, placeOf, search } from './filter'
import { LogFilter } from './log-filter'
import { LogRow } from './log-row'

const ROW = 28
const NO_FILTER: Filter = { actor: '', text: '', told: false }

export function EventLog() {
  const { session, position, revision, seenStep, seek } = useRunFields(
    'session',
    'position',
    'revision',
    'seenStep',
    'seek',
  )
  const verdicts = useVerdicts()
  const [filter, setFilter] = useState(NO_FILTER)
  const steps = useFound(filter)
  const place = placeOf(steps, position)
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: placeOf(steps, seenStep) + 1,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
    getItemKey: (index) => `${revision} ${steps[index]}`,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the place, not itself
  useEffect(() => {
    if (place >= 0) rows.scrollToIndex(place, { align: 'auto' })
  }, [place, revision])
  return (
    <section aria-label="Event log" className="flex h-full min-h-0 flex-col border-t border-hair">
      <LogFilter filter={filter} onFilter={setFilter} found={steps.length} />
      <div ref={box} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {rows.options.count === 0 ? (
          <p className="px-3 py-1 text-ink-3 max-md:px-2">
            {position === 0 ? 'Nothing has happened yet.' : 'No step seen so far matches.'}
          </p>
        ) : null}
        <ol
          aria-label={count(rows.options.count, 'step')}
          className="relative"
          style={{ height: rows.getTotalSize() }}
        >
          {rows.getVirtualItems().map((item) => {
            const index = steps[item.index]
            if (index === undefined || index > session.length) return null
            return (
              <LogRow
                key={item.key}
                ref={rows.measureElement}
                place={item.index}
                top={item.start}
                step={session.step(index)}
                current={item.index === place}
                past={index <= position}
                broken={verdicts.find(({ violations }) => violations.some((v) => v.step === index))}
                onOpen={seek}
              />
            )
          })}
        </ol>
      </div>
    </section>
  )
}

/** Indices of the matching steps; begun anew with another filter or another run. */
function useFound(filter: Filter): readonly number[] {
  const { session, revision, seenStep } = useRunFields('session', 'revision', 'seenStep')
  const kept = useRef({ found: nothingFound(), filter, revision })
  return useMemo(() => {
    const old = kept.current
    const same =
      old.filter === filter && old.revision === revision && old.found.length <= session.length
    const found = same ? old.found : nothingFound()
    const before = found.steps.length
    search(found, session, filter, seenStep)
    kept.current = { found, filter, revision }
    return same && found.steps.length === before ? found.steps : found.steps
  }, [session, revision, seenStep, filter])
}
