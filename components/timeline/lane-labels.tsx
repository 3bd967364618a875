'use client'
// The names of the lanes, at their left; each selects its actor.
import { useRunFields } from '../session/context'
import type { LaneName } from './lanes'

export function LaneLabels({
  lanes,
  width,
}: {
  readonly lanes: readonly LaneName[]
  readonly width: number
}) {
  const { selected, set } = useRunFields('selected', 'set')
  return (
    <ul className="absolute top-0 left-0 pl-3 max-md:pl-2" style={{ width }}>
      {lanes.map(({ id, title, select }) => (
        <li key={id} className="h-3 truncate text-13 leading-[24px] text-ink-2">
          {select === '' ? (
            title
          ) : (
            <button
              type="button"
              aria-pressed={selected === select}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => set({ selected: select })}
              className={`block max-w-full cursor-pointer truncate hover:text-ink ${selected === select ? 'font-semibold text-accent' : ''}`}
            >
              {title}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
