// RabbitMQ 4, as every broker presents itself.
import type { ApplyEffect, Message } from '../../clients/types.ts'
import type { Actor } from '../../engine/compile.ts'
import type { Envelope, Json } from '../../engine/types.ts'
import type { BrokerModel, OnWire, Stand } from '../types.ts'
import { consumer } from './consumer.ts'
import type { ConsumerState } from './consumer-state.ts'
import { describe } from './describe.ts'
import { draw } from './draw.ts'
import { standsOf } from './draw-consumer.ts'
import { DEFAULT_EXCHANGE } from './draw-exchanges.ts'
import { forms } from './forms.ts'
import type { BasicDeliver, BasicPublish, BasicReturn } from './protocol.ts'
import { settingsOf } from './settings.ts'
import { words } from './words.ts'

function carried(envelope: Envelope): readonly Message[] {
  switch (envelope.kind) {
    case 'BasicPublish':
    case 'BasicReturn':
      return [(envelope as BasicPublish | BasicReturn).message]
    case 'BasicDeliver':
      return [(envelope as BasicDeliver).content.message]
    case 'ApplyEffect':
      return [(envelope as ApplyEffect).message]
    default:
      return []
  }
}

const NONE: readonly Stand[] = []

const stands = (actor: Actor, state: Json): readonly Stand[] =>
  actor.kind.kind === consumer ? standsOf(state as unknown as ConsumerState) : NONE

/** Events are drawn between the parts that send and hold them; the node is drawn as its queues. */
function onWire(
  link: { readonly from: string; readonly to: string },
  envelope: Envelope,
): OnWire | null {
  if (envelope.kind === 'BasicPublish') {
    const { exchange } = envelope as BasicPublish
    return { wire: `${link.from}>${exchange === '' ? DEFAULT_EXCHANGE : exchange}`, back: false }
  }
  if (envelope.kind === 'BasicDeliver') {
    return { wire: `${(envelope as BasicDeliver).queue}>${link.from}`, back: false }
  }
  return envelope.kind === 'ApplyEffect' ? { wire: `${link.from}>${link.to}`, back: false } : null
}

export const rabbitmq: BrokerModel = {
  id: 'rabbitmq',
  title: 'RabbitMQ',
  draw,
  stands,
  carried,
  onWire,
  words,
  // A place in a queue has no number that anybody sees.
  terms: {
    lane: (stream) => stream,
    stores: (message, lane) => `puts ${message} into ${lane}`,
    gets: (message, lane) => `gets ${message} from ${lane}`,
    confirmed: (message) => `has ${message} confirmed`,
    settle: 'acknowledge',
  },
  forms,
  describe,
  settings: {
    producer: settingsOf('producer'),
    consumer: settingsOf('consumer'),
    broker: settingsOf('broker'),
    topic: settingsOf('queue'),
    shareGroup: [],
    shareConsumer: [],
  },
  progress: 'messages',
  publishing: 'Publish',
  deciding: {
    producer: ['confirm.select', 'mandatory', 'republish'],
    consumer: ['no_ack', 'requeue'],
  },
}
