'use client'
// All commands, as buttons and with their keys.
import { commands } from '../session/commands'
import { useRunStore } from '../session/context'
import { Kbd } from '../ui/kbd'

export function CommandList() {
  const store = useRunStore()
  return (
    <ul className="border-t-[1.5px] border-ink pt-0.5">
      {commands.map((command) => (
        <li key={command.id} className="grid grid-cols-[92px_1fr] py-[3px] leading-[22px]">
          <span>
            {command.keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </span>
          <span className="flex flex-wrap gap-x-2">
            {wordsOf(command.id, command.title).map(([words, code]) => (
              <button
                key={words}
                type="button"
                className="cursor-pointer text-left text-ink-2 hover:text-ink hover:underline"
                onClick={() => command.run(store, code ?? command.codes[0] ?? '')}
              >
                {words}
              </button>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** A command of two directions is two buttons. */
function wordsOf(id: string, title: string): readonly (readonly [words: string, code?: string])[] {
  if (id === 'step')
    return [
      ['Step back', 'ArrowLeft'],
      ['Step forward', 'ArrowRight'],
    ]
  if (id === 'row')
    return [
      ['Next row', 'j'],
      ['Previous row', 'k'],
    ]
  return [[title]]
}
