// What is searched next. Cells are the guarantees of one service with one set of settings; the row that is as it
// is comes first, service by service, up to the first that breaks; then what else breaks the cell that is looked
// at; then the other rows.
import type { Answer } from '@/lib/session/exploring'
import type { Variant } from '@/lib/session/variants'
import type { Standing } from './messages'

export type CellState =
  | 'queued'
  | 'searching'
  | 'answered'
  /** Within these bounds nobody has anything to do. */
  | 'idle'
  | 'stopped'
  | 'failed'
  | 'not promised'

export interface Cell {
  readonly state: CellState
  readonly standing: Standing | null
  readonly answers: readonly Answer[]
  /** Whether other kinds of fault were tried for the same breach. */
  readonly stories: 'unknown' | 'searching' | 'known'
  /** Why the broker does not promise it, or the search failed. */
  readonly why: string
}

export interface Row {
  readonly service: string
  readonly variant: Variant
}

export interface Plan {
  /** In the order in which they are looked at. */
  readonly services: readonly string[]
  /** The service whose rows are shown. */
  readonly service: string
  readonly rows: readonly Variant[]
  readonly asItIs: Readonly<Record<string, Variant>>
  readonly checks: readonly string[]
  readonly cells: Readonly<Record<string, Cell>>
  /** The cell that is looked at. */
  readonly shown: string
}

export interface Next {
  readonly key: string
  readonly row: Row
  readonly invariant: string
  readonly what: 'cell' | 'stories'
}

export const NEW_CELL: Cell = {
  state: 'queued',
  standing: null,
  answers: [],
  stories: 'unknown',
  why: '',
}

export const keyOf = (service: string, variant: string, invariant: string): string =>
  `${service} | ${variant} | ${invariant}`

export const cellAt = ({ cells }: Pick<Plan, 'cells'>, key: string): Cell => cells[key] ?? NEW_CELL

export const isBroken = (cell: Cell): boolean => cell.answers[0]?.answer === 'counterexample'

export const holds = (cell: Cell): boolean => cell.answers[0]?.answer === 'holds within bounds'

/** A breach that needs a fault may come about by another one too. */
export const hasStories = (cell: Cell): boolean =>
  isBroken(cell) && (cell.answers[0]?.faults ?? 0) > 0

export const isOver = ({ state }: Cell): boolean => state !== 'queued' && state !== 'searching'

function queuedIn(plan: Plan, row: Row): Next | null {
  const { service, variant } = row
  const invariant = plan.checks.find(
    (check) => cellAt(plan, keyOf(service, variant.id, check)).state === 'queued',
  )
  if (invariant === undefined) return null
  return { key: keyOf(service, variant.id, invariant), row, invariant, what: 'cell' }
}

const own = (plan: Plan, service: string): readonly Cell[] => {
  const variant = plan.asItIs[service]
  return variant === undefined
    ? []
    : plan.checks.map((check) => cellAt(plan, keyOf(service, variant.id, check)))
}

/** As the scenario is: service after service, up to the first that breaks. */
function nextAsItIs(plan: Plan): Next | null {
  for (const service of plan.services) {
    const variant = plan.asItIs[service]
    const next = variant === undefined ? null : queuedIn(plan, { service, variant })
    if (next !== null) return next
    const cells = own(plan, service)
    if (cells.some(isBroken) || !cells.every(isOver)) return null
  }
  return null
}

/** The breach that is looked at, by each other kind of fault. */
function nextStories(plan: Plan): Next | null {
  const cell = cellAt(plan, plan.shown)
  if (!hasStories(cell) || cell.stories !== 'unknown') return null
  for (const variant of plan.rows)
    for (const invariant of plan.checks)
      if (keyOf(plan.service, variant.id, invariant) === plan.shown)
        return {
          key: plan.shown,
          row: { service: plan.service, variant },
          invariant,
          what: 'stories',
        }
  return null
}

function nextRow(plan: Plan): Next | null {
  for (const variant of plan.rows) {
    const next = queuedIn(plan, { service: plan.service, variant })
    if (next !== null) return next
  }
  return null
}

export function nextOf(plan: Plan): Next | null {
  return nextAsItIs(plan) ?? nextStories(plan) ?? nextRow(plan)
}

/** The service that broke first, else the first of all: its settings are what there is to compare. */
export function serviceToShow(plan: Plan): string {
  const broken = plan.services.find((service) => own(plan, service).some(isBroken))
  return broken ?? plan.services[0] ?? ''
}

/** What to look at as long as nobody has chosen: the first breach, else what is searched, else the first. */
export function cellToShow(plan: Plan, service: string): string {
  const variant = plan.asItIs[service]
  if (variant === undefined) return ''
  const keys = plan.checks.map((check) => keyOf(service, variant.id, check))
  const find = (test: (cell: Cell) => boolean) => keys.find((key) => test(cellAt(plan, key)))
  return (
    find(isBroken) ??
    find(({ state }) => state === 'searching') ??
    find((cell) => !isOver(cell)) ??
    keys[0] ??
    ''
  )
}
