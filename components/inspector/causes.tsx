'use client'
// Real causes as entries of a menu. A fault that can strike in several places has its words once and an
// entry for each place.
import type { FaultChoice } from '@/lib/session/types'
import { type ChoiceGroup, choiceKey, grouped, wholeTitle } from '../session/choices'
import { BoltIcon } from '../ui/icons'
import { MenuItem } from '../ui/menu'

interface Props {
  readonly choices: readonly FaultChoice[]
  readonly id: string
  readonly onChoose: (choice: FaultChoice) => void
}

export function Causes({ choices, id, onChoose }: Props) {
  return grouped(choices).map((group) => (
    <Group key={group.fault} group={group} id={id} onChoose={onChoose} />
  ))
}

interface GroupProps extends Omit<Props, 'choices'> {
  readonly group: ChoiceGroup
}

function Group({ group, id, onChoose }: GroupProps) {
  return group.choices.map((choice, index) => (
    <MenuItem
      key={choiceKey(choice)}
      icon={index === 0 ? <BoltIcon size={16} /> : undefined}
      title={wholeTitle(choice, id)}
      detail={index === 0 ? group.sentence : ''}
      reason={choice.reason === null ? null : `Now it cannot: not so that ${choice.reason}.`}
      onChoose={() => onChoose(choice)}
    />
  ))
}
