'use client'
// How fast simulated time runs against the page's. A list where there is no room for all of them.
import { useRunFields } from '../session/context'
import { SPEEDS } from '../session/store'
import { Segmented } from '../ui/segmented'

const NAMES: Readonly<Record<number, string>> = { 0.25: '¼×', 0.5: '½×' }
const SPOKEN: Readonly<Record<number, string>> = { 0.25: 'a quarter', 0.5: 'half' }

const name = (speed: number): string => NAMES[speed] ?? `${speed}×`
const spoken = (speed: number): string => `${SPOKEN[speed] ?? speed} times`

export function SpeedChoice({ asList }: { readonly asList: boolean }) {
  const { speed, set } = useRunFields('speed', 'set')
  if (asList)
    return (
      <select
        aria-label="Speed"
        className="ui-field shrink-0"
        value={speed}
        onChange={(event) => set({ speed: Number(event.target.value) })}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {name(each)}
          </option>
        ))}
      </select>
    )
  return (
    <Segmented
      label="Speed"
      tight
      value={String(speed)}
      segments={SPEEDS.map((each) => ({
        value: String(each),
        label: name(each),
        says: spoken(each),
      }))}
      onChange={(value) => set({ speed: Number(value) })}
    />
  )
}
