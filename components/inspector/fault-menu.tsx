'use client'
// The fault menu of an actor, a line or a message, where it was asked for: by its button, by Enter, by F.
import { useCallback, useMemo } from 'react'
import { reachOf } from '../session/choices'
import { useRun, useRunFields } from '../session/context'
import { usePalette, usePicture } from '../session/views'
import { Menu, MenuHeading } from '../ui/menu'
import { Causes } from './causes'

export function FaultMenu() {
  const menu = useRun((run) => run.menu)
  if (menu === null) return null
  return (
    <aside aria-label="Fault menu">
      <Standing key={`${menu.target} ${menu.x} ${menu.y}`} {...menu} />
    </aside>
  )
}

interface Props {
  readonly target: string
  readonly x: number
  readonly y: number
}

function Standing({ target, x, y }: Props) {
  const { session, set, inject } = useRunFields('session', 'set', 'inject')
  const picture = usePicture()
  const reach = useMemo(() => reachOf(session, picture, target), [session, picture, target])
  const intents = usePalette(target).filter(({ causes }) => causes.length > 0)
  const close = useCallback(() => set({ menu: null }), [set])
  const at = useMemo(() => ({ x, y }), [x, y])
  const sections =
    reach.length > 0
      ? reach
      : intents.map(({ title, causes }) => ({ heading: title, id: target, choices: causes }))
  return (
    <Menu label={`Faults of ${target || 'the whole run'}`} at={at} onClose={close}>
      {sections.map(({ heading, id, choices }) => (
        <fieldset key={heading} aria-label={heading}>
          <MenuHeading>{heading}</MenuHeading>
          <Causes choices={choices} id={id} onChoose={inject} />
        </fieldset>
      ))}
      {sections.length === 0 ? (
        <MenuHeading>Nothing can happen to {target} here and now.</MenuHeading>
      ) : null}
    </Menu>
  )
}
