// The actor that a script speaks through on the model: it sends what its script puts into its outbox and
// keeps what it hears. It knows no rule of RabbitMQ.
import type { AmqpEnvelope, FromClient } from '../../brokers/rabbitmq/protocol.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { Envelope, Kind } from '../../engine/types.ts'

export interface TestClient {
  /** Written by the script: what it sends next. */
  readonly outbox: readonly FromClient[]
  readonly inbox: readonly Envelope[]
  /** Written by the script: its process dies next. */
  readonly dies: boolean
}

const rule = ruleFor<TestClient, null, AmqpEnvelope>()

export const testClient: Kind<TestClient, null> = {
  name: 'AMQP test client',
  init: () => ({ outbox: [], inbox: [], dies: false }),
  rules: [
    rule({
      name: 'Ask',
      ready: { 'its script sends something': (s) => s.outbox.length > 0 },
      then: (s) => {
        const [first, ...outbox] = s.outbox as [FromClient]
        return { self: { ...s, outbox }, send: [['node', first]] }
      },
    }),
    rule({
      name: 'Die',
      ready: { 'its script kills it': (s) => s.dies },
      then: (s) => ({ self: { ...s, dies: false, outbox: [] }, hangUp: true }),
    }),
    rule({
      name: 'Hear',
      on: [
        'ChannelOpenOk',
        'ChannelCloseOk',
        'MethodOk',
        'ChannelClose',
        'BasicCancel',
        'BasicReturn',
        'BasicDeliver',
        'BasicGetOk',
        'BasicGetEmpty',
        'BasicAck',
        'BasicNack',
        'ConnectionClose',
        'ConnectionClosed',
      ],
      then: (s, e) => ({ self: { ...s, inbox: [...s.inbox, e] } }),
    }),
  ],
}
