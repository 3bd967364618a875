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
import { forms } from './forms.ts'
import type { FetchResponse, Produce } from './protocol.ts'
import type { ShareFetchResponse } from './protocol-share.ts'
import { settingsOf } from './settings.ts'
import { shareConsumer } from './share-consumer.ts'
import type { ShareConsumerState } from './share-consumer-state.ts'
import { words } from './words.ts'

function carried(envelope: Envelope): readonly Message[] {
  if (envelope.kind === 'Produce') return (envelope as Produce).batch.messages
  if (envelope.kind === 'FetchResponse') {
    return (envelope as FetchResponse).records.flatMap((record) =>
      'message' in record ? record.message : [],
    )
  }
  if (envelope.kind === 'ShareFetchResponse') {
    return (envelope as ShareFetchResponse).records.map((record) => record.message)
  }
  return envelope.kind === 'ApplyEffect' ? [(envelope as ApplyEffect).message] : []
}

const NONE: readonly Stand[] = []

function stands(actor: Actor, state: Json): readonly Stand[] {
  const { kind } = actor.kind
  if (kind === consumer) return standsOf(state as unknown as ConsumerState)
  return kind === shareConsumer ? standsOf(state as unknown as ShareConsumerState) : NONE
}

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
  if (envelope.kind === 'ShareFetchResponse') {
    const [first] = (envelope as ShareFetchResponse).records
    if (first === undefined) return null
    return { wire: `${first.topic}/${first.partition}>${link.from}`, back: false }
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
  terms: {
    lane: (stream, lane, among) => (among === 'others' ? `${stream}/P${lane}` : `P${lane}`),
    stores: (message, lane, offset) => `appends ${message} to ${lane}, at offset ${offset}`,
    gets: (message, lane, offset) => `polls ${message} from ${lane}, offset ${offset}`,
    confirmed: (message) => `hears that ${message} is stored`,
    settle: 'commit',
  },
  forms,
  describe,
  settings: {
    producer: settingsOf('producer'),
    consumer: settingsOf('consumer'),
    broker: settingsOf('broker'),
    topic: settingsOf('topic'),
    shareGroup: settingsOf('share group'),
    shareConsumer: settingsOf('share consumer'),
  },
  progress: 'positions',
  publishing: 'SendNext',
  deciding: {
    producer: ['acks', 'enable.idempotence'],
    consumer: ['enable.auto.commit', 'isolation.level'],
  },
}
