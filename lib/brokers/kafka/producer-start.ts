// How a producer's process begins: what it asks before it can send.
import type { Out } from '../../engine/types.ts'
import {
  isIdempotent,
  isTransactional,
  newProducer,
  type ProducerState,
  type Self,
  type Send,
} from './producer-state.ts'
import { UNINITIALISED } from './producer-transactions.ts'
import type { Metadata } from './protocol.ts'

export function metadataFor(topic: string, known: readonly number[]): Metadata {
  return { kind: 'Metadata', about: topic, topic, known }
}

/** What a fresh process asks the controller: the partitions, and a producer id if it needs one. */
export function questions(s: ProducerState, me: Self): readonly Send[] {
  const metadata: Send = ['controller', metadataFor(me.settings.topic, s.metadata.epochs)]
  const own = isIdempotent(me.settings) && !isTransactional(me.settings)
  if (!own || s.producerId >= 0) return [metadata]
  return [metadata, ['controller', { kind: 'InitProducerId' }]]
}

export function startProducer(s: ProducerState, me: Self): Out<ProducerState> {
  const transaction = isTransactional(me.settings) ? UNINITIALISED : null
  const self = { ...newProducer(s.next, s.outbox), life: 'running', transaction } as const
  return { self, send: questions(self, me) }
}
