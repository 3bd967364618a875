// The README of the RabbitMQ model: what it covers, every rule with its conditions and sources, every setting.
// Made from the rule tables themselves, so it cannot say what the model does not do.
import { consumer } from '../../lib/brokers/rabbitmq/consumer.ts'
import { nodeKind } from '../../lib/brokers/rabbitmq/node.ts'
import { publisherKind } from '../../lib/brokers/rabbitmq/publisher.ts'
import { RETURNS } from '../../lib/brokers/rabbitmq/returns.ts'
import { rabbitmqSettings } from '../../lib/brokers/rabbitmq/settings.ts'
import type { Kind } from '../../lib/engine/types.ts'
import { rabbitmqLeftOut } from '../../lib/fidelity/left-out-rabbitmq.ts'
import { cell, code, section } from './rule-table.ts'
import type { Generator } from './types.ts'

const path = 'lib/brokers/rabbitmq/README.md'

const INTRO = `# RabbitMQ 4.3 and 4.0, as modelled

Made by \`npm run generate\` from the rule tables; do not edit. A rule reads one actor and at most one envelope
that has arrived for it. **When** lists its named conditions: all must hold. **Fault** names the entry of the
catalogue for rules that are misfortunes. Versions 4.3 and 4.0 behave differently; where they do, the model
follows what was measured on each.

## Left out, and why
`

const omissions = (): string =>
  `${rabbitmqLeftOut.map(({ what, why }) => `- ${what} ${why}`).join('\n')}\n`

const KINDS: readonly (readonly [string, Kind])[] = [
  ['Publisher', publisherKind],
  ['Node', nodeKind],
  ['Consumer', consumer],
]

function settings(): string {
  const rows = rabbitmqSettings.map(({ of, name, default: value, unit, meaning }) => {
    const cells = [of, code(name), `${value}${unit === '' ? '' : ` ${unit}`}`, meaning]
    return `| ${cells.map((text) => cell(String(text))).join(' | ')} |`
  })
  return `## Settings\n\n| Of | Setting | Default | Meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

function returns(): string {
  const rows = RETURNS.map(({ if: facts, answer }) => {
    const { type, version = 'any', cause = 'any', limit = 'any' } = facts
    const counts = [
      answer.fails ? 'x-delivery-count' : '',
      answer.acquires ? 'x-acquired-count' : '',
    ]
    const cells = [
      type,
      version,
      [cause].flat().join(', '),
      limit,
      answer.position,
      counts.join(' '),
    ]
    return `| ${cells.map((text) => cell(String(text))).join(' | ')} |`
  })
  const head =
    '| Queue | Version | Cause | Has a limit | Goes to | Counts |\n|---|---|---|---|---|---|'
  return `## Where a message goes that comes back\n\n${head}\n${rows.join('\n')}\n`
}

export const rabbitmqReadmeGenerator: Generator = {
  name: 'RabbitMQ rule table',
  files: () => ({
    [path]: [INTRO, omissions(), ...KINDS.map(section), returns(), settings()].join('\n'),
  }),
}
