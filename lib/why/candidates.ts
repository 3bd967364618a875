// What might have prevented a breach: each other choice that the settings' own tables offer to those who take part,
// one at a time. Nothing here says which of them help.
import { choicesOfStrategy, strategies, strategyFits } from '../clients/strategies.ts'
import type { Built } from '../scenario/build.ts'
import { holderOf, shareGroupOf } from '../scenario/holders.ts'
import { pointer } from '../scenario/pointer.ts'
import type { Scenario, Settings, SettingValue } from '../scenario/types.ts'
import { withValue } from '../scenario/with-value.ts'

type Broker = Built['broker']
type SettingInfo = Broker['settings']['producer'][number]

export interface Candidate {
  /** 'idempotency key', 'acks=all'. */
  readonly title: string
  /** Whose setting it is. */
  readonly of: string
  readonly path: string
  readonly value: unknown
  /** The scenario with it; null where it does not fit. */
  readonly scenario: Scenario | null
  /** Why it does not fit; '' when it does. */
  readonly because: string
}

type Choice = Pick<Candidate, 'of' | 'title' | 'path' | 'value'>

function candidate(whole: Scenario, choice: Choice): Candidate {
  const { path, value } = choice
  const changed = withValue(whole, path, value)
  const scenario = changed.ok ? changed.scenario : null
  const because = changed.ok ? '' : (changed.errors[0]?.message ?? 'it does not fit')
  return { ...choice, scenario, because }
}

function ofStrategies(whole: Scenario, at: number): readonly Candidate[] {
  const service = whole.story.services[at]
  const sink = whole.story.sinks.find(({ id }) => id === service?.sink)
  if (service === undefined || sink === undefined) return []
  const path = pointer(['story', 'services', String(at), 'strategy'])
  const has = service.strategy
  const all = has.kind === 'dedup-table' && has.keeps !== undefined ? ', every id kept' : ''
  return strategies.flatMap(({ id, title }) =>
    choicesOfStrategy(id).flatMap((value): readonly Candidate[] => {
      if (JSON.stringify(value) === JSON.stringify(service.strategy)) return []
      const marked = value.kind === 'dedup-table' ? `${title}, marked ${value.marks}${all}` : title
      const because = strategyFits(id, sink.kind, service.effect)
      if (because === null)
        return [candidate(whole, { of: service.id, title: marked, path, value })]
      return [{ of: service.id, title: marked, path, value, scenario: null, because }]
    }),
  )
}

/** The handler's own choices besides its strategy. */
function ofHandler(whole: Scenario, at: number, { terms, progress }: Broker): readonly Candidate[] {
  const service = whole.story.services[at]
  if (service === undefined) return []
  const place = (field: string) => pointer(['story', 'services', String(at), field])
  const other = service.ackPoint === 'before' ? 'after' : 'before'
  const one = (title: string, field: string, value: unknown) =>
    candidate(whole, { of: service.id, title, path: place(field), value })
  return [
    one(`${terms.settle} ${other} effect`, 'ackPoint', other),
    ...(service.workers === 1 ? [] : [one('one worker', 'workers', 1)]),
    ...(service.workers === 1 ||
    service.commitOf === 'lowest-contiguous' ||
    progress !== 'positions'
      ? []
      : [one('commit of the lowest contiguous', 'commitOf', 'lowest-contiguous')]),
  ]
}

/** What is counted has few values worth a try; how long or how large something is, a search knows nothing of. */
const COUNTED: readonly string[] = ['requests', 'replicas', 'deliveries', 'records']

function othersOf(info: SettingInfo, now: SettingValue): readonly SettingValue[] {
  if (info.kind === 'boolean') return [now !== true]
  if (info.kind === 'choice') return (info.choices ?? []).filter((choice) => choice !== now)
  if (info.kind !== 'integer' || !COUNTED.includes(info.unit)) return []
  const near = [info.min ?? 0, Number(now) + 1]
  return [...new Set(near)].filter((value) => value !== now && value <= (info.max ?? value))
}

interface Owner {
  readonly of: string
  readonly infos: readonly SettingInfo[]
  readonly given: Settings
  readonly place: readonly string[]
}

function ofSettings(whole: Scenario, { of, infos, given, place }: Owner): readonly Candidate[] {
  return infos.flatMap((info) =>
    othersOf(info, given[info.name] ?? info.default).map((value) =>
      candidate(whole, {
        of,
        title: `${info.name}=${value}`,
        path: pointer([...place, info.name]),
        value,
      }),
    ),
  )
}

/** `services` and those who publish to them. */
export function candidatesFor(
  whole: Scenario,
  { broker }: Built,
  services: readonly string[],
): readonly Candidate[] {
  const { story, deployment } = whole
  const { settings } = broker
  const heard = story.services.filter(({ id }) => services.includes(id))
  const handlers = heard.map((each) => story.services.indexOf(each))
  const producers = story.producers.filter(({ publishes }) =>
    heard.some(({ listensTo }) => listensTo === publishes),
  )
  const owners: readonly Owner[] = [
    ...heard.map(({ id }): Owner => {
      const isShared = shareGroupOf(deployment, id) !== undefined
      const own = deployment.services[id] ?? {}
      const infos = isShared ? settings.shareConsumer : settings.consumer
      const given = isShared ? own : { ...deployment.consumer, ...own }
      return { of: id, infos, given, place: ['deployment', 'services', id] }
    }),
    ...producers.map(({ id }): Owner => {
      const given = { ...deployment.producer, ...deployment.producers[id] }
      return { of: id, infos: settings.producer, given, place: ['deployment', 'producers', id] }
    }),
    ...heard.flatMap(({ id }): readonly Owner[] => {
      const given = shareGroupOf(deployment, id)
      if (given === undefined) return []
      return [
        { of: id, infos: settings.shareGroup, given, place: ['deployment', 'shareGroups', id] },
      ]
    }),
    ...heard.map((service): Owner => {
      const { name, given, place } = holderOf(deployment, service)
      return { of: name, infos: settings.topic, given, place }
    }),
    {
      of: broker.title,
      infos: settings.broker,
      given: deployment.brokerSettings,
      place: ['deployment', 'brokerSettings'],
    },
  ]
  return [
    ...handlers.flatMap((at) => [...ofStrategies(whole, at), ...ofHandler(whole, at, broker)]),
    ...owners.flatMap((owner) => ofSettings(whole, owner)),
  ]
}
