// A sentence of the log in two columns: who, and what. The log's sentence begins with whoever it is about.
import type { Scenario } from '@/lib/scenario/types'
import type { StepRecord } from '@/lib/session/types'

export interface InColumns {
  readonly who: string
  readonly what: string
}

export function titlesIn({ story }: Scenario): ReadonlyMap<string, string> {
  return new Map([...story.producers, ...story.sinks].map(({ id, title }) => [id, title]))
}

export function inColumns(step: StepRecord, titles: ReadonlyMap<string, string>): InColumns {
  const said = step.observations.flatMap((seen) => {
    const { actor, by, sink } = seen as { actor?: string; by?: string; sink?: string }
    return [by, actor, sink].flatMap((id) => (id === undefined ? [] : [id]))
  })
  const line = step.actor.includes('/')
    ? `the line between ${step.actor.replace('/', ' and ')}`
    : ''
  const names = [step.actor, ...said].map((id) => titles.get(id) ?? id)
  const who = [...names, line].filter((name) => name !== '' && begins(step.sentence, name))
  const longest = who.reduce((best, name) => (name.length > best.length ? name : best), '')
  if (longest === '') return { who: titles.get(step.actor) ?? step.actor, what: step.sentence }
  return { who: longest, what: step.sentence.slice(longest.length + 1).replace(/\.$/, '') }
}

const begins = (sentence: string, name: string): boolean => sentence.startsWith(`${name} `)
