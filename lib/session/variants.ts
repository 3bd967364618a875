// What one service might be instead: each strategy that its sink can take with each ack point, then the scenario
// as it is with one other thing changed: several workers, or a setting that decides what is promised. All from
// the tables of strategies and settings; every one is a valid document.
import { brokerOf } from '../brokers/index.ts'
import type { SettingInfo } from '../brokers/types.ts'
import { strategies, strategyFits } from '../clients/strategies.ts'
import type { Strategy } from '../clients/types.ts'
import { shareGroupOf } from '../scenario/holders.ts'
import { pointer } from '../scenario/pointer.ts'
import type { Scenario, Service, Settings, SettingValue } from '../scenario/types.ts'
import { withValue } from '../scenario/with-value.ts'

export interface Variant {
  /** Tells it from the others of its service. */
  readonly id: string
  readonly title: string
  readonly detail: string
  /** Whether it is what the scenario has already. */
  readonly asItIs: boolean
  readonly scenario: Scenario
}

type Change = readonly [path: string, value: unknown]

interface Idea {
  readonly title: string
  readonly detail: string
  readonly changes: readonly Change[]
}

const WORKERS = 2

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const points = (service: Service): readonly Service['ackPoint'][] =>
  service.ackPoint === 'after' ? ['after', 'before'] : ['before', 'after']

const strategyWords = (strategy: Strategy): string => {
  const title = strategies.find(({ id }) => id === strategy.kind)?.title ?? strategy.kind
  return strategy.kind === 'none' ? 'no idempotency' : title
}

/** Where in the document the service stands, and what its broker calls settling. */
interface Spot {
  readonly at: string
  readonly settle: string
}

function strategyIdea(
  strategy: Strategy,
  ackPoint: Service['ackPoint'],
  { at, settle }: Spot,
): Idea {
  const commit = `${settle} ${ackPoint} effect`
  const marks = strategy.kind === 'dedup-table' ? `marked ${strategy.marks} it, ` : ''
  const changes = [
    [`${at}/strategy`, strategy],
    [`${at}/ackPoint`, ackPoint],
  ] as const
  return strategy.kind === 'none'
    ? { title: capital(commit), detail: strategyWords(strategy), changes }
    : { title: capital(strategyWords(strategy)), detail: `${marks}${commit}`, changes }
}

const DAY_MS = 86_400_000

/** One of each kind; the scenario's own keeps what else it says. */
function strategiesFor(scenario: Scenario, service: Service): readonly Strategy[] {
  const sink = scenario.story.sinks.find(({ id }) => id === service.sink)
  if (sink === undefined) return []
  const own = service.strategy
  return strategies
    .filter(({ id }) => strategyFits(id, sink.kind, service.effect) === null)
    .flatMap(({ id }): readonly Strategy[] => {
      if (id === 'dedup-table') {
        const table = own.kind === id ? own : { kind: id }
        return [
          { ...table, marks: 'before' },
          { ...table, marks: 'after' },
        ]
      }
      if (own.kind === id) return [own]
      return id === 'idempotency-key'
        ? [{ kind: id, scope: 'message', retentionMs: DAY_MS }]
        : [{ kind: id }]
    })
}

function handlingIdeas(scenario: Scenario, service: Service, spot: Spot): readonly Idea[] {
  const fitting = strategiesFor(scenario, service)
  return points(service).flatMap((point) =>
    fitting.map((strategy) => strategyIdea(strategy, point, spot)),
  )
}

const COMMITS = ['lowest-contiguous', 'highest-finished'] as const

function workerIdeas({ commitOf, workers, strategy }: Service, at: string): readonly Idea[] {
  const count = Math.max(workers, WORKERS)
  const ideas = COMMITS.map(
    (commit): Idea => ({
      title: `${count} workers`,
      detail: `commit ${commit.replace('-', ' ')}, ${strategyWords(strategy)}`,
      changes: [
        [`${at}/workers`, count],
        [`${at}/commitOf`, commit],
      ],
    }),
  )
  return workers > 1 ? ideas.filter((_, index) => COMMITS[index] !== commitOf) : ideas
}

const valuesOf = ({ kind, choices = [] }: SettingInfo): readonly SettingValue[] =>
  kind === 'boolean' ? [true, false] : choices

interface Owner {
  readonly place: readonly string[]
  readonly given: Settings
  readonly infos: readonly SettingInfo[]
  readonly names: readonly string[]
  readonly title: string
}

function settingIdeas({ place, given, infos, names, title }: Owner): readonly Idea[] {
  return infos
    .filter(({ name }) => names.includes(name))
    .flatMap((info) =>
      valuesOf(info)
        .filter((value) => value !== (given[info.name] ?? info.default))
        .map(
          (value): Idea => ({
            title: `${info.name}=${value}`,
            detail: title,
            changes: [[pointer([...place, info.name]), value]],
          }),
        ),
    )
}

/** Whoever publishes what the service reads, and its own clients where they are ordinary consumers. */
function owners({ story, deployment }: Scenario, service: Service): readonly Owner[] {
  const { settings, deciding } = brokerOf(deployment.broker)
  const publishing = story.producers.filter(({ publishes }) => publishes === service.listensTo)
  const ofProducers = publishing.map(
    ({ id, title }): Owner => ({
      place: ['deployment', 'producers', id],
      given: { ...deployment.producer, ...deployment.producers[id] },
      infos: settings.producer,
      names: deciding.producer,
      title,
    }),
  )
  if (shareGroupOf(deployment, service.id) !== undefined) return ofProducers
  const own: Owner = {
    place: ['deployment', 'services', service.id],
    given: { ...deployment.consumer, ...deployment.services[service.id] },
    infos: settings.consumer,
    names: deciding.consumer,
    title: service.title,
  }
  return [...ofProducers, own]
}

/** Changed in place of, one value after the other; null where the document would say nonsense. */
function changed(scenario: Scenario, changes: readonly Change[]): Scenario | null {
  let now = scenario
  for (const [path, value] of changes) {
    const parsed = withValue(now, path, value)
    if (!parsed.ok) return null
    now = parsed.scenario
  }
  return now
}

/** The scenario as it is comes first. A service that has no sink has only that. */
export function variantsOf(scenario: Scenario, serviceId: string): readonly Variant[] {
  const index = scenario.story.services.findIndex(({ id }) => id === serviceId)
  const service = scenario.story.services[index]
  if (service === undefined) return []
  const at = pointer(['story', 'services', String(index)])
  const { strategy, ackPoint } = service
  const { terms, progress } = brokerOf(scenario.deployment.broker)
  const spot = { at, settle: terms.settle }
  const own = strategyIdea(strategy, ackPoint, spot)
  const workers = service.workers > 1 ? `, ${service.workers} workers` : ''
  const asItIs = {
    ...own,
    detail: `${own.detail}${workers}`,
    id: 'as it is',
    asItIs: true,
    scenario,
  }
  const ideas = [
    ...handlingIdeas(scenario, service, spot),
    ...(progress === 'positions' ? workerIdeas(service, at) : []),
    ...owners(scenario, service).flatMap(settingIdeas),
  ]
  // Its own strategy once more: as parsing writes it, so that it is found again among the others.
  const seen = new Set([JSON.stringify(changed(scenario, own.changes))])
  const others = ideas.flatMap(({ title, detail, changes }): readonly Variant[] => {
    const other = changed(scenario, changes)
    if (other === null) return []
    const text = JSON.stringify(other)
    if (seen.has(text)) return []
    seen.add(text)
    return [{ id: `${title}, ${detail}`, title, detail, asItIs: false, scenario: other }]
  })
  return [asItIs, ...others]
}
