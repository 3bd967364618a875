'use client'
// The fault menu of one actor or message, where it was asked for: by its button, by Enter, by F.
import { useCallback } from 'react'
import { useRun, useRunFields } from '../session/context'
import { useFacts, usePalette } from '../session/views'
import { Menu, MenuHeading } from '../ui/menu'
import { Causes } from './fault-list'

export function FaultMenu() {
  const menu = useRun((run) => run.menu)
  return menu === null ? null : <Standing key={menu.target} {...menu} />
}

interface Props {
  readonly target: string
  readonly x: number
  readonly y: number
}

function Standing({ target, x, y }: Props) {
  const { set, inject } = useRunFields('set', 'inject')
  const facts = useFacts(target)
  const intents = usePalette(target).filter(({ causes }) => causes.length > 0)
  const close = useCallback(() => set({ menu: null }), [set])
  const name = facts?.title ?? (target === '' ? 'the whole run' : target)
  const faults = facts?.faults ?? []
  return (
    <Menu label={`Faults of ${name}`} at={{ x, y }} onClose={close}>
      {faults.length === 0 ? null : <MenuHeading>Inject a fault: {name}</MenuHeading>}
      <Causes causes={faults} onChoose={inject} />
      {intents.map((intent) => (
        <fieldset key={intent.intent} aria-label={intent.title}>
          <MenuHeading>{intent.title}</MenuHeading>
          <Causes causes={intent.causes} onChoose={inject} />
        </fieldset>
      ))}
      {faults.length + intents.length === 0 ? (
        <MenuHeading>Nothing can happen to {name} here and now.</MenuHeading>
      ) : null}
    </Menu>
  )
}
