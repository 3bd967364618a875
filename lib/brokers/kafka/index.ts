// Apache Kafka 4.1, as every broker presents itself.
import type { ApplyEffect, Message } from '../../clients/types.ts'
import type { Actor } from '../../engine/compile.ts'
import type { Envelope, Json } from '../../engine/types.ts'
import type { BrokerModel, OnWire, Stand } from '../types.ts'
import { consumer } from './consumer.ts'
import type { ConsumerState } from './consumer-state.ts'
import { describe } from './describe.ts'
import { draw } from './draw.ts'
import { standsOf } from './draw-consumer.ts'
import type { FetchResponse, Produce } from './protocol.ts'
import { settingsOf } from './settings.ts'
import { words } from './words.ts'

function carried(envelope: Envelope): readonly Message[] {
  if (envelope.kind === 'Produce') return (envelope as Produce).batch.messages
  if (envelope.kind === 'FetchResponse') {
    return (envelope as FetchResponse).records.flatMap((record) =>
      'message' in record ? record.message : [],
    )
  }
  return envelope.kind === 'ApplyEffect' ? [(envelope as ApplyEffect).message] : []
}

const NONE: readonly Stand[] = []

const stands = (actor: Actor, state: Json): readonly Stand[] =>
  actor.kind.kind === consumer ? standsOf(state as unknown as ConsumerState) : NONE

/** Events are drawn between the parts that send and hold them; a node is drawn as its partitions. */
function onWire(
  link: { readonly from: string; readonly to: string },
  envelope: Envelope,
): OnWire | null {
  if (envelope.kind === 'Produce') {
    const { topic, partition } = envelope as Produce
    return { wire: `${link.from}>${topic}/${partition}`, back: false }
  }
  if (envelope.kind === 'FetchResponse') {
    const { topic, partition, records } = envelope as FetchResponse
    return records.length === 0 ? null : { wire: `${topic}/${partition}>${link.from}`, back: false }
  }
  return envelope.kind === 'ApplyEffect' ? { wire: `${link.from}>${link.to}`, back: false } : null
}

export const kafka: BrokerModel = {
  id: 'kafka',
  title: 'Apache Kafka',
  draw,
  stands,
  carried,
  onWire,
  words,
  describe,
  settings: {
    producer: settingsOf('producer'),
    consumer: settingsOf('consumer'),
    broker: settingsOf('broker'),
  },
}
