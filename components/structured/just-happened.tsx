'use client'
// The last steps, newest first, in words.
import { useRunFields } from '../session/context'
import { rowProps } from '../session/rows'
import { useRecent } from '../session/views'
import { seconds } from '../session/words'

export function JustHappened({ count }: { readonly count: number }) {
  const recent = useRecent(count)
  const seek = useRunFields('seek').seek
  if (recent.length === 0) return <p className="text-ink-3">Nothing yet.</p>
  return (
    <ol className="structured-events">
      {recent.map((step) => (
        <li key={step.index}>
          <button
            type="button"
            {...rowProps}
            onClick={() => seek(step.index)}
            className={`grid w-full cursor-pointer grid-cols-[72px_1fr] py-[4px] text-left leading-[20px] hover:text-ink ${step.fault === '' ? 'text-ink-2' : 'text-fault-ink'}`}
          >
            <span className="font-mono text-13 text-ink-3">{seconds(step.timeMs, 2)}</span>
            <span className="[overflow-wrap:anywhere]">{step.sentence}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
