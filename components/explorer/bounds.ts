// How far a search goes, as its reader sets it; and back and forth to the address, so that a page can be left and
// come back to, or handed on.
import { faults as catalogue, searchedKinds } from '@/lib/faults/index'
import type { Question } from '@/lib/session/exploring'
import { type From, froms } from '@/lib/session/settled'

export interface Bounds {
  readonly faults: number
  readonly messages: number
  readonly keys: number
  readonly consumers: number
  readonly partitions: number
  readonly kinds: readonly string[]
  readonly from: From
  readonly unusualTiming: boolean
  readonly maxStates: number
  readonly maxMb: number
}

export const DEFAULTS: Bounds = {
  faults: 1,
  messages: 3,
  keys: 2,
  consumers: 2,
  partitions: 2,
  kinds: searchedKinds,
  from: 'settled',
  unusualTiming: true,
  maxStates: 1_000_000,
  maxMb: 512,
}

/** The bounds that are numbers, least and most; both are what a page can still search. */
export const RANGES = {
  faults: [0, 4],
  messages: [1, 12],
  keys: [1, 8],
  consumers: [1, 4],
  partitions: [1, 6],
  maxStates: [1_000, 20_000_000],
  maxMb: [64, 2_048],
} as const satisfies Partial<Record<keyof Bounds, readonly [number, number]>>

export type Counted = keyof typeof RANGES

export const STATES = [50_000, 200_000, 1_000_000, 4_000_000, 16_000_000] as const
export const MEMORY = [256, 512, 1_024, 2_048] as const

/** What can go wrong, in the catalogue's order. */
export const KINDS = catalogue.filter(({ id }) => searchedKinds.includes(id))

export function questionOf(bounds: Bounds, service: string, invariant: string): Question {
  const { faults, kinds, from, unusualTiming, maxStates, maxMb } = bounds
  const { messages, keys, consumers, partitions } = bounds
  const scope = { services: [service], messages, keys, consumers, partitions }
  return { invariant, scope, faults, kinds, from, unusualTiming, maxStates, maxMb }
}

function numberIn(query: URLSearchParams, name: Counted): number {
  const word = query.get(name)
  const [least, most] = RANGES[name]
  const value = word === null || word.trim() === '' ? Number.NaN : Number(word)
  const fits = Number.isInteger(value) && value >= least && value <= most
  return fits ? value : DEFAULTS[name]
}

/** What an address says; what it does not say, or says wrongly, is as usual. */
export function boundsIn(query: URLSearchParams): Bounds {
  const counted = Object.fromEntries(
    (Object.keys(RANGES) as Counted[]).map((name) => [name, numberIn(query, name)]),
  ) as Pick<Bounds, Counted>
  const asked = query.get('kinds')?.split(' ') ?? []
  const kinds = searchedKinds.filter((kind) => asked.includes(kind))
  return {
    ...counted,
    kinds: kinds.length === 0 ? DEFAULTS.kinds : kinds,
    from: froms.find((each) => each === query.get('from')) ?? DEFAULTS.from,
    unusualTiming: query.get('timing') !== 'usual',
  }
}

/** Only what is not as usual. */
export function boundsAsQuery(bounds: Bounds): string {
  const query = new URLSearchParams()
  for (const name of Object.keys(RANGES) as Counted[])
    if (bounds[name] !== DEFAULTS[name]) query.set(name, String(bounds[name]))
  if (bounds.kinds.length < DEFAULTS.kinds.length) query.set('kinds', bounds.kinds.join(' '))
  if (bounds.from !== DEFAULTS.from) query.set('from', bounds.from)
  if (!bounds.unusualTiming) query.set('timing', 'usual')
  return query.toString()
}
