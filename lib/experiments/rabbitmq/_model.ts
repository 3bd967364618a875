// The model as a port: what a script asks is sent to the model's node by a test client.
import type {
  Asked,
  BasicDeliver,
  BasicGetOk,
  BasicReturn,
  ChannelClose,
  Content,
  Death,
  FromBroker,
  FromClient,
  MethodOk,
  Properties,
} from '../../brokers/rabbitmq/protocol.ts'
import type { Message } from '../../clients/types.ts'
import type {
  Answer,
  Confirmed,
  Delivered,
  Listener,
  Method,
  Port,
  Publish,
  Refused,
  Settling,
} from './_port.ts'
import { interpreted } from './_script.ts'
import { type Simulated, STREAM, simulated } from './_simulated.ts'
import type { Experiment, Observed, StepOf, Variant } from './types.ts'

function messageOf(body: string): Message {
  const plain = { source: 'script', subject: '', key: null, seq: 1, order: 0, n: 0 }
  return { id: body, type: body, ...plain }
}

function propertiesOf(publish: Publish): Properties {
  const { priority, expiration, messageId, correlationId, replyTo, headers } = publish
  return {
    delivery_mode: publish.persistent ? 2 : 1,
    ...(priority === undefined ? {} : { priority }),
    ...(expiration === undefined ? {} : { expiration }),
    ...(messageId === undefined ? {} : { message_id: messageId }),
    ...(correlationId === undefined ? {} : { correlation_id: correlationId }),
    ...(replyTo === undefined ? {} : { reply_to: replyTo }),
    ...(headers === undefined ? {} : { headers: headers as NonNullable<Properties['headers']> }),
  }
}

function deathHeaders({ deaths, firstDeath }: Content): Readonly<Record<string, unknown>> {
  if (deaths === undefined || firstDeath === undefined) return {}
  const last = deaths[0] as Death
  return {
    'x-death': deaths,
    'x-first-death-exchange': firstDeath.exchange,
    'x-first-death-queue': firstDeath.queue,
    'x-first-death-reason': firstDeath.reason,
    'x-last-death-exchange': last.exchange,
    'x-last-death-queue': last.queue,
    'x-last-death-reason': last.reason,
  }
}

function deliveredOf({
  content,
  redelivered,
  deliveryTag,
  headers,
}: BasicDeliver | BasicGetOk): Delivered {
  const { message, exchange, routingKey, properties } = content
  const { expiration, correlation_id, reply_to, message_id } = properties
  return {
    tag: deliveryTag,
    body: message.id,
    redelivered,
    exchange,
    key: routingKey,
    headers: { ...properties.headers, ...deathHeaders(content), ...headers },
    properties: {
      ...(expiration === undefined ? {} : { expiration }),
      ...(correlation_id === undefined ? {} : { correlationId: correlation_id }),
      ...(reply_to === undefined ? {} : { replyTo: reply_to }),
      ...(message_id === undefined ? {} : { messageId: message_id }),
    },
  }
}

const TX = { select: 'TxSelect', commit: 'TxCommit', rollback: 'TxRollback' } as const

/** The method as an envelope, without its channel. */
function asked(method: Method): {
  readonly kind: Asked['kind']
  readonly [field: string]: unknown
} {
  switch (method.do) {
    case 'declareQueue':
      return {
        kind: 'QueueDeclare',
        queue: method.queue,
        passive: method.passive === true,
        durable: method.transient !== true,
        exclusive: method.exclusive === true,
        autoDelete: method.autoDelete === true,
        arguments: { 'x-queue-type': method.type, ...method.arguments },
      }
    case 'declareExchange': {
      const { exchange, type } = method
      return {
        kind: 'ExchangeDeclare',
        exchange,
        type,
        durable: true,
        arguments: method.arguments ?? {},
      }
    }
    case 'bind':
    case 'unbind': {
      const { queue, exchange, key = '' } = method
      return {
        kind: method.do === 'bind' ? 'QueueBind' : 'QueueUnbind',
        queue,
        exchange,
        routingKey: key,
        arguments: method.arguments ?? {},
      }
    }
    case 'bindExchange':
    case 'unbindExchange': {
      const kind = method.do === 'bindExchange' ? 'ExchangeBind' : 'ExchangeUnbind'
      const { from, to, key = '' } = method
      return { kind, destination: to, source: from, routingKey: key, arguments: {} }
    }
    case 'deleteExchange': {
      const { exchange, ifUnused } = method
      return { kind: 'ExchangeDelete', exchange, ifUnused: ifUnused === true }
    }
    case 'deleteQueue':
      return { kind: 'QueueDelete', queue: method.queue }
    case 'purge':
      return { kind: 'QueuePurge', queue: method.queue }
    case 'qos':
      return { kind: 'BasicQos', prefetchCount: method.count, global: method.global === true }
    case 'cancel':
      return { kind: 'BasicCancel', consumerTag: method.consumer }
    case 'recover':
      return { kind: 'BasicRecover' }
    case 'tx':
      return { kind: TX[method.how] }
  }
}

interface ModelChannel {
  readonly connection: string
  readonly number: number
  readonly listener: Listener
  readonly confirms: boolean
  /** What has come that answers something, oldest first. */
  readonly answers: FromBroker[]
  closed: string | null
}

const isUnasked = (e: FromBroker): boolean =>
  e.kind === 'BasicDeliver' || e.kind === 'BasicReturn' || e.kind === 'BasicCancel'

function unasked(name: string, { listener }: ModelChannel, e: FromBroker): void {
  if (e.kind === 'BasicDeliver') listener.delivered(e.consumerTag, deliveredOf(e))
  else if (e.kind === 'BasicCancel') listener.happened(name, `cancelled ${e.consumerTag}`)
  else if (e.kind === 'BasicReturn') {
    const { replyCode, replyText, routingKey } = e as BasicReturn
    listener.happened(name, `returned ${replyCode} ${replyText} ${routingKey}`)
  }
}

/** What a port does its work with: channels by name, and the connections they stand on. */
interface Wires {
  readonly sim: Simulated
  readonly channels: Map<string, ModelChannel>
  readonly find: (name: string) => ModelChannel
  /** Sends a method on a channel and lets everything follow that follows at once. */
  readonly send: (name: string, method: object) => ModelChannel
}

function heardOn(sim: Simulated, name: string, channel: ModelChannel, e: FromBroker): void {
  if (isUnasked(e)) unasked(name, channel, e)
  else if (e.kind === 'ChannelClose') {
    const { replyCode, replyText, channel: number } = e as ChannelClose
    channel.closed = `${replyCode} ${replyText}`
    channel.listener.happened(name, `closed ${channel.closed}`)
    sim.send(channel.connection, { kind: 'ChannelCloseOk', channel: number })
  } else channel.answers.push(e)
}

function wires(experiment: Experiment, variant: Variant): Wires {
  const channels = new Map<string, ModelChannel>()
  const sim: Simulated = simulated(experiment, variant, (connection, envelope) => {
    const e = envelope as FromBroker
    for (const [name, channel] of channels) {
      if (channel.connection !== connection || channel.closed !== null) continue
      if (e.kind === 'ConnectionClose') channel.closed = `${e.replyCode} ${e.replyText}`
      else if ((envelope.kind as string) === 'ConnectionClosed') channel.closed = GONE
      else if ('channel' in e && e.channel === channel.number) heardOn(sim, name, channel, e)
    }
  })
  const find = (name: string) => channels.get(name) as ModelChannel
  return {
    sim,
    channels,
    find,
    send(name, method) {
      const channel = find(name)
      sim.send(channel.connection, { channel: channel.number, ...method } as FromClient)
      sim.advance(0)
      return channel
    },
  }
}

const GONE = 'connection closed'

function answerOf(channel: ModelChannel): FromBroker | Refused {
  return channel.answers.shift() ?? { refused: channel.closed ?? 'no answer' }
}

function call({ send }: Wires, name: string, method: Method): Answer {
  const found = answerOf(send(name, asked(method)))
  if ('refused' in found) return found
  const { messageCount, consumerCount } = found as MethodOk
  if (method.do === 'declareQueue' && method.passive === true) {
    return { ready: messageCount ?? 0, consumers: consumerCount ?? 0 }
  }
  if (method.do === 'purge') return { purged: messageCount ?? 0 }
  return 'ok'
}

function publish({ find, send }: Wires, name: string, told: Publish): Confirmed {
  const { exchange, key: routingKey, mandatory } = told
  const message = messageOf(told.body)
  const properties = propertiesOf(told)
  const about = message.id
  const fields = { about, exchange, routingKey, mandatory, properties, message }
  send(name, { kind: 'BasicPublish', ...fields })
  if (!find(name).confirms) return 'sent'
  const found = answerOf(find(name))
  if ('refused' in found) return 'no answer'
  return found.kind === 'BasicAck' ? 'ack' : 'nack'
}

/** The model's node knows one protocol: what the other has besides is a field of basic.publish. */
function numbered(
  { channels, find, send, sim }: Wires,
  queue: string,
  reference: string,
  { id, body }: { readonly id: number; readonly body: string },
): 'ack' | 'nack' | 'no answer' {
  if (!channels.has(STREAM)) {
    const listener: Listener = { delivered: () => {}, happened: () => {} }
    const on = { connection: STREAM, number: 1, confirms: true }
    channels.set(STREAM, { ...on, listener, answers: [], closed: null })
    for (const kind of ['ChannelOpen', 'ConfirmSelect']) answerOf(send(STREAM, { kind }))
  }
  const message = messageOf(body)
  const told = { exchange: '', routingKey: queue, mandatory: false, properties: {}, message }
  const publisher = reference === '' ? {} : { publisher: { reference, publishingId: id } }
  send(STREAM, { kind: 'BasicPublish', about: message.id, ...told, ...publisher })
  const found = answerOf(find(STREAM))
  sim.advance(0)
  if ('refused' in found) return 'no answer'
  return found.kind === 'BasicAck' ? 'ack' : 'nack'
}

function settled({ sim, find }: Wires, name: string, { how, tag, multiple }: Settling): void {
  const { connection, number: channel } = find(name)
  const told = { channel, deliveryTag: tag }
  const requeue = how !== 'drop'
  if (how === 'ack') sim.send(connection, { kind: 'BasicAck', ...told, multiple })
  else if (how === 'nack') sim.send(connection, { kind: 'BasicNack', ...told, multiple, requeue })
  else sim.send(connection, { kind: 'BasicReject', ...told, requeue })
}

function consumed({ send }: Wires, name: string, step: StepOf<'consume'>): Answer {
  const { queue, consumer, noAck, exclusive } = step
  const flags = { noAck: noAck === true, exclusive: exclusive === true }
  const told = { queue, consumerTag: consumer, ...flags, arguments: step.arguments ?? {} }
  const found = answerOf(send(name, { kind: 'BasicConsume', ...told }))
  return 'refused' in found ? found : 'ok'
}

export function modelPort(experiment: Experiment, variant: Variant): Port {
  const at = wires(experiment, variant)
  const { sim, channels, find, send } = at
  return {
    async open(name, { connection, confirms }, listener) {
      const others = [...channels.values()].filter((each) => each.connection === connection)
      const number = 1 + others.length
      channels.set(name, { connection, number, confirms, listener, answers: [], closed: null })
      const asks = confirms ? ['ChannelOpen', 'ConfirmSelect'] : ['ChannelOpen']
      for (const kind of asks) answerOf(send(name, { kind }))
    },
    call: async (name, method) => call(at, name, method),
    publish: async (name, told) => publish(at, name, told),
    async publishNumbered(queue, publisher, messages) {
      const said = messages.map((each) => numbered(at, queue, publisher, each))
      channels.delete(STREAM)
      sim.kill(STREAM)
      return said
    },
    consume: async (name, step) => consumed(at, name, step),
    async get(name, queue, noAck) {
      const found = answerOf(send(name, { kind: 'BasicGet', queue, noAck }))
      if ('refused' in found) return found
      return found.kind === 'BasicGetOk' ? deliveredOf(found) : null
    },
    settle: (name, settling) => settled(at, name, settling),
    async closeChannel(name) {
      send(name, { kind: 'ChannelClose', replyCode: 200, replyText: '' })
      find(name).closed = 'closed by the client'
    },
    async destroy(connection) {
      for (const each of channels.values()) {
        if (each.connection === connection) each.closed = GONE
      }
      sim.kill(connection)
    },
    async silence(connection) {
      sim.send(connection, { kind: 'HeartbeatsStop' })
      sim.advance(0)
    },
    restartNode: async () => sim.restart(),
    sleep: async (ms) => sim.advance(ms),
    rest: async () => sim.advance(0),
    later: (ms, act) => sim.later(ms, act),
    nowMs: () => sim.nowMs(),
  }
}

/** What the model says of an experiment with a queue type and a version. */
export function observe(experiment: Experiment, variant: Variant): Promise<Observed> {
  return interpreted(experiment, variant, modelPort(experiment, variant))
}
