// A topic's settings are altered while it is in use: each node is told, and goes on by them.
import {
  leads,
  type NodeState,
  ownLanes,
  replicaOf,
  rule,
  type Self,
  topicOf,
  withReplica,
} from './node-state.ts'
import { effectiveMinIsr, type Leading } from './replica.ts'
import {
  type Given,
  type SettingSpec,
  type SettingValue,
  settingErrors,
  settingsOf,
  type TopicConfig,
} from './settings.ts'

/** Given when a topic is made, as parameters of their own: ConfigDef knows no such names. */
const NOT_CONFIGS = ['partitions', 'replication.factor']

/** ConfigDef.parseType: what is sent is a string; one that is no value of that type stays as it is, and is refused. */
function parsed({ kind }: SettingSpec, value: SettingValue): SettingValue {
  const text = String(value).trim()
  const lower = text.toLowerCase()
  if (kind === 'boolean' && (lower === 'true' || lower === 'false')) return lower === 'true'
  if (kind === 'integer' && /^[+-]?[0-9]+$/.test(text)) return Number(text)
  if (kind === 'decimal' && text !== '' && Number.isFinite(Number(text))) return Number(text)
  return text
}

/** The settings that were sent, by their types; null where Kafka would refuse one of them. */
function parsedAll(sent: Given): Given | null {
  if (NOT_CONFIGS.some((name) => Object.hasOwn(sent, name))) return null
  const specs = settingsOf('topic')
  const entries = Object.entries(sent).map(([name, value]) => {
    const spec = specs.find((each) => each.name === name)
    return [name, spec === undefined ? value : parsed(spec, value)] as const
  })
  const settings = Object.fromEntries(entries)
  return settingErrors('topic', settings).length > 0 ? null : settings
}

/** The settings of a topic from now on; what its leaders here have derived from them is derived anew. */
function altered(s: NodeState, topic: string, config: TopicConfig, me: Self): NodeState {
  const known: NodeState = { ...s, configs: { ...s.configs, [topic]: config } }
  const led = ownLanes(s, me).filter((lane) => lane.topic === topic && leads(s, lane, me))
  return led.reduce((now, lane) => {
    const replica = replicaOf(now, lane, me)
    const leading = replica.leading as Leading
    const minIsr = effectiveMinIsr(config, leading.followers.length + 1)
    if (minIsr === leading.minIsr) return now
    return withReplica(now, lane, { ...replica, leading: { ...leading, minIsr } })
  }, known)
}

export const configRules = [
  rule({
    name: 'IncrementalAlterConfigs',
    on: 'IncrementalAlterConfigs',
    cites: 'KIP-339. The controller takes it and every broker hears; here each is told',
    then: (s, e, _x, me) => {
      const settings = parsedAll(e.settings)
      const reply = { kind: 'IncrementalAlterConfigsResponse' } as const
      if (settings === null) return { reply: { ...reply, error: 'INVALID_CONFIG' } }
      const config = { ...topicOf(s, e.topic, me), ...settings } as TopicConfig
      return { self: altered(s, e.topic, config, me), reply }
    },
  }),
]
