// How a RabbitMQ node's exchanges are drawn: as what they hand to which queue, and which queues hand their dead
// letters to them, with the reason. The default exchange, to which every queue is bound, stands among them with
// those queues that no other is bound to.
import type { Picture, QueuePart, TapePart, WirePart } from '../../picture/types.ts'
import { firstOf, itemsOf } from './list.ts'
import { type Entry, type NodeState, type Queue, textIn } from './node-state.ts'

/** The name that RabbitMQ's management plugin gives to the exchange whose name is empty. */
export const DEFAULT_EXCHANGE = '(AMQP default)'

export function wireOf(from: string, to: string, link: string, label = ''): WirePart {
  return { kind: 'wire', id: `${from}>${to}`, link, from, to, state: 'idle', label }
}

/** The exchange a queue stands at: one that is named like its beginning, else the default one. */
export function exchangeOf(s: NodeState, queue: string): string {
  const bound = Object.entries(s.exchanges).find(
    ([id, { bindings }]) =>
      bindings.some(({ destination }) => destination === queue) || isUnboundOf(s, id, queue),
  )
  return bound?.[0] ?? DEFAULT_EXCHANGE
}

/** A service's queue stands at its exchange also where it is not bound to it: that is what is to be seen. */
const isUnboundOf = (s: NodeState, exchange: string, queue: string): boolean =>
  s.queues[queue] !== undefined &&
  s.queues[queue].owner === '' &&
  queue.startsWith(`${exchange}.`) &&
  !Object.values(s.queues).some(
    (other) => other.name !== queue && other.arguments['x-dead-letter-routing-key'] === queue,
  )

export function streamsOf(
  s: NodeState,
  drawn: readonly (QueuePart | TapePart)[],
): Picture['streams'] {
  const named = Object.entries(s.exchanges).map(([id, { type }]) => ({ id, title: id, type }))
  const others = drawn.some(({ stream }) => stream === DEFAULT_EXCHANGE)
    ? [{ id: DEFAULT_EXCHANGE, title: 'default', type: '' }]
    : []
  return [...named, ...others].map(({ id, title, type }) => ({
    id,
    title,
    note: `${type} exchange`.trim(),
    spreads: true as const,
  }))
}

/** From each exchange to the queues it hands something to. */
export function bindingsOf(s: NodeState, drawn: readonly string[]): readonly WirePart[] {
  const bound = Object.entries(s.exchanges).flatMap(([id, { bindings }]) =>
    bindings.map(({ destination }) => wireOf(id, destination, '')),
  )
  const own = drawn.filter((name) => exchangeOf(s, name) === DEFAULT_EXCHANGE)
  // What a queue of dead letters leads back to; the others' dead letters go to those queues themselves.
  const back = own.flatMap((name) => {
    const queue = s.queues[name]
    const key = queue === undefined ? '' : textIn(queue, 'x-dead-letter-routing-key')
    return key === '' || own.includes(key) ? [] : [key]
  })
  return [...bound, ...[...own, ...back].map((name) => wireOf(DEFAULT_EXCHANGE, name, ''))]
}

/** Of a long queue the first ones: more are not drawn. */
const SEEN = 48

/** From each queue to where its dead letters go, where that is shown, with the reasons that messages still here tell. */
export function deadLetterLines(s: NodeState, shown: readonly Queue[]): readonly WirePart[] {
  const deaths = entriesOf(s).flatMap(({ content }) => content.deaths ?? [])
  return shown.flatMap((queue) => {
    const to = queue.arguments['x-dead-letter-exchange']
    const key = textIn(queue, 'x-dead-letter-routing-key')
    if (to === undefined || !shown.some(({ name }) => name === key)) return []
    const reasons = deaths.filter((death) => death.queue === queue.name).map(({ reason }) => reason)
    const exchange = to === '' ? DEFAULT_EXCHANGE : String(to)
    return [wireOf(queue.name, exchange, '', [...new Set(reasons)].sort().join(', '))]
  })
}

function entriesOf(s: NodeState): readonly Entry[] {
  const waiting = Object.values(s.queues).flatMap((queue) => [
    ...firstOf(queue.returned, SEEN),
    ...queue.lanes.flatMap(({ ready }) => firstOf(ready, SEEN)),
  ])
  const held = Object.values(s.connections)
    .flatMap(({ channels }) => Object.values(channels))
    .flatMap(({ unacked }) => itemsOf(unacked).map(({ entry }) => entry))
  return [...waiting, ...held]
}
