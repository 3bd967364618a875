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
import type { Kind } from '../../lib/engine/types.ts'
import { leftOut } from '../../lib/fidelity/left-out.ts'
import { cell, code, section } from './rule-table.ts'
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
