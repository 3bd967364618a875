// The README of the Kafka model: what it covers, every rule with its conditions and sources, every setting.
// Made from the rule tables themselves, so it cannot say what the model does not do.
import { consumer } from '../../lib/brokers/kafka/consumer.ts'
import { controllerKind } from '../../lib/brokers/kafka/controller.ts'
import { coordinatorKind } from '../../lib/brokers/kafka/coordinator.ts'
import { modernCoordinatorKind } from '../../lib/brokers/kafka/modern-coordinator.ts'
import { nodeKind } from '../../lib/brokers/kafka/node.ts'
import { producerKind } from '../../lib/brokers/kafka/producer.ts'
import { kafkaSettings } from '../../lib/brokers/kafka/settings.ts'
import { shareConsumer } from '../../lib/brokers/kafka/share-consumer.ts'
import { shareCoordinatorKind } from '../../lib/brokers/kafka/share-coordinator.ts'
import { transactionCoordinatorKind } from '../../lib/brokers/kafka/transaction-coordinator.ts'
import { dedupStore } from '../../lib/clients/dedup-store.ts'
import { sink } from '../../lib/clients/sink.ts'
import type { Kind, Rule } from '../../lib/engine/types.ts'
import { leftOut } from '../../lib/fidelity/left-out.ts'
import type { Generator } from './types.ts'

const path = 'lib/brokers/kafka/README.md'

const INTRO = `# Apache Kafka 4.1, as modelled

Made by \`npm run generate\` from the rule tables; do not edit. A rule reads one actor and at most one envelope
that has arrived for it. **When** lists its named conditions: all must hold. **Fault** names the entry of the
catalogue for rules that are misfortunes.

## Left out, and why
`

function omissions(): string {
  return `${leftOut.map(({ what, why }) => `- ${what} ${why}`).join('\n')}\n`
}

const KINDS: readonly (readonly [string, Kind])[] = [
  ['Producer', producerKind],
  ['Broker node', nodeKind],
  ['Controller', controllerKind],
  ['Group coordinator, group.protocol=classic', coordinatorKind],
  ['Group coordinator, group.protocol=consumer', modernCoordinatorKind],
  ['Transaction coordinator', transactionCoordinatorKind],
  ['Consumer', consumer],
  ['Share group coordinator', shareCoordinatorKind],
  ['Share consumer', shareConsumer],
  ['Sink', sink],
  ['Dedup store', dedupStore],
]

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const code = (text: string) => `\`${text}\``

function row(rule: Rule): string {
  const when = [...Object.keys(rule.ready ?? {}), ...Object.keys(rule.when ?? {})].join('; ')
  const takes = [rule.on ?? []].flat().map(code).join(', ')
  const reads = (rule.reads ?? []).map(code).join(', ')
  const marks = [
    ...(rule.fault === undefined ? [] : [`fault: ${rule.fault.kind}`]),
    ...(rule.timer === true ? ['timer'] : []),
    ...(rule.anytime === true ? ['anytime'] : []),
  ].join(', ')
  const cells = [code(rule.name), takes, when, reads, marks, rule.cites ?? '']
  return `| ${cells.map(cell).join(' | ')} |`
}

function section([title, kind]: readonly [string, Kind]): string {
  const active = Object.keys(kind.active ?? {})
  const shared =
    active.length === 0
      ? ''
      : `Every rule not marked *anytime* also needs: ${active.join('; ')}.\n\n`
  const head = '| Rule | Takes | When | Reads | Marks | Source |\n|---|---|---|---|---|---|'
  return `## ${title}\n\n${shared}${head}\n${kind.rules.map(row).join('\n')}\n`
}

function settings(): string {
  const rows = kafkaSettings.map(({ of, name, default: value, unit, meaning }) => {
    const cells = [of, code(name), `${value}${unit === '' ? '' : ` ${unit}`}`, meaning]
    return `| ${cells.map((text) => cell(String(text))).join(' | ')} |`
  })
  return `## Settings\n\n| Of | Setting | Default | Meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

export const kafkaReadmeGenerator: Generator = {
  name: 'Kafka rule table',
  files: () => ({ [path]: [INTRO, omissions(), ...KINDS.map(section), settings()].join('\n') }),
}
