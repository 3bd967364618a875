// Interprets the steps of an experiment over a port: the same for the model and for the real broker.
import type { Json } from '../../engine/types.ts'
import type { Answer, Delivered, Listener, Port, Publish, Refused } from './_port.ts'
import { bodyOf, deathsOf, propertiesOf } from './_show.ts'
import type { Experiment, Observed, Step, StepOf, Variant } from './types.ts'

type Handle = NonNullable<StepOf<'consume'>['handle']>
type How = 'ack' | 'nack' | 'reject' | 'drop'

interface Held {
  readonly tag: number
  readonly body: string
  settled: boolean
}

interface OpenChannel {
  readonly name: string
  readonly connection: string
  readonly held: Held[]
  readonly events: string[]
  isClosed: boolean
}

interface Subscribed {
  readonly channel: string
  readonly handle: Handle | undefined
  /** Deliveries that nobody has asked for yet. */
  readonly unseen: Delivered[]
  done: number
}

interface Run {
  readonly port: Port
  readonly variant: Variant
  readonly channels: Map<string, OpenChannel>
  readonly consumers: Map<string, Subscribed>
  /** Deliveries in the order in which they came, with the consumer. */
  readonly log: { readonly consumer: string; readonly delivered: Delivered; seen: boolean }[]
  lastMs: number
  lastHeaders: Readonly<Record<string, unknown>>
  drains: number
}

const MAIN = 'main'
/** A real broker that is busy syncing its log pauses for half a second now and then. */
const IDLE_MS = 800

const isRefused = (answer: object | string | null): answer is Refused =>
  typeof answer === 'object' && answer !== null && 'refused' in answer

function told(answer: Answer): Json {
  return isRefused(answer) ? answer.refused : (answer as Json)
}

async function channelOf(
  run: Run,
  name = MAIN,
  { connection = name, confirms = true } = {},
): Promise<OpenChannel> {
  const known = run.channels.get(name)
  if (known !== undefined && !known.isClosed) return known
  const channel: OpenChannel = { name, connection, held: [], events: [], isClosed: false }
  run.channels.set(name, channel)
  await run.port.open(name, { connection, confirms }, listenerOf(run, channel))
  return channel
}

function listenerOf(run: Run, channel: OpenChannel): Listener {
  return {
    delivered: (consumer, delivered) => deliveredTo(run, channel, consumer, delivered),
    happened: (_name, what) => {
      channel.events.push(what)
      if (what.startsWith('closed')) channel.isClosed = true
    },
  }
}

function deliveredTo(run: Run, channel: OpenChannel, tag: string, delivered: Delivered): void {
  run.lastMs = run.port.nowMs()
  run.log.push({ consumer: tag, delivered, seen: false })
  const held: Held = { tag: delivered.tag, body: delivered.body, settled: false }
  channel.held.push(held)
  const consumer = run.consumers.get(tag)
  const handle = consumer?.handle
  if (consumer === undefined || handle === undefined) return
  const act = () => handled(run, channel, held, { consumer, handle, delivered })
  if (handle.afterMs === undefined) act()
  else run.port.later(handle.afterMs, act)
}

interface Handling {
  readonly consumer: Subscribed
  readonly handle: Handle
  readonly delivered: Delivered
}

function handled(run: Run, channel: OpenChannel, held: Held, handling: Handling): void {
  const { consumer, handle, delivered } = handling
  if (channel.isClosed) return
  const concerns = handle.only?.includes(held.body) ?? true
  const how =
    concerns && consumer.done < (handle.times ?? Number.MAX_SAFE_INTEGER) ? handle.do : 'ack'
  if (concerns) consumer.done++
  const { replyTo = '', correlationId = '' } = delivered.properties
  if (handle.replies === true && replyTo !== '') {
    const answer = { exchange: '', key: replyTo, body: `re ${held.body}`, correlationId }
    void run.port.publish(channel.name, { ...answer, mandatory: false, persistent: true })
  }
  if (how === 'hold') return
  held.settled = true
  run.port.settle(channel.name, { how, tag: held.tag, multiple: false })
}

/** Longer than any experiment waits; a message that comes back for ever is never quiet. */
const NEVER_QUIET_MS = 120_000

async function quiet(run: Run, idleMs: number): Promise<void> {
  const since = run.port.nowMs()
  await run.port.rest()
  for (;;) {
    const leftMs = Math.max(run.lastMs, since) + idleMs - run.port.nowMs()
    if (leftMs <= 0) return
    if (run.port.nowMs() - since > NEVER_QUIET_MS)
      throw new Error(`something arrived again and again for ${NEVER_QUIET_MS} ms`)
    await run.port.sleep(leftMs)
  }
}

function publishOf(run: Run, step: StepOf<'publish'>, body: string): Publish {
  const { priority, expiration, messageId, correlationId, replyTo } = step
  const headers = step.copiesDeaths === true ? run.lastHeaders : step.headers
  return {
    exchange: step.exchange ?? '',
    key: step.keyIsBody === true ? body : (step.queue ?? step.key ?? ''),
    body,
    mandatory: step.mandatory === true,
    persistent: step.transient !== true,
    ...(priority === undefined ? {} : { priority }),
    ...(expiration === undefined ? {} : { expiration }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(headers === undefined ? {} : { headers }),
  }
}

async function publish(run: Run, step: StepOf<'publish'>): Promise<Json> {
  const channel = await channelOf(run, step.channel)
  const said: string[] = []
  for (const body of step.bodies) {
    said.push(`${body}:${await run.port.publish(channel.name, publishOf(run, step, body))}`)
  }
  await run.port.rest()
  return said.join(' ')
}

async function publishNumbered(run: Run, step: StepOf<'publishNumbered'>): Promise<Json> {
  const { queue, publisher = '', messages } = step
  const said = await run.port.publishNumbered(queue, publisher, messages)
  await run.port.rest()
  return messages.map(({ id, body }, i) => `${id} ${body}:${said[i]}`).join(', ')
}

async function consume(run: Run, step: StepOf<'consume'>): Promise<Json> {
  const channel = await channelOf(run, step.channel)
  run.consumers.set(step.consumer, {
    channel: channel.name,
    handle: step.handle,
    unseen: [],
    done: 0,
  })
  const answer = await run.port.consume(channel.name, step)
  await run.port.rest()
  return told(answer)
}

/** Null when the channel holds nothing of the kind, which is an observation like another. */
function tagFor(channel: OpenChannel, step: StepOf<'settle'>): number | null {
  if (step.tag !== undefined) return step.tag
  const fits = (each: Held) => each.body === (step.body ?? each.body)
  const found =
    step.again === true
      ? channel.held.findLast((each) => each.settled && fits(each))
      : channel.held.find((each) => !each.settled && fits(each))
  if (found === undefined) return null
  for (const each of channel.held) {
    if (each === found || (step.multiple === true && each.tag <= found.tag)) each.settled = true
  }
  return found.tag
}

async function settle(run: Run, step: StepOf<'settle'>): Promise<Json> {
  const channel = await channelOf(run, step.channel)
  const tag = tagFor(channel, step)
  if (tag === null) return 'nothing to settle'
  run.port.settle(channel.name, { how: step.how as How, tag, multiple: step.multiple === true })
  await run.port.rest()
  return 'ok'
}

async function get(run: Run, step: StepOf<'get'>): Promise<Json> {
  const channel = await channelOf(run, step.channel)
  const got = await run.port.get(channel.name, step.queue, step.noAck === true)
  if (got === null) return 'empty'
  if (isRefused(got)) return got.refused
  channel.held.push({ tag: got.tag, body: got.body, settled: step.noAck === true })
  await run.port.rest()
  return bodyOf(got)
}

async function seen(run: Run, step: StepOf<'seen'>): Promise<Json> {
  await quiet(run, step.idleMs ?? IDLE_MS)
  const found = run.log.filter((each) => !each.seen && step.consumers.includes(each.consumer))
  for (const each of found) each.seen = true
  if (step.show === 'count') return found.length
  if (step.show === 'deaths') return found.map((each) => deathsOf(each.delivered))
  const single = step.consumers.length === 1
  return found
    .map((each) => `${single ? '' : `${each.consumer}:`}${bodyOf(each.delivered)}`)
    .join(' ')
}

async function drain(run: Run, step: StepOf<'drain'>): Promise<Json> {
  run.drains++
  const tag = `drain-${run.drains}`
  const channel = await channelOf(run, tag)
  await run.port.call(tag, { do: 'qos', count: 1 })
  run.consumers.set(tag, { channel: tag, handle: { do: 'ack' }, unseen: [], done: 0 })
  await run.port.consume(tag, { do: 'consume', channel: tag, queue: step.queue, consumer: tag })
  await quiet(run, IDLE_MS)
  await run.port.closeChannel(channel.name)
  channel.isClosed = true
  const found = run.log.filter((each) => each.consumer === tag).map((each) => each.delivered)
  run.lastHeaders = found.at(-1)?.headers ?? {}
  switch (step.show ?? 'bodies') {
    case 'count':
      return found.length
    case 'deaths':
      return found.map(deathsOf)
    case 'routes':
      return found.map((each) => `${each.body} ${each.exchange}>${each.key}`)
    case 'properties':
      return found.map(propertiesOf)
    default:
      return found.map(bodyOf).join(' ')
  }
}

async function count(run: Run, step: StepOf<'count'>): Promise<Json> {
  run.drains++
  const tag = `count-${run.drains}`
  const channel = await channelOf(run, tag)
  const passive = { do: 'declareQueue', queue: step.queue, passive: true } as const
  const answer = await run.port.call(tag, { ...passive, type: run.variant.type })
  if (!isRefused(answer)) await run.port.closeChannel(channel.name)
  channel.isClosed = true
  return told(answer)
}

async function call(run: Run, step: Extract<Step, { queue?: unknown; do: string }>): Promise<Json> {
  const channel = await channelOf(run, 'channel' in step ? step.channel : undefined)
  const method =
    step.do === 'declareQueue' ? { ...step, type: step.type ?? run.variant.type } : step
  const answer = await run.port.call(channel.name, method as never)
  await run.port.rest()
  return told(answer)
}

async function performed(run: Run, step: Step): Promise<Json> {
  switch (step.do) {
    case 'open':
      await channelOf(run, step.channel, {
        connection: step.connection ?? step.channel,
        confirms: step.plain !== true,
      })
      return 'ok'
    case 'closeChannel': {
      const channel = await channelOf(run, step.channel)
      await run.port.closeChannel(channel.name)
      channel.isClosed = true
      await run.port.rest()
      return 'ok'
    }
    case 'destroy':
      for (const each of run.channels.values()) {
        if (each.connection === step.connection) each.isClosed = true
      }
      await run.port.destroy(step.connection)
      await run.port.rest()
      return 'ok'
    case 'silence':
      await run.port.silence(step.connection)
      return 'ok'
    case 'restartNode':
      for (const each of run.channels.values()) each.isClosed = true
      await run.port.restartNode()
      return 'ok'
    case 'wait':
      await run.port.sleep(step.ms)
      await run.port.rest()
      return 'ok'
    case 'publish':
      return await publish(run, step)
    case 'publishNumbered':
      return await publishNumbered(run, step)
    case 'consume':
      return await consume(run, step)
    case 'settle':
      return await settle(run, step)
    case 'get':
      return await get(run, step)
    case 'seen':
      return await seen(run, step)
    case 'drain':
      return await drain(run, step)
    case 'count':
      return await count(run, step)
    case 'events':
      return [...(run.channels.get(step.channel ?? MAIN)?.events ?? [])]
    default:
      return await call(run, step)
  }
}

export async function interpreted(
  experiment: Experiment,
  variant: Variant,
  port: Port,
): Promise<Observed> {
  const run: Run = {
    port,
    variant,
    channels: new Map(),
    consumers: new Map(),
    log: [],
    lastMs: 0,
    lastHeaders: {},
    drains: 0,
  }
  const observed: Record<string, Json> = {}
  for (const step of experiment.steps) {
    const result = await performed(run, step)
    if (step.as !== undefined) observed[step.as] = result
  }
  return observed
}
