// The store of the explorer's page: a scenario, bounds, and what is known of each cell. It decides nothing that
// plan.ts does not, and searches nothing itself: the crew does.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { invariants } from '@/lib/invariants/index'
import type { Scenario } from '@/lib/scenario/types'
import { notPromised } from '@/lib/session/put-to-test'
import { variantsOf } from '@/lib/session/variants'
import { type Bounds, DEFAULTS, questionOf } from './bounds'
import type { Crew } from './crew'
import type { Report, Task } from './messages'
import {
  type Cell,
  type CellState,
  cellAt,
  cellToShow,
  type Next,
  nextOf,
  type Plan,
  serviceToShow,
} from './plan'

export interface ExplorerState extends Plan {
  readonly scenario: Scenario
  readonly bounds: Bounds
  /** Whether there is anything left that is searched or will be. */
  readonly running: boolean
  /** Whether a reader has stopped it. */
  readonly stopped: boolean
  /** What a reader has chosen to look at; null while the page chooses. */
  readonly chosen: string | null
  readonly chosenService: string | null
  /** Whether the page itself searches, because no worker can be had. */
  readonly onPage: boolean
}

export interface ExplorerActions {
  readonly open: (scenario: Scenario, bounds: Bounds) => void
  readonly setBounds: (part: Partial<Bounds>) => void
  readonly setChecks: (checks: readonly string[]) => void
  readonly choose: (key: string) => void
  readonly chooseService: (service: string) => void
  readonly stop: () => void
  readonly goOn: () => void
  /** The page is left: whoever searches is let go. */
  readonly end: () => void
}

export type Explorer = ExplorerState & ExplorerActions
export type ExplorerStore = StoreApi<Explorer>
type Heard = Exclude<Report, { did: 'start' }>
/** Those who search; of other work they may do, nothing is asked here. */
interface Searchers extends Omit<Crew, 'ask'> {
  readonly ask: (job: number, task: Task) => void
}
export type Hire = (hear: (report: Heard) => void) => Searchers

/** The order of the catalogue is the order in which learners need them. */
export function checksOf({ checks }: Scenario): readonly string[] {
  return invariants.map(({ id }) => id).filter((id) => checks.includes(id))
}

/** The service that the scenario's own story is about: the first that its faults befall, else the first. */
function servicesOf({ story, faults }: Scenario): readonly string[] {
  const ids = story.services.filter(({ sink }) => sink !== '').map(({ id }) => id)
  const about = ids.find((id) =>
    faults.some(({ at }) => at.actor === id || at.actor.startsWith(`${id}-`)),
  )
  return about === undefined ? ids : [about, ...ids.filter((id) => id !== about)]
}

function planned(scenario: Scenario): Plan {
  const services = servicesOf(scenario)
  const rows = Object.fromEntries(services.map((id) => [id, variantsOf(scenario, id)]))
  const asItIs = Object.fromEntries(
    services.flatMap((id) => {
      const [first] = rows[id] ?? []
      return first === undefined ? [] : [[id, first] as const]
    }),
  )
  const service = services[0] ?? ''
  const plan = { services, service, rows: rows[service] ?? [], asItIs, cells: {}, shown: '' }
  const checks = checksOf(scenario)
  return { ...plan, checks, shown: cellToShow({ ...plan, checks }, service) }
}

/** Clicks on a stepper come in a row: the search begins when they have come to an end. */
const SETTLE_MS = 250

type Set = ExplorerStore['setState']
type Get = ExplorerStore['getState']

/** Hands out what is next to whoever is free, and writes down what comes of it. */
function dispatcher(set: Set, get: Get, hire: Hire) {
  const running = new Map<number, Next>()
  let last = 0
  let crew: Searchers | null = null

  const look = () =>
    set((now) => {
      const service = now.chosenService ?? serviceToShow(now)
      const rows = service === now.service ? now.rows : variantsOf(now.scenario, service)
      const shown = now.chosen ?? cellToShow(now, service)
      return { service, rows, shown }
    })
  const write = (key: string, part: Partial<Cell>) =>
    set((now) => ({ cells: { ...now.cells, [key]: { ...cellAt(now, key), ...part } } }))
  const refused = ({ key, row, invariant, what }: Next): boolean => {
    if (what === 'stories') return false
    const why = notPromised(row.variant.scenario, invariant)
    if (why !== null) write(key, { state: 'not promised', why })
    return why !== null
  }
  const begin = (next: Next) => {
    crew ??= hire(hear)
    last += 1
    running.set(last, next)
    write(next.key, next.what === 'cell' ? { state: 'searching' } : { stories: 'searching' })
    crew.ask(last, taskOf(next, get().bounds))
  }
  const pump = () => {
    while (get().running && (crew === null || crew.hasRoom())) {
      look()
      const next = nextOf(get())
      if (next === null) break
      if (!refused(next)) begin(next)
    }
    look()
    set({ onPage: crew?.onPage() ?? false, running: get().running && running.size > 0 })
  }
  const hear = (report: Heard) => {
    const next = running.get(report.job)
    if (next === undefined || report.did === 'learn') return
    if (report.did === 'progress') {
      if (next.what === 'cell') write(next.key, { standing: report.standing })
      return
    }
    running.delete(report.job)
    write(next.key, heard(next, report))
    pump()
  }
  const halt = (state: CellState) => {
    for (const [job, { key, what }] of running) {
      crew?.stop(job)
      write(key, what === 'cell' ? { state } : { stories: 'unknown' })
    }
    running.clear()
  }
  const end = () => {
    halt('queued')
    crew?.end()
    crew = null
  }
  return { look, pump, halt, end }
}

function taskOf({ row, invariant, what }: Next, bounds: Bounds): Task {
  const question = questionOf(bounds, row.service, invariant)
  const asked = what === 'stories' ? { ...question, stories: true } : question
  return { scenario: row.variant.scenario, question: asked }
}

export function createExplorer(scenario: Scenario, hire: Hire): ExplorerStore {
  return createStore<Explorer>()((set, get) => {
    const { look, pump, halt, end } = dispatcher(set, get, hire)
    let settling: ReturnType<typeof setTimeout> | undefined
    const stand = (state: CellState) => {
      clearTimeout(settling)
      halt(state)
    }
    const anew = (part: Partial<ExplorerState>) => {
      stand('queued')
      set({ cells: {}, chosen: null, running: true, stopped: false, ...part })
      look()
      settling = setTimeout(pump, SETTLE_MS)
    }
    const goOn = (part: Partial<ExplorerState>) => {
      set({ running: true, stopped: false, ...part })
      pump()
    }
    return {
      ...planned(scenario),
      scenario,
      bounds: DEFAULTS,
      running: false,
      stopped: false,
      chosen: null,
      chosenService: null,
      onPage: false,
      open: (opened, bounds) =>
        anew({ ...planned(opened), scenario: opened, bounds, chosenService: null }),
      setBounds: (part) => anew({ bounds: { ...get().bounds, ...part } }),
      setChecks: (checks) => goOn({ checks, chosen: null }),
      choose: (chosen) => (get().stopped ? set({ chosen, shown: chosen }) : goOn({ chosen })),
      chooseService: (service) => goOn({ chosenService: service, chosen: null }),
      stop: () => {
        stand('stopped')
        set({ running: false, stopped: true })
      },
      goOn: () => goOn({ cells: revived(get().cells) }),
      end: () => {
        clearTimeout(settling)
        end()
        set({ running: false })
      },
    }
  })
}

/** What was stopped is searched again. */
function revived(cells: Plan['cells']): Plan['cells'] {
  return Object.fromEntries(
    Object.entries(cells).map(([key, cell]) => [
      key,
      cell.state === 'stopped' ? { ...cell, state: 'queued' as const } : cell,
    ]),
  )
}

/** What an answer says about its cell. */
function heard(next: Next, report: Exclude<Heard, { did: 'progress' | 'learn' }>): Partial<Cell> {
  if (next.what === 'stories') {
    const known = { stories: 'known' } as const
    const found = report.did === 'answer' && report.answers[0]?.answer === 'counterexample'
    return found ? { ...known, answers: report.answers } : known
  }
  if (report.did === 'fail') return { state: 'failed', why: report.why }
  const { answers, standing } = report
  return { answers, standing, state: answers.length === 0 ? 'idle' : 'answered' }
}
