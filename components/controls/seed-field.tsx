'use client'
// The seed fixes every delay. Another seed is another run of the same scenario.
import { useId, useState } from 'react'
import { useRunFields } from '../session/context'

const LONGEST = 32

export function SeedField() {
  const { session, setSeed } = useRunFields('session', 'setSeed')
  const [typed, setTyped] = useState<string | null>(null)
  const id = useId()
  const use = () => {
    const seed = (typed ?? '').trim()
    if (seed !== '' && seed !== session.seed) setSeed(seed)
    setTyped(null)
  }
  return (
    <form
      className="flex shrink-0 items-center gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        use()
      }}
    >
      <label htmlFor={id} className="text-ink-3 max-xl:sr-only">
        seed
      </label>
      <input
        id={id}
        value={typed ?? session.seed}
        maxLength={LONGEST}
        size={Math.max(4, Math.min(10, (typed ?? session.seed).length))}
        spellCheck={false}
        autoComplete="off"
        className="ui-field box-content h-[30px] px-[6px] font-mono text-15 text-ink-2"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={use}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null)
        }}
      />
    </form>
  )
}
