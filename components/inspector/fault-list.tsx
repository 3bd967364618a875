'use client'
// "Inject a fault": what can happen here and now, each with the real-world cause it stands for. What
// cannot happen now stays listed and says why.
import type { FaultChoice, IntentChoice } from '@/lib/session/types'
import { type ChoiceGroup, choiceKey, grouped, variantOf } from '../session/choices'
import { useRunFields } from '../session/context'
import { usePalette } from '../session/views'
import { DisclosureMenu } from '../ui/disclosure-menu'
import { BoltIcon, ChevronIcon } from '../ui/icons'
import { Causes } from './causes'

interface ListProps {
  readonly faults: readonly FaultChoice[]
  readonly id: string
}

export function FaultList({ faults, id }: ListProps) {
  return (
    <ul className="mt-[6px] grid gap-1">
      {grouped(faults).map((group) => (
        <li key={group.fault}>
          {group.choices.length === 1 && group.choices[0] !== undefined ? (
            <FaultButton choice={group.choices[0]} />
          ) : (
            <FaultVariants group={group} id={id} />
          )}
        </li>
      ))}
    </ul>
  )
}

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
          <span className="block text-13 leading-[18px] text-ink-2">
            Now it cannot: not so that {choice.reason}.
          </span>
        ) : null}
      </span>
    </button>
  )
}

/** One fault that can strike in several places: named once, with a button for each. */
function FaultVariants({ group, id }: { readonly group: ChoiceGroup; readonly id: string }) {
  const inject = useRunFields('inject').inject
  return (
    <div className="grid grid-cols-[24px_1fr] gap-1">
      <BoltIcon />
      <div>
        <p className="leading-[20px]">{group.title}</p>
        <p className="text-13 leading-[18px] text-ink-3">{group.sentence}</p>
        <ul className="flex flex-wrap gap-x-[12px]">
          {group.choices.map((choice) => (
            <li key={choiceKey(choice)}>
              <button
                type="button"
                data-fault={choice.fault}
                aria-disabled={choice.reason !== null}
                aria-label={`${group.title} ${variantOf(choice, id)}`}
                title={choice.reason === null ? undefined : `Not so that ${choice.reason}`}
                onClick={() => choice.reason === null && inject(choice)}
                className={`text-13 leading-[24px] ${choice.reason === null ? 'cursor-pointer text-fault-ink underline underline-offset-3' : 'cursor-default text-ink-3'}`}
              >
                {variantOf(choice, id)}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** Wishes. Each opens the real causes that can bring it about here and now. */
export function Intents({ target }: { readonly target: string }) {
  const intents = usePalette(target).filter(({ causes }) => causes.length > 0)
  if (intents.length === 0) return null
  return (
    <div className="mt-[10px] flex flex-wrap gap-1">
      {intents.map((intent) => (
        <IntentMenu key={intent.intent} intent={intent} target={target} />
      ))}
    </div>
  )
}

function IntentMenu({
  intent,
  target,
}: {
  readonly intent: IntentChoice
  readonly target: string
}) {
  const inject = useRunFields('inject').inject
  return (
    <DisclosureMenu
      look="line"
      label={`${intent.title}: by which cause?`}
      button={
        <>
          {intent.title} <ChevronIcon size={14} />
        </>
      }
    >
      {(close) => (
        <Causes
          choices={intent.causes}
          id={target}
          onChoose={(choice) => {
            close()
            inject(choice)
          }}
        />
      )}
    </DisclosureMenu>
  )
}
