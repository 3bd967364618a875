'use client'
// The starter scenarios in a menu, those of each broker together.
import { Fragment } from 'react'
import { starterScenarios } from '@/lib/scenario/catalogue'
import { brokerTitle } from '@/lib/session/forms'
import { CheckIcon } from '../ui/icons'
import { MenuHeading, MenuItem } from '../ui/menu'

const byBroker = [...Map.groupBy(starterScenarios, ({ broker }) => broker)]

interface Props {
  /** The id of the one that is open. */
  readonly open: string
  readonly onChoose: (id: string) => void
}

export function StarterItems({ open, onChoose }: Props) {
  return byBroker.map(([broker, scenarios]) => (
    <Fragment key={broker}>
      <MenuHeading>{brokerTitle(broker)}</MenuHeading>
      {scenarios.map(({ id, title }) => (
        <MenuItem
          key={id}
          checked={id === open}
          icon={id === open ? <CheckIcon size={16} /> : undefined}
          title={title}
          onChoose={() => onChoose(id)}
        />
      ))}
    </Fragment>
  ))
}
