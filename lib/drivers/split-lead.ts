// Who leads a shared search (split.ts): it gives the word from depth to depth and level to level, and passes
// on what the workers have for each other. It looks at no state itself.

import type { Action } from '../engine/types.ts'
import type { Explored } from './explore.ts'
import type { Progress } from './levels.ts'
import { oddsOfCollision } from './seen.ts'
import type { Elsewhere, Order, Port, Report, SplitOrder } from './split.ts'
import { switchesOf } from './switches.ts'

export interface SplitOptions {
  readonly invariant: string
  readonly faults: number
  readonly order: SplitOrder
  readonly now: () => number
  readonly goOn?: (progress: Progress) => boolean
  readonly prefix?: readonly Action[]
}

/** A state that is broken, and whose it is. */
interface Broken {
  readonly member: number
  readonly row: number
}
interface Outcome {
  readonly ended: Broken | 'full' | null
  readonly faults: number
}

type OrderTo<D extends Order['do']> = Extract<Order, { do: D }>
type Of<D extends Report['did']> = Extract<Report, { did: D }>

interface Lead {
  readonly ports: readonly Port[]
  readonly options: SplitOptions
  readonly waiting: ((report: Report) => void)[]
  states: number
  transitions: number
}

function lead(ports: readonly Port[], options: SplitOptions): Lead {
  const self: Lead = { ports, options, waiting: [], states: 0, transitions: 0 }
  ports.forEach((port, member) => {
    port.listen((report: never) => self.waiting[member]?.(report))
  })
  return self
}

/** One order and its report. */
function give<D extends Order['do']>(
  self: Lead,
  member: number,
  order: OrderTo<D>,
): Promise<Of<D>> {
  const said: Order = order
  const transfer = said.do === 'take' ? said.parcels.map((parcel) => parcel.rows) : []
  return new Promise((resolve) => {
    self.waiting[member] = (report) => resolve(report as Of<D>)
    ;(self.ports[member] as Port).post(order, transfer)
  })
}

function orderAll<D extends Order['do']>(
  self: Lead,
  order: (member: number) => OrderTo<D>,
): Promise<Of<D>[]> {
  return Promise.all(self.ports.map((_, member) => give<D>(self, member, order(member))))
}

/** One depth of one level: expand, exchange, take. */
async function stepAll(
  self: Lead,
  level: number,
  depth: number,
): Promise<Broken | 'full' | number> {
  const { faults, order, goOn } = self.options
  const last = level === faults
  const expanded = await orderAll<'expand'>(self, () => ({ do: 'expand', level, depth, last }))
  const parcels = expanded.flatMap((report) => report.parcels)
  const taken = await orderAll<'take'>(self, (member) => ({
    do: 'take',
    parcels: parcels.filter((parcel) => parcel.to === member),
  }))
  self.states = taken.reduce((sum, report) => sum + report.states, 1 - self.ports.length)
  self.transitions = taken.reduce((sum, report) => sum + report.transitions, 0)
  // Rest is a breach one step shorter than what was met on the way out of this depth.
  for (const reports of [expanded, taken]) {
    const member = reports.findIndex((report) => report.broken >= 0)
    if (member >= 0) return { member, row: reports[member]?.broken as number }
  }
  const progress = { faults: level, depth: depth + 1, states: self.states }
  const full = expanded.some((report) => report.full) || self.states >= order.maxStates
  if (full || goOn?.(progress) === false) return 'full'
  return taken.reduce((sum, report) => sum + report.count, 0)
}

async function searchAll(self: Lead): Promise<Outcome> {
  const { order, faults } = self.options
  const members = self.ports.length
  await orderAll<'begin'>(self, (member) => ({ do: 'begin', member, members, order }))
  let depths = 0
  for (let level = 0; level <= faults; level++) {
    let depth = 0
    for (let count = 1; count > 0 || depth < depths; depth++) {
      const found = await stepAll(self, level, depth)
      if (typeof found !== 'number') return { ended: found, faults: level }
      count = found
    }
    depths = depth
  }
  return { ended: null, faults }
}

/** The script to a state: each worker knows the part of the way that it went itself. */
async function scriptTo(self: Lead, { member, row }: Broken): Promise<readonly Action[]> {
  const parts: (readonly Action[])[] = []
  let at: Elsewhere | null = { member, row, name: Number.NaN }
  while (at !== null) {
    const name: number | null = Number.isNaN(at.name) ? null : at.name
    const report: Of<'way'> = await give<'way'>(self, at.member, { do: 'way', row: at.row, name })
    parts.unshift(report.script)
    at = report.from
  }
  return parts.flat()
}

/** Searches with several workers, each of which has joined at the other end of a port. */
export async function exploreSplit(
  ports: readonly Port[],
  options: SplitOptions,
): Promise<Omit<Explored, 'story'>> {
  const started = options.now()
  const leading = lead(ports, options)
  const { ended, faults } = await searchAll(leading)
  const broken = ended === null || ended === 'full' ? null : ended
  const actions = broken === null ? null : await scriptTo(leading, broken)
  const script = actions === null ? null : [...(options.prefix ?? []), ...actions]
  const ms = options.now() - started
  const exhausted = ended === 'full' ? 'not exhausted' : 'holds within bounds'
  const { kinds, maxStates, maxMb, reduced } = options.order
  return {
    answer: broken === null ? exhausted : 'counterexample',
    invariant: options.invariant,
    faults: broken === null ? null : faults,
    steps: script?.length ?? null,
    script,
    states: leading.states,
    statesPerSecond: Math.round((leading.states / Math.max(ms, 1)) * 1000),
    transitions: leading.transitions,
    bounds: { faults: options.faults, kinds, maxStates, maxMb },
    ms: Math.round(ms),
    switches: actions === null ? null : switchesOf(actions),
    oddsOfCollision: oddsOfCollision(leading.states),
    reduced,
  }
}
