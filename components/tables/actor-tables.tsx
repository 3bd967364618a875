'use client'
// Producers, consumers and the rest of the machinery as tables; every name opens the inspector.
import type { CardPart, Picture, PipelinePart } from '@/lib/picture/types'
import { formsOf } from '@/lib/session/forms'
import { useRun, useRunFields } from '../session/context'
import { rowProps } from '../session/rows'
import { usePicture } from '../session/views'
import { eventWords } from '../session/words'
import { BoltIcon } from '../ui/icons'
import { FaultButton } from './fault-button'

export const cardsOf = (picture: Picture, role: CardPart['role']): readonly CardPart[] =>
  picture.parts.filter((part): part is CardPart => part.kind === 'card' && part.role === role)

export function ProducerTable() {
  const cards = cardsOf(usePicture(), 'producer')
  return (
    <table className="ui-table">
      <thead>
        <tr>
          <th scope="col">name</th>
          <th scope="col">state</th>
          <th scope="col">settings</th>
          <th scope="col">
            <span className="sr-only">faults</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {cards.map((card) => (
          <ActorRow key={card.id} id={card.id} title={card.title}>
            <StateCell card={card} />
            <td className="[overflow-wrap:anywhere]">
              <code>{card.notes.join(' ')}</code>
            </td>
          </ActorRow>
        ))}
      </tbody>
    </table>
  )
}

export function ConsumerTable() {
  const picture = usePicture()
  const cards = cardsOf(picture, 'consumer')
  const { share } = formsOf(useRunFields('session').session.scenario)
  return (
    <table className="ui-table">
      <thead>
        <tr>
          <th scope="col">name</th>
          <th scope="col">{share}</th>
          <th scope="col">stage</th>
          <th scope="col">holds</th>
          <th scope="col">
            <span className="sr-only">faults</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {cards.map((card) => {
          const work = workOf(picture, card)
          return (
            <ActorRow key={card.id} id={card.id} title={card.title}>
              <td className="font-mono">{card.assignment.join(' ') || 'none'}</td>
              {card.state === 'running' ? <td>{work.stage}</td> : <StateCell card={card} />}
              <td>{work.holds}</td>
            </ActorRow>
          )
        })}
      </tbody>
    </table>
  )
}

function StateCell({ card }: { readonly card: CardPart }) {
  const faulty = card.state === 'crashed' || card.state === 'paused'
  if (!faulty) return <td>{card.state}</td>
  return (
    <td className="font-semibold whitespace-nowrap text-fault-ink">
      <BoltIcon size={16} /> {card.state}
    </td>
  )
}

/** Where a card's workers stand and what they hold. */
export function workOf(picture: Picture, card: CardPart) {
  const lines = picture.parts.filter(
    (part): part is PipelinePart => part.kind === 'pipeline' && part.of === card.id,
  )
  const stages = lines.flatMap(({ stops, at }) => stops[at]?.label ?? [])
  const held = lines.flatMap(({ token }) => (token === null ? [] : [token]))
  const lost = card.state === 'crashed' ? ', lost with it' : ''
  return {
    stage: stages.length === 0 ? 'idle' : [...new Set(stages)].join(', '),
    holds: held.map(({ label, type }) => eventWords(label, type) + lost).join(', ') || 'nothing',
  }
}

interface RowProps {
  readonly id: string
  readonly title: string
  readonly children: React.ReactNode
}

function ActorRow({ id, title, children }: RowProps) {
  const { selected, set } = useRunFields('selected', 'set')
  const isSelected = selected === id
  return (
    <tr className={isSelected ? 'is-selected' : ''} aria-current={isSelected}>
      <th scope="row">
        <button
          type="button"
          {...rowProps}
          data-target={id}
          className="cursor-pointer text-left font-semibold hover:underline"
          onClick={() => set({ selected: id })}
        >
          {title}
        </button>
      </th>
      {children}
      <td className="text-right">
        <FaultButton target={id} name={title} />
      </td>
    </tr>
  )
}

const isListed = ({ role }: CardPart): boolean => role === 'producer' || role === 'consumer'

/** What no other table names: brokers, coordinators, dedup stores, and the lines between them. */
export function MachineryTable() {
  const session = useRun((run) => run.session)
  const picture = usePicture()
  const listed = new Set(
    picture.parts.flatMap((part) =>
      part.kind === 'table' || (part.kind === 'card' && isListed(part)) ? [part.id] : [],
    ),
  )
  const rest = session.actorIds().filter((id) => !listed.has(id))
  return (
    <table className="ui-table">
      <thead>
        <tr>
          <th scope="col">name</th>
          <th scope="col">is</th>
          <th scope="col">state</th>
          <th scope="col">
            <span className="sr-only">faults</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rest.map((id) => {
          const facts = session.inspect(id)
          return (
            <ActorRow key={id} id={id} title={facts.title}>
              <td>{facts.role}</td>
              <td className={facts.faulty ? 'font-semibold text-fault-ink' : ''}>{facts.status}</td>
            </ActorRow>
          )
        })}
      </tbody>
    </table>
  )
}
