// What can be made to happen to a target, and how it reads. A target is an actor, a line between two, a
// message (then: whoever has it in hand, else whoever will), or nothing in particular.
import type { Picture } from '@/lib/picture/types'
import type { FaultChoice, Session } from '@/lib/session/types'

/** Choices of one fault: of one line or another, with one number or another. */
export interface ChoiceGroup {
  readonly fault: string
  readonly title: string
  readonly sentence: string
  readonly choices: readonly FaultChoice[]
}

export function grouped(choices: readonly FaultChoice[]): readonly ChoiceGroup[] {
  const groups = new Map<string, FaultChoice[]>()
  for (const choice of choices) {
    const group = groups.get(choice.fault)
    if (group === undefined) groups.set(choice.fault, [choice])
    else group.push(choice)
  }
  return [...groups].map(([fault, all]) => ({
    fault,
    title: all[0]?.title ?? fault,
    sentence: all[0]?.sentence ?? '',
    choices: all,
  }))
}

export const choiceKey = (choice: FaultChoice): string =>
  `${choice.fault} ${choice.target} ${JSON.stringify(choice.action)}`

/** What tells a choice from the others of its group, seen from `id`: the other end, or the number. */
export function variantOf(choice: FaultChoice, id: string): string {
  const ends = choice.target.split('/')
  const arg = choice.action !== null && 'arg' in choice.action ? choice.action.arg : undefined
  const number = typeof arg === 'number' ? ` ${arg}` : ''
  if (ends.length === 2) {
    const [from = '', to = ''] = ends
    if (from === id) return `to ${to}${number}`
    return to === id ? `to ${from}${number}` : `${from} – ${to}${number}`
  }
  if (number !== '') return `${choice.target === id ? 'to' : `${choice.target}, to`}${number}`
  return choice.target === id ? '' : choice.target
}

/** A choice on its own, in full. */
export function wholeTitle(choice: FaultChoice, id: string): string {
  const variant = variantOf(choice, id)
  return variant === '' ? choice.title : `${choice.title} ${variant}`
}

export interface Reach {
  /** Whose choices these are, as a heading. */
  readonly heading: string
  readonly id: string
  readonly choices: readonly FaultChoice[]
}

export function reachOf(session: Session, picture: Picture, target: string): readonly Reach[] {
  if (target === '') return []
  if (session.actorIds().includes(target)) {
    const { title, faults } = session.inspect(target)
    return [{ heading: title, id: target, choices: faults }]
  }
  const line = choicesOfLine(session, target)
  if (line.length > 0) return [{ heading: `The line ${target}`, id: target, choices: line }]
  const members = picture.groups.find(({ id }) => id === target)?.cards ?? []
  if (members.length > 0) return members.flatMap((id) => own(session, id, id))
  const keepers = picture.parts.flatMap((part) =>
    part.kind === 'replica' && part.of === target
      ? own(session, part.node, `${part.title} ${part.leads ? 'leads it' : 'has a replica'}`)
      : [],
  )
  if (keepers.length > 0) return keepers
  return reachOfMessage(session, picture, target)
}

function reachOfMessage(session: Session, picture: Picture, message: string): readonly Reach[] {
  const lines = session.flights().filter(({ messages }) => messages.includes(message))
  const flying = [...new Set(lines.map(({ link }) => link))].map((link) => ({
    heading: `It is under way on ${link}`,
    id: link,
    choices: choicesOfLine(session, link),
  }))
  const held = picture.parts.flatMap((part) =>
    part.kind === 'pipeline' && part.token?.message === message
      ? own(session, part.of, `${part.of} has it in hand`)
      : [],
  )
  const reached = [...flying, ...held].filter(({ choices }) => choices.length > 0)
  return reached.length > 0 ? reached : readersOf(session, picture, message)
}

/** Whoever reads the partition it stands in. */
function readersOf(session: Session, picture: Picture, message: string): readonly Reach[] {
  const tapes = picture.parts.flatMap((part) =>
    part.kind === 'tape' && part.slots.some(({ token }) => token?.message === message)
      ? [part.title]
      : [],
  )
  return picture.parts.flatMap((part) =>
    part.kind === 'card' && part.assignment.some((title) => tapes.includes(title))
      ? own(session, part.id, `${part.title} reads ${tapes.join(' ')}`)
      : [],
  )
}

/** What can happen to the actor itself, without its lines. */
function own(session: Session, id: string, heading: string): readonly Reach[] {
  if (!session.actorIds().includes(id)) return []
  const choices = session.inspect(id).faults.filter(({ target }) => target === id)
  return [{ heading, id, choices }]
}

function choicesOfLine(session: Session, link: string): readonly FaultChoice[] {
  const [from = ''] = link.split('/')
  if (!session.actorIds().includes(from)) return []
  return session.inspect(from).faults.filter(({ target }) => target === link)
}
