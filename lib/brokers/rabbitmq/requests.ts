// RPC over queues: a publisher that wants answers has a queue of its own for them, and waits. The queue is
// exclusive: it is gone with the connection, and an answer that comes later is routed nowhere.
import type { Message, Seen } from '../../clients/types.ts'
import { resent } from '../../clients/workload.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { Envelope, Me, Range } from '../../engine/types.ts'
import type { AmqpEnvelope, BasicDeliver, BasicPublish, Properties } from './protocol.ts'
import type { PublisherSettings, PublisherState } from './publisher.ts'

type Self = Me<PublisherSettings>
const rule = ruleFor<PublisherState, PublisherSettings, AmqpEnvelope>()
const exactly = (ms: number): Range => [ms, ms]

export const answersOf = (exchange: string, publisher: string): string =>
  `${exchange}.${publisher}.answers`

const queueOf = (me: Self): string => answersOf(me.settings.exchange, me.id)

/** Declares its queue of answers and consumes it; what is written to its socket counts as had. */
export function openAnswers(me: Self, channel: number): readonly Envelope[] {
  if (!me.settings.reply_to) return []
  const queue = queueOf(me)
  const declare = {
    kind: 'QueueDeclare',
    channel,
    queue,
    passive: false,
    durable: true,
    exclusive: true,
    autoDelete: false,
    arguments: { 'x-queue-type': 'classic' },
  }
  const flags = { consumerTag: me.id, noAck: true, exclusive: false, arguments: {} }
  return [declare, { kind: 'BasicConsume', channel, queue, ...flags } as Envelope]
}

export function requestProperties(message: Message, me: Self): Properties {
  return me.settings.reply_to ? { reply_to: queueOf(me), correlation_id: message.id } : {}
}

const correlationOf = (e: BasicDeliver): string => e.content.properties.correlation_id ?? ''

function find(s: PublisherState, id: string): Message | undefined {
  return s.waiting.find((each) => each.id === id)
}

const others = (s: PublisherState, id: string): readonly Message[] =>
  s.waiting.filter((each) => each.id !== id)

/** From now on it waits for the answer to this one, too. */
export function awaiting(s: PublisherState, message: Message, me: Self): PublisherState {
  if (!me.settings.reply_to) return s
  return { ...s, waiting: [...others(s, message.id), message] }
}

/** The answer to a request: published by whoever has done it, before it acknowledges. */
export function answerTo(message: Message, replyTo: string, channel: number): BasicPublish {
  const answer = { ...message, id: `${message.id}/answer` }
  return {
    kind: 'BasicPublish',
    about: answer.id,
    channel,
    exchange: '',
    routingKey: replyTo,
    mandatory: false,
    properties: { delivery_mode: 1, correlation_id: message.id },
    message: answer,
  }
}

export const requestRules = [
  rule({
    name: 'Answered',
    on: 'BasicDeliver',
    reads: ['reply_to'],
    cites: 'RPC: the answer carries the correlation_id of its request',
    when: { 'it waits for this answer': (s, e) => find(s, correlationOf(e)) !== undefined },
    then: (s, e, _x, me) => {
      const message = find(s, correlationOf(e)) as Message
      const seen: Seen = { kind: 'answered', actor: me.id, message }
      return { self: { ...s, waiting: others(s, message.id) }, observe: [seen] }
    },
  }),
  rule({
    name: 'IgnoreAnswer',
    on: 'BasicDeliver',
    cites: 'RPC: an unknown correlation_id is for nobody, as a second answer is',
    when: { 'it waits for no such answer': (s, e) => find(s, correlationOf(e)) === undefined },
    then: () => ({}),
  }),
  rule({
    name: 'AnswerTimeoutExpires',
    reads: ['answer timeout'],
    cites: 'RPC: nobody knows whether the request was done; the application asks again',
    timer: true,
    usual: () => false,
    each: (s) => s.waiting.map(({ id }) => id),
    about: (_s, _e, id) => id,
    takes: (settings) => exactly(settings['answer timeout']),
    then: (s, _e, id, me) => {
      const message = find(s, id) as Message
      const again = me.settings.resendsWithNewId ? resent(message) : message
      return { self: { ...s, waiting: others(s, id), outbox: [...s.outbox, again] } }
    },
  }),
]
