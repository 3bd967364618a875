// How a scenario that was cut down names its cut in a link: "m1c2s0-3" is one message a producer, two instances a
// service, and of the services the first and the fourth.
import { topicsOf } from '../scenario/holders.ts'
import type { Scenario } from '../scenario/types.ts'
import type { Scope } from './scope.ts'

const most = (numbers: readonly number[]): number => Math.max(0, ...numbers)

/** The largest of these numbers, if any is smaller than it was in the whole. */
function bound(
  whole: ReadonlyMap<string, number>,
  cut: ReadonlyMap<string, number>,
): number | undefined {
  const isCut = [...cut].some(([id, count]) => count < (whole.get(id) ?? 0))
  return isCut ? most([...cut.values()]) : undefined
}

const counts = <T>(things: readonly T[], of: (thing: T) => readonly [string, number]) =>
  new Map(things.map(of))

/** The scope to which the whole was cut, as far as it can be told from what came of it. */
export function scopeOf(whole: Scenario, cut: Scenario): Scope {
  const numbers = {
    messages: (s: Scenario) => counts(s.story.producers, ({ id, count }) => [id, count]),
    keys: (s: Scenario) => counts(s.story.producers, ({ id, keys }) => [id, keys.length]),
    consumers: (s: Scenario) => counts(s.story.services, ({ id, instances }) => [id, instances]),
    partitions: (s: Scenario) =>
      counts(Object.entries(topicsOf(s.deployment)), ([id, topic]) => [id, topic.partitions]),
  }
  const bounds = Object.entries(numbers).flatMap(([name, of]) => {
    const found = bound(of(whole), of(cut))
    return found === undefined ? [] : [[name, found] as const]
  })
  const stay = cut.story.services.map(({ id }) => id)
  const isLess = whole.story.services.some(({ id }) => !stay.includes(id))
  return { ...Object.fromEntries(bounds), ...(isLess ? { services: stay } : {}) }
}

export function scopeText(whole: Scenario, { services, ...scope }: Scope): string {
  const places = services?.map((id) => whole.story.services.findIndex((each) => each.id === id))
  const { messages, keys, consumers, partitions } = scope
  const told = [
    ['m', messages],
    ['k', keys],
    ['c', consumers],
    ['p', partitions],
    ['s', places?.filter((place) => place >= 0).join('-')],
  ]
  return told.map(([letter, value]) => (value === undefined ? '' : `${letter}${value}`)).join('')
}

const TEXT = /^(?:m(\d{1,7}))?(?:k(\d{1,7}))?(?:c(\d{1,7}))?(?:p(\d{1,7}))?(?:s(\d+(?:-\d+)*))?$/

/** Null when the text names no cut of this scenario. */
export function scopeFrom(whole: Scenario, text: string): Scope | null {
  const found = TEXT.exec(text)
  if (found === null) return null
  const [, messages, keys, consumers, partitions, places] = found
  const services = places?.split('-').map((place) => whole.story.services[Number(place)]?.id)
  if (services?.includes(undefined)) return null
  const numbers = { messages, keys, consumers, partitions }
  const bounds = Object.entries(numbers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Number(value)] as const],
  )
  return {
    ...Object.fromEntries(bounds),
    ...(services === undefined ? {} : { services: services as string[] }),
  }
}
