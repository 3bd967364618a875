// Publishing: routing, what is returned as unroutable, and the publisher's confirm.

import { badExpiration } from './arguments.ts'
import { channelError } from './channels.ts'
import { deadLetterRefused } from './dead-letter.ts'
import { notFound, type Refusal } from './errors.ts'
import { textIn } from './node-state.ts'
import type { BasicPublish, Content } from './protocol.ts'
import { exchangeExists, route } from './routing.ts'
import { offer } from './store.ts'
import { channelIn, queueIn, setChannel, type Turn } from './turn.ts'

/** A copy for each queue; false when one of them refused its own. */
export function distribute(
  turn: Turn,
  names: readonly string[],
  content: Content,
  e: BasicPublish,
): boolean {
  let isStored = true
  for (const name of names) {
    if (offer(turn, name, content, { publisher: e.publisher })) continue
    isStored = false
    const queue = queueIn(turn, name)
    if (textIn(queue, 'x-overflow') === 'reject-publish-dlx')
      deadLetterRefused(turn, queue, content)
  }
  return isStored
}

export const contentOf = ({
  message,
  exchange,
  routingKey,
  properties,
}: BasicPublish): Content => ({
  message,
  exchange,
  routingKey,
  properties,
})

function refusalOf(turn: Turn, { exchange, properties }: BasicPublish): Refusal | null {
  if (!exchangeExists(turn.s, exchange)) return notFound(`exchange '${exchange}'`)
  return properties.expiration === undefined ? null : badExpiration(properties.expiration)
}

/** The queues that are to get a copy; null for a mistake, for which the channel is closed. */
export function routed(turn: Turn, port: string, e: BasicPublish): readonly string[] | null {
  const refusal = refusalOf(turn, e)
  if (refusal === null) return route(turn.s, e.exchange, contentOf(e))
  channelError(turn, port, e.channel, refusal)
  return null
}

export function publish(turn: Turn, port: string, e: BasicPublish): void {
  const names = routed(turn, port, e)
  if (names === null) return
  tellUnrouted(turn, port, e, names)
  confirm(turn, port, e, distribute(turn, names, contentOf(e), e))
}

/** What comes of it that some queue, or every one, gets no copy. */
export function tellUnrouted(
  turn: Turn,
  port: string,
  e: BasicPublish,
  names: readonly string[],
): void {
  const { exchange, routingKey, message, channel } = e
  if (names.length === 0 && e.mandatory) {
    const why = { replyCode: 312, replyText: 'NO_ROUTE' }
    const told = { about: message.id, channel, ...why, exchange, routingKey, message }
    turn.send.push([port, { kind: 'BasicReturn', ...told }])
  }
  missed(turn, names, e)
}

/** Queues of services that listen to this exchange, and get no copy. */
function missed(turn: Turn, names: readonly string[], { exchange: stream, message }: BasicPublish) {
  const { id: actor, settings } = turn.me
  for (const queue in settings.groups) {
    if (names.includes(queue) || !queue.startsWith(`${stream}.`)) continue
    const group = settings.groups[queue] as string
    turn.observe.push({ kind: 'unrouted', actor, group, message, stream: queue })
  }
}

/** Unroutable is confirmed, too: nobody was asked to keep it. One queue that refuses is enough for a nack. */
function confirm(turn: Turn, port: string, e: BasicPublish, isStored: boolean): void {
  const channel = channelIn(turn.s, port, e.channel)
  if (channel === undefined || channel.nextConfirm === 0) return
  const deliveryTag = channel.nextConfirm
  const told = { about: e.message.id, channel: e.channel, deliveryTag, multiple: false }
  const confirmed = isStored
    ? ({ kind: 'BasicAck', ...told } as const)
    : ({ kind: 'BasicNack', ...told, requeue: false } as const)
  turn.send.push([port, confirmed])
  setChannel(turn, port, e.channel, { ...channel, nextConfirm: deliveryTag + 1 })
}
