// The README of the RabbitMQ model: what it covers, every rule with its conditions and sources, every setting.
// Made from the rule tables themselves, so it cannot say what the model does not do.
import { consumer } from '../../lib/brokers/rabbitmq/consumer.ts'
import { nodeKind } from '../../lib/brokers/rabbitmq/node.ts'
import { publisherKind } from '../../lib/brokers/rabbitmq/publisher.ts'
import { RETURNS } from '../../lib/brokers/rabbitmq/returns.ts'
import { rabbitmqSettings } from '../../lib/brokers/rabbitmq/settings.ts'
import type { Kind } from '../../lib/engine/types.ts'
import { cell, code, section } from './rule-table.ts'
import type { Generator } from './types.ts'

const path = 'lib/brokers/rabbitmq/README.md'

const INTRO = `# RabbitMQ 4.3 and 4.0, as modelled

Made by \`npm run generate\` from the rule tables; do not edit. A rule reads one actor and at most one envelope
that has arrived for it. **When** lists its named conditions: all must hold. **Fault** names the entry of the
catalogue for rules that are misfortunes. Versions 4.3 and 4.0 behave differently; where they do, the model
follows what was measured on each.

## Left out, and why

- One node: no replicas, no leader elections, no network partitions.
- A confirm is sent as soon as every queue has the message: there is no moment in between in which it is on its way
  to a disk.
- A connection is there as soon as its first channel is opened; heartbeats are modelled by their beginning and end.
- \`consumer_timeout\` from half an hour on never ends, or a run with a hung handler had no rest.
- The consistent hash exchange hashes routing keys alone: \`hash-header\` and \`hash-property\` are not there.
- Streams are read in messages, not in chunks, so that \`last\` is the last message. Timestamps and intervals as
  \`x-stream-offset\` are taken for \`next\`; a super stream is an exchange and streams, without a single active consumer
  for each partition. What \`queue.declare\` says of a stream's messages and consumers is right at once, where the real one
  lags by seconds.
- A message that a quorum queue of 4.0 without a delivery limit puts at its tail keeps its age: where one of three is
  taken by age, it counts as older than in the real one.
- Delayed retries begin to wait anew when the node restarts. What several consumers of a quorum queue held comes back after
  a restart in the order of their connections.
- A message that a classic queue of 4.3 drops for its length right after a nack is \`redelivered\` in the next queue, where
  the real one counts only what failed.
- An at-least-once dead letter that some targets have taken and others have not counts as taken.
- \`x-max-length-bytes\`, memory and disk alarms, flow control, policies, AMQP 1.0, MQTT.
`

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
  files: () => ({ [path]: [INTRO, ...KINDS.map(section), returns(), settings()].join('\n') }),
}
