// The RabbitMQ consumer: the broker pushes deliveries up to the prefetch count; workers take them one by one,
// and acknowledge each when its effect is done, or before.
import { isHandled, itemOf, stagesOfWork, withWorker, workersIn } from '../../clients/handler.ts'
import { handlerRules } from '../../clients/handler-rules.ts'
import type { Seen } from '../../clients/types.ts'
import { claiming, ruleFor } from '../../engine/rule.ts'
import type { Envelope, Kind, Out, Range } from '../../engine/types.ts'
import { clientSilent, consumerClaims } from './commuting.ts'
import {
  type Buffered,
  CHANNEL,
  type ConsumerSettings,
  type ConsumerState,
  holdingOf,
  idle,
  kept,
  modeOf,
  newProcess,
  passed,
  type Self,
  startOf,
  taken,
  whyPassed,
  wrecksOf,
} from './consumer-state.ts'
import type { AmqpEnvelope, BasicDeliver, FromClient } from './protocol.ts'
import { answerTo } from './requests.ts'

export type { ConsumerSettings, ConsumerState } from './consumer-state.ts'

const rule = ruleFor<ConsumerState, ConsumerSettings, AmqpEnvelope>()
const exactly = (ms: number): Range => [ms, ms]
type Sends = (readonly [port: string, envelope: FromClient])[]

function connect(s: ConsumerState, me: Self): Out<ConsumerState> {
  const { prefetch_count: prefetchCount, no_ack: noAck, queue, ...settings } = me.settings
  const channel = CHANNEL
  const consumer = { queue, consumerTag: me.id, noAck, exclusive: false }
  const given = settings.stream ? startOf(s, me) : { 'x-priority': settings['x-priority'] }
  return {
    self: { ...s, connection: 'opening' },
    send: [
      ['broker', { kind: 'ChannelOpen', channel } as Envelope],
      ['broker', { kind: 'BasicQos', channel, prefetchCount, global: false } as Envelope],
      ['broker', { kind: 'BasicConsume', channel, ...consumer, arguments: given } as Envelope],
    ],
  }
}

const ackOf = (tag: number): FromClient => ({
  kind: 'BasicAck',
  channel: CHANNEL,
  deliveryTag: tag,
  multiple: false,
})

/** Whether there is anything to settle: a tag of a channel that is gone means nothing to the broker. */
function ack(tag: number, settings: ConsumerSettings): Sends {
  return settings.no_ack || tag === 0 ? [] : [['broker', ackOf(tag)]]
}

/** Idle workers take what has been pushed, in order; what is not the handler's is acknowledged unseen. */
function fill(start: ConsumerState, me: Self, send: Sends): ConsumerState {
  const { handler } = me.settings
  let s = start
  for (let next = s.buffer[0]; next !== undefined; next = s.buffer[0]) {
    if (!isHandled(handler.handles, next.message)) {
      send.push(...ack(next.tag, me.settings))
      s = passed({ ...s, buffer: s.buffer.slice(1) }, next.place, me)
      continue
    }
    const worker = s.work.workers.findIndex((each) => each.phase === 'idle')
    if (worker < 0) return s
    s = { ...s, buffer: s.buffer.slice(1) }
    if (modeOf(me.settings) === 'before') {
      send.push(...ack(next.tag, me.settings))
      s = passed(s, next.place, me)
    }
    s = taken(s, worker, next, me)
  }
  return s
}

function rejectionsOf({ content }: BasicDeliver): number {
  return content.deaths?.find((death) => death.reason === 'rejected')?.count ?? 0
}

function deliver(s: ConsumerState, e: BasicDeliver, me: Self): Out<ConsumerState> {
  const { message } = e.content
  const offset = e.headers?.['x-stream-offset'] ?? e.deliveryTag
  const place = { stream: e.queue, lane: 0, offset }
  const { deliveryTag: tag, redelivered } = e
  const replyTo = e.content.properties?.reply_to ?? ''
  const rejections = rejectionsOf(e)
  const next: Buffered = { message, place, tag, redelivered, rejections, replyTo }
  const seen: Seen = { kind: 'delivered', actor: me.id, group: me.settings.service, message, place }
  const send: Sends = []
  const self = fill({ ...s, buffer: [...s.buffer, next] }, me, send)
  return { self, send, observe: [seen] }
}

/** Nothing more is to be done for it but to acknowledge, where that comes last. */
function finished(before: ConsumerState, worker: number, me: Self): Out<ConsumerState> {
  const s = { ...before, returns: 0 }
  if (modeOf(me.settings) === 'each-after') {
    return { self: { ...s, work: withWorker(s.work, worker, { phase: 'applied' }) } }
  }
  const send: Sends = answers(s, worker)
  return { self: fill(idle(s, worker), me, send), send }
}

/** RPC: whoever asked hears that it is done, before the request is settled; by a line that still stands. */
function answers(s: ConsumerState, worker: number): Sends {
  const replyTo = s.replyTo[worker] ?? ''
  if (replyTo === '' || s.connection !== 'open') return []
  return [['broker', answerTo(itemOf(s.work, worker).message, replyTo, CHANNEL)]]
}

function acknowledge(s: ConsumerState, worker: number, me: Self): Out<ConsumerState> {
  const send = [...answers(s, worker), ...ack(s.tags[worker] ?? 0, me.settings)]
  const { place } = itemOf(s.work, worker)
  return { self: fill(passed(idle(s, worker), place, me), me, send), send }
}

/**
 * The effect has failed for good: sent back, rejected into the dead letters, or passed over. Sent back, a message
 * comes again at once; in a classic queue, and where a nack is no failure, for ever. The model cuts such a loop: the
 * worker then keeps the message.
 */
function failed(s: ConsumerState, worker: number, me: Self): Out<ConsumerState> {
  const { handler, requeue, no_ack, service } = me.settings
  const { message, place } = itemOf(s.work, worker)
  const tag = s.tags[worker] ?? 0
  const channel = CHANNEL
  const told = { channel, deliveryTag: tag }
  const send: Sends = []
  const observe: Seen[] = []
  if (handler.onFailure === 'retry-in-place' && s.returns >= me.settings.mostReturns) {
    return { self: { ...s, work: withWorker(s.work, worker, { phase: 'blocked' }) } }
  }
  const canSettle = !no_ack && tag > 0 && handler.ackPoint === 'after'
  const hasEnough = (s.rejections[worker] ?? 0) >= me.settings['deaths before giving up']
  if (handler.onFailure === 'skip' || hasEnough || !canSettle) {
    const reason = whyPassed(s, worker, hasEnough)
    observe.push({ kind: 'skipped', actor: me.id, group: service, message, place, reason })
    send.push(...(canSettle ? ack(tag, me.settings) : []))
  } else if (handler.onFailure !== 'retry-in-place') {
    send.push(['broker', { kind: 'BasicReject', ...told, requeue: false }])
  } else if (requeue === 'basic.reject') {
    send.push(['broker', { kind: 'BasicReject', ...told, requeue: true }])
  } else send.push(['broker', { kind: 'BasicNack', ...told, multiple: false, requeue: true }])
  const counted = { ...s, returns: s.returns + 1 }
  return { self: fill(idle(counted, worker), me, send), send, observe }
}

/** The client library drops what it has buffered; what is in a worker's hands is seen through, unsettled. */
function disconnected(s: ConsumerState): ConsumerState {
  return { ...s, connection: 'closed', wasOpen: true, buffer: [], tags: s.tags.map(() => 0) }
}

function crash(s: ConsumerState, me: Self): Out<ConsumerState> {
  const seen: Seen = { kind: 'crashed', actor: me.id, holding: holdingOf(s) }
  const fresh = newProcess(me, (s.life + 1) % 8, kept(s, me))
  return {
    self: { ...fresh, process: 'crashed', wrecks: wrecksOf(s) },
    hangUp: ['broker', 'sink', 'dedup'].filter((port) => me.ports.includes(port)),
    observe: [seen],
  }
}

const isOpen = (s: ConsumerState) => s.connection === 'open'
const isConnected = (s: ConsumerState) => s.connection !== 'closed'
const isCancelOk = (e: AmqpEnvelope) => e.kind === 'MethodOk' && e.of === 'BasicCancel'
const isNotClosing = (s: ConsumerState) => s.connection !== 'closing'

const deliveryRules = [
  rule({
    name: 'Connect',
    reads: [
      'networkRecoveryInterval',
      'prefetch_count',
      'no_ack',
      'x-priority',
      'x-stream-offset',
      'offset tracking',
    ],
    cites: 'Java client, automatic connection and topology recovery',
    ready: {
      'it has no connection': (s) => s.connection === 'closed',
      'it is not leaving': (s) => s.leaving === 'no',
    },
    takes: (settings, s) =>
      exactly(s.wasOpen ? settings.networkRecoveryInterval : settings.joinsAtMs),
    then: (s, _e, _x, me) => connect(s, me),
  }),
  rule({
    name: 'ConsumeOk',
    on: ['ChannelOpenOk', 'MethodOk'],
    ready: { 'its channel is not being closed': isNotClosing },
    when: { 'it is no answer to basic.cancel': (_s, e) => !isCancelOk(e) },
    then: (s) => ({ self: { ...s, connection: 'open' } }),
  }),
  rule({
    name: 'BasicCancelOk',
    on: 'MethodOk',
    cites:
      'AMQP 0-9-1, basic.cancel-ok: what was pushed before it has arrived, and nothing follows',
    ready: { 'its channel is not being closed': isNotClosing },
    when: { 'it is the answer to basic.cancel': (_s, e) => isCancelOk(e) },
    then: (s) => ({ self: { ...s, leaving: 'cancelled' } }),
  }),
  rule({
    name: 'DiscardWhileClosing',
    on: ['ChannelOpenOk', 'MethodOk', 'BasicDeliver', 'BasicCancel', 'ChannelClose'],
    cites: 'AMQP 0-9-1, channel.close: whoever sent it discards everything but the answer',
    ready: { 'its channel is being closed': (s) => s.connection === 'closing' },
    then: () => ({}),
  }),
  rule({
    name: 'BasicDeliver',
    on: 'BasicDeliver',
    reads: ['prefetch_count'],
    cites: 'AMQP 0-9-1, basic.deliver: pushed up to the prefetch count',
    ready: { 'its channel is not being closed': isNotClosing },
    then: (s, e, _x, me) => deliver(s, e, me),
  }),
  rule({
    name: 'BasicAck',
    cites: 'Consumer acknowledgements: no answer follows',
    ready: { 'the handler does not hang': (s) => !s.stalled },
    each: (s) => workersIn(s.work, 'applied'),
    then: (s, _e, worker, me) => acknowledge(s, worker, me),
  }),
  rule({
    name: 'ChannelClosed',
    on: 'ChannelClose',
    cites:
      'Delivery tags are of their channel: what it holds can be settled no more; another is opened by the application',
    ready: { 'its channel is not being closed': isNotClosing },
    then: (s, e) => ({
      self: disconnected(s),
      reply: { kind: 'ChannelCloseOk', channel: e.channel } as Envelope,
    }),
  }),
  rule({
    name: 'ConsumerCancelled',
    on: 'BasicCancel',
    cites:
      'Consumer cancel notification; consumer_timeout of quorum queues since 4.3; to begin anew is the application’s choice',
    ready: { 'its channel is not being closed': isNotClosing },
    then: (s) => ({ self: disconnected(s), hangUp: ['broker'] }),
  }),
  rule({
    name: 'Disconnected',
    on: 'ConnectionClosed',
    ready: { 'it was the broker': (_s, me) => me.port === 'broker' },
    then: (s) => ({ self: disconnected(s) }),
  }),
]

const faultRules = [
  rule({
    name: 'Crash',
    fault: { kind: 'crash' },
    then: (s, _e, _x, me) => crash(s, me),
  }),
  rule({
    name: 'Restart',
    anytime: true,
    ready: { 'its process is gone': (s) => s.process !== 'running' },
    takes: (settings) => settings.restartMs,
    then: (s, _e, _x, me) => ({
      self: { ...newProcess(me, s.life, s.position), wasOpen: false },
      observe: [{ kind: 'restarted', actor: me.id, holding: [] } as Seen],
    }),
  }),
  rule({
    name: 'Pause',
    fault: { kind: 'pause' },
    then: (s, _e, _x, me) => ({
      self: { ...s, paused: true },
      send: isConnected(s) ? [['broker', { kind: 'HeartbeatsStop' }]] : [],
      observe: [{ kind: 'paused', actor: me.id, holding: holdingOf(s) } as Seen],
    }),
  }),
  rule({
    name: 'Resume',
    anytime: true,
    ready: { 'it is paused': (s) => s.paused },
    takes: (settings) => settings.pauseMs,
    then: (s, _e, _x, me) => ({
      self: { ...s, paused: false },
      send: isConnected(s) ? [['broker', { kind: 'HeartbeatsResume' }]] : [],
      observe: [{ kind: 'resumed', actor: me.id, holding: holdingOf(s) } as Seen],
    }),
  }),
  rule({
    name: 'StallHandler',
    fault: { kind: 'stall-handler' },
    ready: { 'the handler does not hang': (s) => !s.stalled },
    then: (s) => ({ self: { ...s, stalled: true } }),
  }),
  rule({
    name: 'HandlerGoesOn',
    anytime: true,
    ready: { 'the handler hangs': (s) => s.stalled },
    takes: (settings) => settings.stallMs,
    then: (s) => ({ self: { ...s, stalled: false } }),
  }),
  rule({
    name: 'CloseChannel',
    fault: { kind: 'close-channel' },
    cites: 'AMQP 0-9-1: an error of the application closes the channel; what it held is requeued',
    ready: { 'its channel is open': isOpen },
    then: (s) => ({
      self: { ...disconnected(s), connection: 'closing' },
      send: [
        [
          'broker',
          { kind: 'ChannelClose', channel: CHANNEL, replyCode: 200, replyText: '' } as Envelope,
        ],
      ],
    }),
  }),
  rule({
    name: 'CancelConsumer',
    fault: { kind: 'deploy' },
    cites: 'basic.cancel: nothing is requeued until the channel closes',
    ready: {
      'its channel is open': isOpen,
      'it is not leaving already': (s) => s.leaving === 'no',
    },
    then: (s, _e, _x, me) => ({
      self: { ...s, leaving: 'asked' },
      send: [['broker', { kind: 'BasicCancel', channel: CHANNEL, consumerTag: me.id } as Envelope]],
    }),
  }),
  rule({
    name: 'Leave',
    ready: {
      'it is leaving': (s) => s.leaving !== 'no',
      'no more can be pushed to it': (s) => s.leaving === 'cancelled' || s.connection === 'closed',
      'it holds nothing more': (s) => holdingOf(s).length === 0,
    },
    then: (s, _e, _x, me) => ({
      self: { ...newProcess(me, s.life, kept(s, me)), process: 'left' },
      hangUp: ['broker'],
    }),
  }),
  rule({
    name: 'ChannelCloseOk',
    on: 'ChannelCloseOk',
    then: (s) => ({ self: { ...s, connection: 'closed' } }),
  }),
  rule({
    name: 'ProcessGone',
    on: [
      'ConnectionClosed',
      'ChannelOpenOk',
      'ChannelCloseOk',
      'MethodOk',
      'BasicDeliver',
      'BasicCancel',
      'ChannelClose',
    ],
    anytime: true,
    cites: 'TCP: what comes for a dead process is dropped by its machine',
    ready: { 'its process is gone': (s) => s.process !== 'running' },
    then: () => ({}),
  }),
]

export const consumer: Kind<ConsumerState, ConsumerSettings> = {
  name: 'RabbitMQ consumer',
  init: (me) => newProcess(me, 0),
  active: {
    'the process is running': (s) => s.process === 'running',
    'it is not paused': (s) => !s.paused,
  },
  silent: clientSilent,
  stages: (s) => stagesOfWork(s.work),
  rules: claiming(consumerClaims, [
    ...handlerRules({ finished, failed }),
    ...deliveryRules,
    ...faultRules,
  ]),
}
