'use client'
// What the log lists: one actor or all of them, and words looked for.
import { useRun } from '../session/context'
import { count } from '../session/words'
import type { Filter } from './filter'

interface Props {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  readonly found: number
}

export function LogFilter({ filter, onFilter, found }: Props) {
  const actors = useRun((run) => run.session).actorIds()
  const filtered = filter.actor !== '' || filter.text !== '' || filter.told
  return (
    <search className="flex shrink-0 flex-wrap items-center gap-1 px-3 py-0.5 max-md:px-2">
      <select
        aria-label="Show steps of"
        className="ui-field max-w-[200px]"
        value={filter.actor}
        onChange={(event) => onFilter({ ...filter, actor: event.target.value })}
      >
        <option value="">everyone</option>
        {actors.map((actor) => (
          <option key={actor}>{actor}</option>
        ))}
      </select>
      <input
        type="search"
        aria-label="Find in the log"
        placeholder="find"
        className="ui-field w-[160px]"
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.target.value })}
      />
      <label className="flex items-center gap-[6px] text-ink-2">
        <input
          type="checkbox"
          className="size-2 accent-accent"
          checked={filter.told}
          onChange={(event) => onFilter({ ...filter, told: event.target.checked })}
        />
        without protocol
      </label>
      <span role="status" className="text-13 text-ink-3">
        {filtered ? `${count(found, 'step')} found` : ''}
      </span>
    </search>
  )
}
