'use client'
// The whole run as one line to scrub on, with its faults and breaches marked. Where the space-time diagram
// is not in sight, or shows only a stretch of the run.
import { VerdictMark } from '../checks/marks'
import { useRun, useRunFields } from '../session/context'
import { useFaults, useVerdicts } from '../session/views'
import { seconds } from '../session/words'
import { BoltIcon } from '../ui/icons'

export function Scrubber() {
  const { nowMs, endMs, seekTime, seekEnd } = useRunFields('nowMs', 'endMs', 'seekTime', 'seekEnd')
  const share = endMs === 0 ? 0 : Math.min(1, nowMs / endMs)
  return (
    <div className="relative h-5">
      <Marks endMs={endMs} />
      <span className="absolute top-[26px] right-[9px] left-[9px] h-[4px] rounded-1 bg-sunk">
        <span className="block h-full rounded-1 bg-ink-2" style={{ width: `${share * 100}%` }} />
      </span>
      <input
        type="range"
        className="control-scrubber"
        aria-label="Moment shown"
        aria-valuetext={`${seconds(nowMs, 2)} of ${seconds(endMs)}`}
        min={0}
        max={Math.max(1, Math.ceil(endMs))}
        step={1}
        value={Math.min(nowMs, Math.ceil(endMs))}
        onKeyDown={(event) => {
          // The element takes a last step of less than a millisecond for none, and knows no more than is recorded.
          if (event.key !== 'End') return
          event.preventDefault()
          seekEnd()
        }}
        onChange={(event) => seekTime(Math.min(endMs, Number(event.target.value)))}
      />
    </div>
  )
}

function Marks({ endMs }: { readonly endMs: number }) {
  const session = useRun((run) => run.session)
  const nowMs = useRun((run) => run.position)
  const faults = useFaults().flatMap(({ step }) => (step === null ? [] : [step]))
  const breaches = useVerdicts().flatMap(({ violations }) => violations.map(({ step }) => step))
  const left = (step: number) => `calc(9px + (100% - 18px) * ${at(step) / Math.max(1, endMs)})`
  const at = (step: number) => (step < 1 ? 0 : session.step(step).timeMs)
  const shown = (step: number) => step <= nowMs
  return (
    <div aria-hidden="true">
      {[...new Set(faults)].filter(shown).map((step) => (
        <span key={`f${step}`} className="absolute top-0 -ml-[9px]" style={{ left: left(step) }}>
          <BoltIcon />
        </span>
      ))}
      {[...new Set(breaches)].filter(shown).map((step) => (
        <span key={`b${step}`} className="absolute top-0 -ml-[8px]" style={{ left: left(step) }}>
          <VerdictMark verdict="broken" size={16} />
        </span>
      ))}
    </div>
  )
}
