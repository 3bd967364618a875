// The real broker as a port: what a script asks is said by amqplib. Names of queues and exchanges get a prefix
// of their run, which is taken off again from whatever comes back. A crash is a socket that is destroyed.
import amqp, { type Channel, type ChannelModel, type ConfirmChannel, type Message } from 'amqplib'
import type {
  Answer,
  Confirmed,
  Delivered,
  Listener,
  Method,
  Port,
  Publish,
  Refused,
} from '../../../lib/experiments/rabbitmq/_port.ts'
import type { Experiment } from '../../../lib/experiments/rabbitmq/types.ts'
import type { Broker } from './broker.ts'
import { publishNumbered } from './stream-protocol.ts'

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Everything under way has arrived and been answered, on two busy cores. */
const REST_MS = 120

/** One without confirms has the same methods and answers nothing to a publish. */
type AnyChannel = Channel & Partial<Pick<ConfirmChannel, 'waitForConfirms'>>

interface RealChannel {
  readonly name: string
  readonly connection: string
  readonly channel: AnyChannel
  readonly confirms: boolean
  closed: string | null
}

/** What the broker said, as it said it: amqplib puts words around it. */
function saidBy(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const found = /(\d{3}) \([A-Z-]+\) with message "(.*)"$/s.exec(text)
  return found === null ? text : `${found[1]} ${found[2]}`
}

/** Names of the experiment, as they are on this broker. */
class Names {
  readonly prefix: string
  readonly known: ReadonlySet<string>
  constructor(experiment: Experiment, run: string) {
    this.prefix = `${run}.`
    const declared = experiment.steps.flatMap((step) => {
      if (step.do === 'declareQueue') return [step.queue]
      return step.do === 'declareExchange' ? [step.exchange] : []
    })
    this.known = new Set(declared)
  }
  /** The broker's own are called alike everywhere. */
  real(name: string): string {
    return name === '' || name.startsWith('amq.') ? name : `${this.prefix}${name}`
  }
  /** A value that may be a name. */
  value<T>(value: T): T {
    if (Array.isArray(value)) return value.map((each) => this.value(each)) as T
    return typeof value === 'string' && this.known.has(value) ? (this.real(value) as T) : value
  }
  values(given: object | undefined): Record<string, unknown> {
    return Object.fromEntries(Object.entries(given ?? {}).map(([k, v]) => [k, this.value(v)]))
  }
  plain<T>(value: T): T {
    if (typeof value === 'string') return value.replaceAll(this.prefix, '') as T
    if (Array.isArray(value)) return value.map((each) => this.plain(each)) as T
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.plain(v)])) as T
  }
}

/** What amqplib has inside: a socket, and what beats on it. */
interface Raw {
  readonly stream: { readonly destroy: () => void; readonly pause: () => void }
  readonly heartbeater?: { readonly clear: () => void } | null
}

interface Session {
  readonly broker: Broker
  readonly names: Names
  /** In seconds; 0: no heartbeats. */
  readonly heartbeat: number
  readonly connections: Map<string, ChannelModel>
  readonly channels: Map<string, RealChannel>
}

async function connectionOf(session: Session, name: string): Promise<ChannelModel> {
  const known = session.connections.get(name)
  if (known !== undefined) return known
  const { port } = session.broker
  const { heartbeat } = session
  const opened = await amqp.connect({ hostname: '127.0.0.1', port, heartbeat })
  session.connections.set(name, opened)
  // What an error of a connection says is heard on its channels.
  opened.on('error', (error) => {
    for (const each of session.channels.values()) {
      if (each.connection === name) each.closed ??= session.names.plain(saidBy(error))
    }
  })
  opened.on('close', () => {
    if (session.connections.get(name) === opened) session.connections.delete(name)
  })
  return opened
}

function deliveredOf(names: Names, message: Message): Delivered {
  const { deliveryTag, redelivered, exchange, routingKey } = message.fields
  const { expiration, correlationId, replyTo, messageId, headers } = message.properties
  const told = (value: unknown) => typeof value === 'string'
  return names.plain({
    tag: deliveryTag,
    body: message.content.toString(),
    redelivered,
    exchange,
    key: routingKey,
    headers: { ...headers },
    properties: {
      ...(told(expiration) ? { expiration } : {}),
      ...(told(correlationId) ? { correlationId } : {}),
      ...(told(replyTo) ? { replyTo } : {}),
      ...(told(messageId) ? { messageId } : {}),
    },
  })
}

async function open(
  session: Session,
  name: string,
  { connection, confirms }: { readonly connection: string; readonly confirms: boolean },
  listener: Listener,
): Promise<void> {
  const model = await connectionOf(session, connection)
  const channel = confirms ? await model.createConfirmChannel() : await model.createChannel()
  const opened: RealChannel = { name, connection, channel, confirms, closed: null }
  session.channels.set(name, opened)
  channel.on('error', (error) => {
    opened.closed = session.names.plain(saidBy(error))
    listener.happened(name, `closed ${opened.closed}`)
  })
  channel.on('close', () => {
    opened.closed ??= 'connection closed'
  })
  channel.on('return', (message: Message) => {
    const { replyCode, replyText, routingKey } = message.fields as unknown as Record<string, string>
    const key = session.names.plain(routingKey)
    listener.happened(name, `returned ${replyCode} ${replyText} ${key}`)
  })
}

const find = (session: Session, name: string): RealChannel => {
  const found = session.channels.get(name)
  if (found === undefined) throw new Error(`channel ${name} was never opened`)
  return found
}

/** Does it, or says how the broker closed the channel instead. */
async function asked<T>(
  session: Session,
  name: string,
  act: (channel: AnyChannel) => Promise<T>,
): Promise<T | Refused> {
  const found = find(session, name)
  if (found.closed !== null) return { refused: found.closed }
  try {
    return await act(found.channel)
  } catch (error) {
    await sleep(20)
    return { refused: found.closed ?? session.names.plain(saidBy(error)) }
  }
}

/** amqplib knows the methods of class tx and has no functions for them. */
interface Asking {
  readonly rpc: (method: number, fields: object, answer: number) => Promise<unknown>
}
const TX_CLASS = 90 << 16
const TX = { select: [10, 11], commit: [20, 21], rollback: [30, 31] } as const

async function transacted(channel: AnyChannel, how: keyof typeof TX): Promise<void> {
  const [method, answer] = TX[how]
  await (channel as unknown as Asking).rpc(TX_CLASS | method, {}, TX_CLASS | answer)
}

async function performed({ names }: Session, channel: AnyChannel, method: Method): Promise<Answer> {
  switch (method.do) {
    case 'declareQueue': {
      const { queue, type, transient, exclusive, autoDelete, passive } = method
      if (passive === true) {
        const { messageCount, consumerCount } = await channel.checkQueue(names.real(queue))
        return { ready: messageCount, consumers: consumerCount }
      }
      await channel.assertQueue(names.real(queue), {
        durable: transient !== true,
        exclusive: exclusive === true,
        autoDelete: autoDelete === true,
        arguments: { 'x-queue-type': type, ...names.values(method.arguments) },
      })
      return 'ok'
    }
    case 'declareExchange': {
      const options = { durable: true, arguments: names.values(method.arguments) }
      await channel.assertExchange(names.real(method.exchange), method.type, options)
      return 'ok'
    }
    case 'bind':
    case 'unbind': {
      const [queue, exchange] = [names.real(method.queue), names.real(method.exchange)]
      const does = method.do === 'bind' ? channel.bindQueue : channel.unbindQueue
      await does.call(channel, queue, exchange, method.key ?? '', names.values(method.arguments))
      return 'ok'
    }
    case 'bindExchange':
      await channel.bindExchange(names.real(method.to), names.real(method.from), method.key ?? '')
      return 'ok'
    case 'unbindExchange':
      await channel.unbindExchange(names.real(method.to), names.real(method.from), method.key ?? '')
      return 'ok'
    case 'deleteExchange': {
      const ifUnused = method.ifUnused === true
      await channel.deleteExchange(names.real(method.exchange), { ifUnused })
      return 'ok'
    }
    case 'deleteQueue':
      await channel.deleteQueue(names.real(method.queue))
      return 'ok'
    case 'purge':
      return { purged: (await channel.purgeQueue(names.real(method.queue))).messageCount }
    case 'qos':
      await channel.prefetch(method.count, method.global === true)
      return 'ok'
    case 'cancel':
      await channel.cancel(method.consumer)
      return 'ok'
    case 'recover':
      await channel.recover()
      return 'ok'
    case 'tx':
      await transacted(channel, method.how)
      return 'ok'
  }
}

function optionsOf(names: Names, publish: Publish): amqp.Options.Publish {
  const { priority, expiration, messageId, correlationId, replyTo, headers = {} } = publish
  const { CC, BCC, ...others } = names.values(headers) as { CC?: string[]; BCC?: string[] }
  return {
    persistent: publish.persistent,
    mandatory: publish.mandatory,
    headers: others,
    ...(CC === undefined ? {} : { CC }),
    ...(BCC === undefined ? {} : { BCC }),
    ...(priority === undefined ? {} : { priority }),
    ...(expiration === undefined ? {} : { expiration }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(replyTo === undefined ? {} : { replyTo: names.value(replyTo) }),
  }
}

const CONFIRM_MS = 5000

async function published(session: Session, name: string, publish: Publish): Promise<Confirmed> {
  const found = find(session, name)
  if (found.closed !== null) return found.confirms ? 'no answer' : 'sent'
  const { names } = session
  const key = publish.exchange === '' ? names.value(publish.key) : publish.key
  const options = optionsOf(names, publish)
  if (!found.confirms) {
    found.channel.publish(names.real(publish.exchange), key, Buffer.from(publish.body), options)
    return 'sent'
  }
  const confirming = found.channel as ConfirmChannel
  const confirmed = new Promise<'ack' | 'nack' | 'no answer'>((resolve) => {
    const body = Buffer.from(publish.body)
    const done = (error: unknown) =>
      resolve(
        found.closed !== null
          ? 'no answer'
          : error === null || error === undefined
            ? 'ack'
            : 'nack',
      )
    confirming.publish(names.real(publish.exchange), key, body, options, done)
  })
  return await Promise.race([confirmed, sleep(CONFIRM_MS).then(() => 'no answer' as const)])
}

export interface RealPort extends Port {
  readonly end: () => Promise<void>
}

export function realPort(experiment: Experiment, broker: Broker, run: string): RealPort {
  const names = new Names(experiment, run)
  const session: Session = {
    broker,
    names,
    heartbeat: experiment.heartbeatSeconds ?? 0,
    connections: new Map(),
    channels: new Map(),
  }
  const silenced = new Set<Raw>()
  const listeners = new Map<string, Listener>()
  return {
    async open(name, on, listener) {
      listeners.set(name, listener)
      await open(session, name, on, listener)
    },
    call: (name, method) =>
      asked(session, name, (channel) => performed(session, channel, method)) as Promise<Answer>,
    publish: (name, publish) => published(session, name, publish),
    publishNumbered: (queue, publisher, messages) =>
      publishNumbered(broker.streamPort, names.real(queue), publisher, messages),
    async consume(name, { queue, consumer, noAck, exclusive, ...rest }) {
      const listener = listeners.get(name) as Listener
      const take = (message: Message | null) => {
        if (message === null) listener.happened(name, `cancelled ${consumer}`)
        else listener.delivered(consumer, deliveredOf(names, message))
      }
      const options = {
        consumerTag: consumer,
        noAck: noAck === true,
        exclusive: exclusive === true,
        arguments: names.values(rest.arguments),
      }
      const answer = await asked(session, name, (channel) =>
        channel.consume(names.real(queue), take, options).then(() => 'ok' as const),
      )
      return answer
    },
    async get(name, queue, noAck) {
      const got = await asked(session, name, (channel) => channel.get(names.real(queue), { noAck }))
      if (got === false) return null
      return 'refused' in got ? got : deliveredOf(names, got)
    },
    settle(name, { how, tag, multiple }) {
      const found = find(session, name)
      if (found.closed !== null) return
      const message = { fields: { deliveryTag: tag } } as Message
      if (how === 'ack') found.channel.ack(message, multiple)
      else if (how === 'nack') found.channel.nack(message, multiple, true)
      else found.channel.reject(message, how === 'reject')
    },
    async closeChannel(name) {
      const found = find(session, name)
      if (found.closed === null) await found.channel.close()
      found.closed = 'closed by the client'
    },
    async destroy(connection) {
      const opened = session.connections.get(connection)
      session.connections.delete(connection)
      for (const each of session.channels.values()) {
        if (each.connection === connection) each.closed = 'connection closed'
      }
      const raw = opened?.connection as unknown as Raw | undefined
      raw?.stream.destroy()
      await sleep(REST_MS)
    },
    async silence(connection) {
      const raw = session.connections.get(connection)?.connection as unknown as Raw | undefined
      raw?.heartbeater?.clear()
      raw?.stream.pause()
      if (raw !== undefined) silenced.add(raw)
      session.connections.delete(connection)
    },
    async restartNode() {
      session.connections.clear()
      for (const each of session.channels.values()) each.closed = 'connection closed'
      await broker.restart()
      await sleep(500)
    },
    sleep,
    rest: () => sleep(REST_MS),
    later: (ms, act) => void setTimeout(act, ms),
    nowMs: () => performance.now(),
    async end() {
      for (const each of silenced) each.stream.destroy()
      for (const each of session.connections.values()) await each.close().catch(() => {})
      const sweeper = await amqp.connect({ hostname: '127.0.0.1', port: broker.port, heartbeat: 0 })
      sweeper.on('error', () => {})
      for (const step of experiment.steps) {
        const channel = await sweeper.createChannel()
        channel.on('error', () => {})
        try {
          if (step.do === 'declareQueue') await channel.deleteQueue(names.real(step.queue))
          if (step.do === 'declareExchange') await channel.deleteExchange(names.real(step.exchange))
          await channel.close()
        } catch {
          // It is gone already, or somebody else's: there is nothing to sweep.
        }
      }
      await sweeper.close()
    },
  }
}
