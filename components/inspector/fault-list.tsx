'use client'
// "Inject a fault": what can happen here and now, each with the real-world cause it stands for. What
// cannot happen now stays listed and says why.
import type { FaultChoice, IntentChoice } from '@/lib/session/types'
import { useRunFields } from '../session/context'
import { usePalette } from '../session/views'
import { DisclosureMenu } from '../ui/disclosure-menu'
import { BoltIcon, ChevronIcon } from '../ui/icons'
import { MenuItem } from '../ui/menu'

export function FaultList({ faults }: { readonly faults: readonly FaultChoice[] }) {
  return (
    <ul className="mt-[6px] grid gap-1">
      {faults.map((choice) => (
        <li key={choiceKey(choice)}>
          <FaultButton choice={choice} />
        </li>
      ))}
    </ul>
  )
}

export const choiceKey = (choice: FaultChoice): string =>
  `${choice.fault} ${choice.target} ${choice.title}`

function FaultButton({ choice }: { readonly choice: FaultChoice }) {
  const inject = useRunFields('inject').inject
  const off = choice.reason !== null
  return (
    <button
      type="button"
      data-fault={choice.fault}
      aria-disabled={off}
      onClick={() => off || inject(choice)}
      className={`grid w-full grid-cols-[24px_1fr] gap-1 text-left ${off ? 'cursor-default' : 'group cursor-pointer'}`}
    >
      <span className={off ? 'opacity-50' : ''}>
        <BoltIcon />
      </span>
      <span>
        <span
          className={`block leading-[20px] ${off ? 'text-ink-3' : 'group-hover:text-fault-ink group-hover:underline'}`}
        >
          {choice.title}
        </span>
        <span className="block text-13 leading-[18px] text-ink-3">{choice.sentence}</span>
        {off ? (
          <span className="block text-13 leading-[18px] text-ink-2">Not now: {choice.reason}.</span>
        ) : null}
      </span>
    </button>
  )
}

/** Wishes. Each opens the real causes that can bring it about here and now. */
export function Intents({ target }: { readonly target: string }) {
  const intents = usePalette(target).filter(({ causes }) => causes.length > 0)
  if (intents.length === 0) return null
  return (
    <div className="mt-[10px] flex flex-wrap gap-1">
      {intents.map((intent) => (
        <IntentMenu key={intent.intent} intent={intent} />
      ))}
    </div>
  )
}

function IntentMenu({ intent }: { readonly intent: IntentChoice }) {
  const inject = useRunFields('inject').inject
  return (
    <DisclosureMenu
      look="line"
      label={intent.title}
      button={
        <>
          {intent.title} <ChevronIcon size={14} />
        </>
      }
    >
      {(close) => (
        <Causes
          causes={intent.causes}
          onChoose={(choice) => {
            close()
            inject(choice)
          }}
        />
      )}
    </DisclosureMenu>
  )
}

interface CausesProps {
  readonly causes: readonly FaultChoice[]
  readonly onChoose: (choice: FaultChoice) => void
}

export function Causes({ causes, onChoose }: CausesProps) {
  return causes.map((choice) => (
    <MenuItem
      key={choiceKey(choice)}
      icon={<BoltIcon size={16} />}
      title={choice.title}
      detail={choice.sentence}
      reason={choice.reason === null ? null : `Not now: ${choice.reason}.`}
      onChoose={() => onChoose(choice)}
    />
  ))
}
