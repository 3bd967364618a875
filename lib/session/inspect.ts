// What the inspector shows of one actor: what it is and believes, what may be changed, what may befall it.
import type { SettingInfo } from '../brokers/types.ts'
import { choicesOfStrategy, strategies, strategyFits } from '../clients/strategies.ts'
import { isActive, spontaneous } from '../engine/local.ts'
import type { Json } from '../engine/types.ts'
import { actionOf } from '../engine/world.ts'
import { faultChoices } from '../faults/palette.ts'
import { holderOf, shareGroupOf } from '../scenario/holders.ts'
import { pointer } from '../scenario/pointer.ts'
import type { Scenario, Service, Settings } from '../scenario/types.ts'
import type { Run } from './run.ts'
import type { InspectorFacts, SettingField, StrategyChoice } from './types.ts'
import type { View } from './view.ts'

function strategyChoices(
  scenario: Scenario,
  service: Service,
  index: number,
): readonly StrategyChoice[] {
  const sink = scenario.story.sinks.find((each) => each.id === service.sink)
  const path = pointer(['story', 'services', String(index), 'strategy'])
  return strategies.flatMap(({ id, title, hint }) => {
    return choicesOfStrategy(id).map((value): StrategyChoice => {
      const chosen = service.strategy
      const kept = chosen.kind === 'dedup-table' ? chosen.keeps : undefined
      const selected =
        chosen.kind === value.kind &&
        (value.kind !== 'dedup-table' || (chosen as typeof value).marks === value.marks)
      const window = selected && kept !== undefined ? `, the last ${kept} kept` : ''
      const suffix = value.kind === 'dedup-table' ? `, marked ${value.marks}${window}` : ''
      return {
        id: value.kind === 'dedup-table' ? `${id}-${value.marks}` : id,
        path,
        value: selected ? chosen : value,
        title: `${title}${suffix}`,
        hint,
        selected,
        disabledBecause: sink === undefined ? null : strategyFits(id, sink.kind, service.effect),
      }
    })
  })
}

/** Settings of one owner: the value in force, and where the document would hold another. */
function fields(
  infos: readonly SettingInfo[],
  given: Settings,
  place: readonly string[],
): readonly SettingField[] {
  return infos.map((info) => ({
    path: pointer([...place, info.name]),
    name: info.name,
    value: given[info.name] ?? info.default,
    defaultValue: info.default,
    unit: info.unit,
    meaning: info.meaning,
    kind: info.kind,
    ...(info.choices === undefined ? {} : { choices: info.choices }),
    ...(info.min === undefined ? {} : { min: info.min }),
    ...(info.max === undefined ? {} : { max: info.max }),
  }))
}

function settingsOf(run: Run, id: string, service: Service | undefined): readonly SettingField[] {
  const { deployment, story } = run.document.scenario
  const { settings } = run.built.broker
  const shared = service === undefined ? undefined : shareGroupOf(deployment, service.id)
  if (service !== undefined && shared !== undefined) {
    const own = deployment.services[service.id] ?? {}
    return [
      ...fields(settings.shareConsumer, own, ['deployment', 'services', service.id]),
      ...fields(settings.shareGroup, shared, ['deployment', 'shareGroups', service.id]),
    ]
  }
  if (service !== undefined) {
    const given = { ...deployment.consumer, ...deployment.services[service.id] }
    const holder = holderOf(deployment, service)
    return [
      ...fields(settings.consumer, given, ['deployment', 'services', service.id]),
      ...(holder.own ? fields(settings.topic, holder.given, holder.place) : []),
    ]
  }
  if (story.producers.some((producer) => producer.id === id)) {
    const given = { ...deployment.producer, ...deployment.producers[id] }
    return fields(settings.producer, given, ['deployment', 'producers', id])
  }
  const described = run.built.system.actorById.get(id)
  const ofBroker = described !== undefined && !story.sinks.some((sink) => sink.id === id)
  return ofBroker
    ? fields(settings.broker, deployment.brokerSettings, ['deployment', 'brokerSettings'])
    : []
}

function since(run: Run, id: string, position: number): string {
  const last = run.past.downs
    .get(id)
    ?.filter((each) => each.step <= position)
    .at(-1)
  if (last?.down !== true) return ''
  return ` at ${(run.recording.step(last.step).timeMs / 1000).toFixed(1)} s`
}

/** 'SinkUp' → 'Sink up now': rules by which an actor comes back of itself. */
function repairsAt(run: Run, view: View, id: string): InspectorFacts['repairs'] {
  const { system } = run.built
  const actor = system.actorById.get(id)
  if (actor === undefined) return []
  const state = view.moment.world.actors[actor.index] as Json
  return spontaneous(actor, state, false)
    .filter((local) => local.rule.rule.anytime === true && !isActive(actor.kind, state))
    .map((local) => {
      const words = local.rule.rule.name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
      const title = `${words.charAt(0).toUpperCase()}${words.slice(1)} now`
      return { title, action: actionOf(system, actor, local) }
    })
}

export function inspectAt(run: Run, view: View, id: string): InspectorFacts {
  const { scenario } = run.document
  const { system, broker } = run.built
  const group = system.actorById.get(id)?.group ?? id
  const index = scenario.story.services.findIndex((each) => each.id === group)
  const service = scenario.story.services[index]
  const described = broker.describe(system, view.moment.world, id)
  return {
    id,
    ...described,
    title: titleIn(scenario, id) ?? described.title,
    status: `${described.status}${since(run, id, view.position)}`,
    strategies: service === undefined ? [] : strategyChoices(scenario, service, index),
    ackPoint:
      service === undefined
        ? null
        : { path: `/story/services/${index}/ackPoint`, value: service.ackPoint },
    workers:
      service === undefined
        ? null
        : { path: `/story/services/${index}/workers`, value: service.workers },
    settings: settingsOf(run, id, service),
    faults: faultChoices(system, view.moment.world, id),
    repairs: repairsAt(run, view, id),
  }
}

function titleIn(scenario: Scenario, id: string): string | undefined {
  const { producers, sinks } = scenario.story
  return [...producers, ...sinks].find((each) => each.id === id)?.title
}
