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

class Lead {
  private readonly ports: readonly Port[]
  private readonly options: SplitOptions
  private readonly waiting: ((report: Report) => void)[] = []
  states = 0
  transitions = 0

  constructor(ports: readonly Port[], options: SplitOptions) {
    this.ports = ports
    this.options = options
    ports.forEach((port, member) => {
      port.listen((report: never) => this.waiting[member]?.(report))
    })
  }

  /** One order and its report. */
  ask<D extends Order['do']>(member: number, order: OrderTo<D>): Promise<Of<D>> {
    const said: Order = order
    const transfer = said.do === 'take' ? said.parcels.map((parcel) => parcel.rows) : []
    return new Promise((resolve) => {
      this.waiting[member] = (report) => resolve(report as Of<D>)
      ;(this.ports[member] as Port).post(order, transfer)
    })
  }

  private all<D extends Order['do']>(order: (member: number) => OrderTo<D>): Promise<Of<D>[]> {
    return Promise.all(this.ports.map((_, member) => this.ask<D>(member, order(member))))
  }

  /** One depth of one level: expand, exchange, take. */
  private async step(level: number, depth: number): Promise<Broken | 'full' | number> {
    const { faults, order, goOn } = this.options
    const last = level === faults
    const expanded = await this.all<'expand'>(() => ({ do: 'expand', level, depth, last }))
    const parcels = expanded.flatMap((report) => report.parcels)
    const taken = await this.all<'take'>((member) => ({
      do: 'take',
      parcels: parcels.filter((parcel) => parcel.to === member),
    }))
    this.states = taken.reduce((sum, report) => sum + report.states, 1 - this.ports.length)
    this.transitions = taken.reduce((sum, report) => sum + report.transitions, 0)
    // Rest is a breach one step shorter than what was met on the way out of this depth.
    for (const reports of [expanded, taken]) {
      const member = reports.findIndex((report) => report.broken >= 0)
      if (member >= 0) return { member, row: reports[member]?.broken as number }
    }
    const progress = { faults: level, depth: depth + 1, states: this.states }
    const full = expanded.some((report) => report.full) || this.states >= order.maxStates
    if (full || goOn?.(progress) === false) return 'full'
    return taken.reduce((sum, report) => sum + report.count, 0)
  }

  async search(): Promise<Outcome> {
    const { order, faults } = this.options
    const members = this.ports.length
    await this.all<'begin'>((member) => ({ do: 'begin', member, members, order }))
    let depths = 0
    for (let level = 0; level <= faults; level++) {
      let depth = 0
      for (let count = 1; count > 0 || depth < depths; depth++) {
        const found = await this.step(level, depth)
        if (typeof found !== 'number') return { ended: found, faults: level }
        count = found
      }
      depths = depth
    }
    return { ended: null, faults }
  }

  /** The script to a state: each worker knows the part of the way that it went itself. */
  async scriptTo({ member, row }: Broken): Promise<readonly Action[]> {
    const parts: (readonly Action[])[] = []
    let at: Elsewhere | null = { member, row, name: Number.NaN }
    while (at !== null) {
      const name: number | null = Number.isNaN(at.name) ? null : at.name
      const report: Of<'way'> = await this.ask<'way'>(at.member, { do: 'way', row: at.row, name })
      parts.unshift(report.script)
      at = report.from
    }
    return parts.flat()
  }
}

/** Searches with several workers, each of which has joined at the other end of a port. */
export async function exploreSplit(
  ports: readonly Port[],
  options: SplitOptions,
): Promise<Omit<Explored, 'story'>> {
  const started = options.now()
  const lead = new Lead(ports, options)
  const { ended, faults } = await lead.search()
  const broken = ended === null || ended === 'full' ? null : ended
  const actions = broken === null ? null : await lead.scriptTo(broken)
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
    states: lead.states,
    statesPerSecond: Math.round((lead.states / Math.max(ms, 1)) * 1000),
    transitions: lead.transitions,
    bounds: { faults: options.faults, kinds, maxStates, maxMb },
    ms: Math.round(ms),
    switches: actions === null ? null : switchesOf(actions),
    oddsOfCollision: oddsOfCollision(lead.states),
    reduced,
  }
}
