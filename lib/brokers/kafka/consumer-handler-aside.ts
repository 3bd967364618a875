// What becomes of a record whose effect fails for good: it is skipped, tried for ever, or written to a retry or
// dead-letter topic.
import { isIn, itemOf, type Worker } from '../../clients/handler.ts'
import type { Seen } from '../../clients/types.ts'
import type { Me, Out } from '../../engine/types.ts'
import { finished, type Handled, type HandlingSettings, moved } from './consumer-handler-worker.ts'
import { rule } from './consumer-rule.ts'
import { type ConsumerState, deadLetterTopic, retryTopic, type Self } from './consumer-state.ts'
import type { Produce } from './protocol.ts'

/** What follows a failed effect: another try, or what the handler does with a message it cannot process. */
export function effectFailed<S extends Handled>(
  s: S,
  worker: number,
  me: Me<HandlingSettings>,
): Out<S> {
  const { handler, service } = me.settings
  const failures = (s.work.workers[worker] as Worker).failures + 1
  if (failures < handler.maxAttempts) {
    return { self: moved(s, worker, { phase: 'sendAgain', failures }) }
  }
  switch (handler.onFailure) {
    case 'retry-in-place':
      // It would try for ever and for ever fail: its beats are idle, so they are not modelled.
      return { self: moved(s, worker, { phase: 'blocked', failures }) }
    case 'skip': {
      const { message, place } = itemOf(s.work, worker)
      const reason = `its effect failed ${failures} times`
      const seen: Seen = { kind: 'skipped', actor: me.id, group: service, message, place, reason }
      return { self: finished(s, worker), observe: [seen] }
    }
    default:
      return sendAside(moved(s, worker, { failures }), worker, me.settings)
  }
}

/** The topic a failing record is written to: from the retry topic there is only the dead-letter topic. */
function asideTopic(stream: string, settings: HandlingSettings): string {
  const { topic, handler } = settings
  return handler.onFailure === 'retry-topic' && stream === topic
    ? retryTopic(topic)
    : deadLetterTopic(topic)
}

/** Retry and dead-letter topics have one partition; the first node leads it. */
export const asideNode = (settings: HandlingSettings): string => settings.nodes[0] as string

/** Writes the record to a retry or dead-letter topic; a plain producer without idempotence, one partition. */
export function sendAside<S extends Handled>(
  s: S,
  worker: number,
  settings: HandlingSettings,
): Out<S> {
  const { message, place } = itemOf(s.work, worker)
  const produce: Produce = {
    kind: 'Produce',
    about: message.id,
    topic: asideTopic(place.stream, settings),
    partition: 0,
    correlation: worker,
    acks: 'all',
    batch: { producerId: -1, epoch: -1, firstSequence: -1, messages: [message] },
  }
  return {
    self: moved(s, worker, { phase: 'parking' }),
    send: [[asideNode(settings), produce]],
  }
}

function aside(s: ConsumerState, worker: number, topic: string, me: Self): Out<ConsumerState> {
  const self = finished(s, worker)
  if (topic !== deadLetterTopic(me.settings.topic)) return { self }
  const { message, place } = itemOf(s.work, worker)
  const group = me.settings.service
  const seen: Seen = { kind: 'deadLettered', actor: me.id, group, message, place }
  return { self, observe: [seen] }
}

export const asideRules = [
  rule({
    name: 'ProduceResponse',
    on: 'ProduceResponse',
    when: {
      'a worker waits for it': (s, e) => isIn(s.work, e.correlation, 'parking'),
    },
    then: (s, e, _x, me) =>
      e.error === undefined
        ? aside(s, e.correlation, e.topic, me)
        : { self: moved(s, e.correlation, { phase: 'parkAgain' }) },
  }),
  rule({
    name: 'IgnoreProduceResponse',
    on: 'ProduceResponse',
    when: { 'no worker waits for it': (s, e) => !isIn(s.work, e.correlation, 'parking') },
    then: () => ({}),
  }),
]
