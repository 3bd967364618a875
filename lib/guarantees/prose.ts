// The matrix in sentences. Every one is made of a cell: what broke it and where that struck, or how far it was
// searched. Nothing here knows a row.
import { brokerOf } from '../brokers/index.ts'
import { stageInWords } from '../clients/stages.ts'
import { faultOf } from '../faults/index.ts'
import { thousands } from '../scenario/show.ts'
import { beginningInWords } from '../session/settled.ts'
import { boundsOf, familyOf } from './bounds.ts'
import { columnTitle } from './columns.ts'
import type { Cell, Moment } from './types.ts'

type Told = (who: string) => string
const HAPPENS: Readonly<Record<string, Told>> = {
  crash: (who) => `${who} crashes`,
  pause: (who) => `${who} stands still`,
  'refuse-batch': (who) => `${who} refuses a batch`,
  'cut-connection': (who) => `the connection of ${who} is cut`,
  'lose-answer': (who) => `an answer of ${who} is lost`,
  'sink-down': (who) => `${who} is down`,
  deploy: (who) => `${who} is deployed anew`,
  'close-channel': (who) => `${who} closes its channel after an error`,
  'restart-broker': (who) => `${who} restarts`,
  'poison-message': (who) => `${who} refuses a message that nobody can work on`,
  'lose-node': (who) => `${who} is lost with its disk`,
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

export function momentInWords({ fault, who, stage }: Moment, broker: string): string {
  const told = HAPPENS[fault] ?? ((name: string) => `${faultOf(fault).title} befalls ${name}`)
  const where = stageInWords(brokerOf(broker), stage)
  return where === null ? told(list(who)) : `${told(list(who))} ${where}`
}

export const counted = (count: number, word: string): string =>
  `${thousands(count)} ${word}${count === 1 ? '' : 's'}`

/** 'crash the process, pause the process' */
export const kindsInWords = (kinds: readonly string[]): string =>
  list(kinds.map((kind) => faultOf(kind).title.replace(/^./, (first) => first.toLowerCase())))

export function boundsInWords(family: string): string {
  const { messages, consumers, faults, kinds, from } = boundsOf(family)
  const fates = `at most ${counted(faults, 'fault')} of these: ${kindsInWords(kinds)}`
  return `${counted(messages, 'message')}, ${counted(consumers, 'consumer')}, ${fates}; ${beginningInWords(from)}`
}

/** What breaks it, as the end of a sentence. */
function cause(moments: readonly Moment[], broker: string): string {
  if (moments.length === 0) return 'with no fault at all'
  return `when ${list(moments.map((moment) => momentInWords(moment, broker)))}`
}

/** Which misfortunes say nothing of it, as a sentence of its own. */
const untried = (kinds: readonly string[]): string =>
  kinds.length === 0 ? '' : ` None of these alone puts it to the test: ${kindsInWords(kinds)}.`

/** One cell, in a sentence or two. */
export function cellInWords(cell: Cell, family: string): string {
  switch (cell.answer) {
    case 'counterexample':
      return `Breaks ${cause(cell.moments, familyOf(family).broker)}. ${cell.sentence}`
    case 'holds within bounds':
      return `Holds in every schedule within these bounds: ${thousands(cell.states)} states, all seen.${untried(cell.without)}`
    case 'not exhausted': {
      const most = `more than ${thousands(boundsOf(family).maxStates)} states`
      if (cell.upTo < 0) return `Not known: there are ${most} even without a fault.`
      const few = cell.upTo === 0 ? 'no fault' : `at most ${counted(cell.upTo, 'fault')}`
      return `Nothing breaks it with ${few}; beyond that there are ${most}, and that was not searched to the end.`
    }
    case 'not promised':
      return `Nobody promises it: ${cell.because}.`
    case 'not exercised':
      return `No run of this row with at most one of these faults puts it to the test: ${cell.because}. Searching on found none that breaks it.`
  }
}

/** A row in two sentences: what it keeps, and what breaks it. */
export function rowInWords(cells: readonly Cell[], family: string): string {
  const { broker } = familyOf(family)
  const held = cells.filter(isCredited).map(({ column }) => columnTitle(column).toLowerCase())
  const broken = cells.flatMap((cell) => (cell.answer === 'counterexample' ? [cell] : []))
  const causes = new Map<string, string[]>()
  for (const { moments, column } of broken) {
    const title = columnTitle(column).toLowerCase()
    const why = cause(moments, broker)
    causes.set(why, [...(causes.get(why) ?? []), title])
  }
  const breaks = [...causes].map(([why, titles]) => `${list(titles)}, ${why}`)
  return [
    ...(held.length === 0 ? [] : [`Holds: ${list(held)}.`]),
    ...(breaks.length === 0 ? [] : [`Breaks: ${breaks.join('; ')}.`]),
  ].join(' ')
}

/** To hold counts only where something weaker breaks: else these misfortunes do not threaten it at all. */
export function isCredited(cell: Cell): boolean {
  return cell.answer === 'holds within bounds' && cell.weaker !== null
}
