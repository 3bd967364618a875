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
import type { Envelope } from '../../engine/types.ts'
import type { Answer, Delivered, Listener, Method, Port, Publish, Refused } from './_port.ts'
import { interpreted } from './_script.ts'
import { type Simulated, simulated } from './_simulated.ts'
import type { Experiment, Observed, Variant } from './types.ts'

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
    case 'bind': {
      const { queue, exchange, key = '' } = method
      return {
        kind: 'QueueBind',
        queue,
        exchange,
        routingKey: key,
        arguments: method.arguments ?? {},
      }
    }
    case 'bindExchange': {
      const { from, to, key = '' } = method
      return { kind: 'ExchangeBind', destination: to, source: from, routingKey: key, arguments: {} }
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
  }
}

interface ModelChannel {
  readonly connection: string
  readonly number: number
  readonly listener: Listener
  /** What has come that answers something, oldest first. */
  readonly answers: FromBroker[]
  published: number
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

export function modelPort(experiment: Experiment, variant: Variant): Port {
  const channels = new Map<string, ModelChannel>()
  const sim: Simulated = simulated(experiment, variant, hear)

  function hear(connection: string, envelope: Envelope): void {
    const e = envelope as FromBroker
    for (const [name, channel] of channels) {
      if (channel.connection !== connection || channel.closed !== null) continue
      if (e.kind === 'ConnectionClose') channel.closed = `${e.replyCode} ${e.replyText}`
      else if ((envelope.kind as string) === 'ConnectionClosed')
        channel.closed = 'connection closed'
      else if ('channel' in e && e.channel === channel.number) heardOn(name, channel, e)
    }
  }
  function heardOn(name: string, channel: ModelChannel, e: FromBroker): void {
    if (isUnasked(e)) unasked(name, channel, e)
    else if (e.kind === 'ChannelClose') {
      const { replyCode, replyText, channel: number } = e as ChannelClose
      channel.closed = `${replyCode} ${replyText}`
      channel.listener.happened(name, `closed ${channel.closed}`)
      sim.send(channel.connection, { kind: 'ChannelCloseOk', channel: number })
    } else channel.answers.push(e)
  }
  const find = (name: string) => channels.get(name) as ModelChannel
  function send(name: string, method: object): ModelChannel {
    const channel = find(name)
    sim.send(channel.connection, { channel: channel.number, ...method } as FromClient)
    sim.advance(0)
    return channel
  }
  function answerOf(channel: ModelChannel): FromBroker | Refused {
    const found = channel.answers.shift()
    return found ?? { refused: channel.closed ?? 'no answer' }
  }
  async function call(name: string, method: Method): Promise<Answer> {
    const found = answerOf(send(name, asked(method)))
    if ('refused' in found) return found
    const { messageCount, consumerCount } = found as MethodOk
    if (method.do === 'declareQueue' && method.passive === true) {
      return { ready: messageCount ?? 0, consumers: consumerCount ?? 0 }
    }
    return 'ok'
  }
  return {
    async open(name, connection, listener) {
      const number =
        1 + [...channels.values()].filter((each) => each.connection === connection).length
      channels.set(name, { connection, number, listener, answers: [], published: 0, closed: null })
      for (const kind of ['ChannelOpen', 'ConfirmSelect']) answerOf(send(name, { kind }))
    },
    call,
    async publish(name, publish) {
      const channel = find(name)
      const { exchange, key: routingKey, mandatory } = publish
      const message = messageOf(publish.body)
      const properties = propertiesOf(publish)
      const told = { about: message.id, exchange, routingKey, mandatory, properties, message }
      send(name, { kind: 'BasicPublish', ...told })
      const found = answerOf(channel)
      if ('refused' in found) return 'no answer'
      return found.kind === 'BasicAck' ? 'ack' : 'nack'
    },
    async consume(name, { queue, consumer, noAck, exclusive, ...rest }) {
      const told = {
        queue,
        consumerTag: consumer,
        noAck: noAck === true,
        exclusive: exclusive === true,
      }
      const channel = send(name, { kind: 'BasicConsume', ...told, arguments: rest.arguments ?? {} })
      const found = answerOf(channel)
      return 'refused' in found ? found : 'ok'
    },
    async get(name, queue, noAck) {
      const found = answerOf(send(name, { kind: 'BasicGet', queue, noAck }))
      if ('refused' in found) return found
      return found.kind === 'BasicGetOk' ? deliveredOf(found) : null
    },
    settle(name, { how, tag: deliveryTag, multiple }) {
      const channel = find(name)
      const told = { channel: channel.number, deliveryTag }
      const requeue = how !== 'drop'
      const envelope: FromClient =
        how === 'ack'
          ? { kind: 'BasicAck', ...told, multiple }
          : how === 'nack'
            ? { kind: 'BasicNack', ...told, multiple, requeue }
            : { kind: 'BasicReject', ...told, requeue }
      sim.send(channel.connection, envelope)
    },
    async closeChannel(name) {
      send(name, { kind: 'ChannelClose', replyCode: 200, replyText: '' })
      find(name).closed = 'closed by the client'
    },
    async destroy(connection) {
      for (const each of channels.values()) {
        if (each.connection === connection) each.closed = 'connection closed'
      }
      sim.kill(connection)
    },
    async restartNode() {
      sim.restart()
    },
    async sleep(ms) {
      sim.advance(ms)
    },
    async rest() {
      sim.advance(0)
    },
    later: (ms, act) => sim.later(ms, act),
    nowMs: () => sim.nowMs(),
  }
}

/** What the model says of an experiment with a queue type and a version. */
export function observe(experiment: Experiment, variant: Variant): Promise<Observed> {
  return interpreted(experiment, variant, modelPort(experiment, variant))
}
