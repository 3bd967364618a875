// The publisher: an application that publishes each event of its workload to an exchange, and the client
// library under it, which opens a lost connection again but does not publish again by itself.
import type { Message, Seen } from '../../clients/types.ts'
import { messageAt, resent, type Workload } from '../../clients/workload.ts'
import { claiming, ruleFor } from '../../engine/rule.ts'
import type { Envelope, Kind, Me, Out, Range, Stage } from '../../engine/types.ts'
import { clientSilent, publisherClaims } from './commuting.ts'
import type { AmqpEnvelope, BasicPublish, BasicReturn, Properties } from './protocol.ts'
import { awaiting, openAnswers, requestProperties, requestRules } from './requests.ts'
import type { PublisherConfig } from './settings.ts'

export interface PublisherSettings extends PublisherConfig {
  readonly exchange: string
  readonly workload: Workload
  /** The application sends what is unconfirmed again under a new event id. */
  readonly resendsWithNewId: boolean
  readonly startsAtMs: number
  readonly restartMs: Range
  readonly pauseMs: Range
}

export interface Unconfirmed {
  readonly tag: number
  readonly message: Message
  /** It came back: the confirm that follows says only that the broker is done with it. */
  readonly returned?: true
}

export interface PublisherState {
  readonly life: 'running' | 'paused' | 'crashed'
  readonly connection: 'closed' | 'opening' | 'open'
  /** It has been connected before: it waits before it tries again. */
  readonly wasOpen: boolean
  /** Position in the workload. */
  readonly next: number
  /** The sequence number of its next publish on this channel. */
  readonly nextTag: number
  readonly unconfirmed: readonly Unconfirmed[]
  /** To be published again, and how often each was. */
  readonly outbox: readonly Message[]
  /** RPC: published, and not answered yet. */
  readonly waiting: readonly Message[]
}

type Self = Me<PublisherSettings>
const rule = ruleFor<PublisherState, PublisherSettings, AmqpEnvelope>()
const CHANNEL = 1
const exactly = (ms: number): Range => [ms, ms]

function newPublisher(next: number, outbox: readonly Message[]): PublisherState {
  return {
    life: 'running',
    connection: 'closed',
    wasOpen: false,
    next,
    nextTag: 1,
    unconfirmed: [],
    outbox,
    waiting: [],
  }
}

function connect(s: PublisherState, me: Self): Out<PublisherState> {
  const open: Envelope[] = [{ kind: 'ChannelOpen', channel: CHANNEL } as Envelope]
  if (me.settings['confirm.select'])
    open.push({ kind: 'ConfirmSelect', channel: CHANNEL } as Envelope)
  open.push(...openAnswers(me, CHANNEL))
  return {
    self: { ...s, connection: 'opening', nextTag: 1 },
    send: open.map((envelope) => ['broker', envelope] as const),
  }
}

function propertiesOf(message: Message, me: Self): Properties {
  const { delivery_mode, expiration } = me.settings
  const own = { delivery_mode, message_id: message.id, ...requestProperties(message, me) }
  return expiration < 0 ? own : { ...own, expiration: String(expiration) }
}

/** Its n-th event has its n-th number, however often it is published: that is what a stream goes by. */
function numberOf({ n }: Message, me: Self): NonNullable<BasicPublish['publisher']> {
  return { reference: me.id, publishingId: n - me.settings.workload.firstN }
}

function publish(before: PublisherState, message: Message, me: Self): Out<PublisherState> {
  const { settings } = me
  const s = awaiting(before, message, me)
  const envelope: BasicPublish = {
    kind: 'BasicPublish',
    about: message.id,
    channel: CHANNEL,
    exchange: settings.exchange,
    routingKey: message.type,
    mandatory: settings.mandatory,
    properties: propertiesOf(message, me),
    message,
    ...(settings['publisher reference'] ? { publisher: numberOf(message, me) } : {}),
  }
  const base = { actor: me.id, message }
  const sent: Seen = { ...base, kind: 'sent', stream: settings.exchange, lane: 0, attempt: 1 }
  // Without confirms the application takes it for safe as soon as it is written to the socket.
  const believed: Seen = { ...base, kind: 'acknowledged', place: null }
  if (!settings['confirm.select']) {
    return { self: s, send: [['broker', envelope]], observe: [sent, believed] }
  }
  const unconfirmed = [...s.unconfirmed, { tag: s.nextTag, message }]
  const self = { ...s, nextTag: s.nextTag + 1, unconfirmed }
  return { self, send: [['broker', envelope]], observe: [sent] }
}

function find(s: PublisherState, tag: number): Unconfirmed | undefined {
  return s.unconfirmed.find((each) => each.tag === tag)
}

function confirmed(s: PublisherState, tag: number, me: Self): Out<PublisherState> {
  const { message, returned } = find(s, tag) as Unconfirmed
  const seen: Seen = { kind: 'acknowledged', actor: me.id, message, place: null }
  return { self: without(s, tag), observe: returned ? [] : [seen] }
}

function without(s: PublisherState, tag: number): PublisherState {
  return { ...s, unconfirmed: s.unconfirmed.filter((each) => each.tag !== tag) }
}

/** No queue took it: the application knows that, whatever is confirmed of it afterwards. */
function returned(s: PublisherState, back: BasicReturn, me: Self): Out<PublisherState> {
  const { message, replyCode, replyText } = back
  const unconfirmed = s.unconfirmed.map((each) =>
    each.message.id === message.id ? { ...each, returned: true as const } : each,
  )
  const reason = `${replyCode} ${replyText}`
  const seen: Seen = { kind: 'refused', actor: me.id, message, reason, final: true }
  return { self: { ...s, unconfirmed }, observe: [seen] }
}

/** What the application does with messages that it knows nothing of: publishes them again, or gives up. */
function unsettled(s: PublisherState, messages: readonly Message[], me: Self): PublisherState {
  const { republish, resendsWithNewId } = me.settings
  if (!republish) return s
  const again = resendsWithNewId ? messages.map(resent) : messages
  return { ...s, outbox: [...s.outbox, ...again] }
}

function refused(s: PublisherState, tag: number, me: Self): Out<PublisherState> {
  const { message } = find(s, tag) as Unconfirmed
  const final = !me.settings.republish
  const seen: Seen = { kind: 'refused', actor: me.id, message, reason: 'basic.nack', final }
  return { self: unsettled(without(s, tag), [message], me), observe: [seen] }
}

/** Connection or channel lost: whether the broker has stored what is unconfirmed nobody can tell, but what came back. */
function disconnected(s: PublisherState, me: Self): PublisherState {
  const lost = s.unconfirmed.filter((each) => !each.returned).map((each) => each.message)
  const closed = { ...s, connection: 'closed', wasOpen: true, unconfirmed: [] } as const
  const waiting = me.settings.republish
    ? s.waiting.filter(({ id }) => !lost.some((each) => each.id === id))
    : s.waiting
  return unsettled({ ...closed, waiting }, lost, me)
}

function crash(s: PublisherState, me: Self): Out<PublisherState> {
  const kept = disconnected(s, me)
  const holding = s.unconfirmed.map((each) => each.message.id)
  const seen: Seen = { kind: 'crashed', actor: me.id, holding }
  const self = { ...newPublisher(s.next, kept.outbox), life: 'crashed' } as const
  return { self, hangUp: true, observe: [seen] }
}

const isOpen = { 'its channel is open': (s: PublisherState) => s.connection === 'open' }
const NONE: readonly number[] = []
const FIRST: readonly number[] = [0]

const publisherRules = [
  rule({
    name: 'Connect',
    reads: ['networkRecoveryInterval', 'confirm.select'],
    cites: 'Java client, automatic connection recovery',
    ready: { 'it has no connection': (s) => s.connection === 'closed' },
    takes: (settings, s) =>
      exactly(s.wasOpen ? settings.networkRecoveryInterval : settings.startsAtMs),
    then: (s, _e, _x, me) => connect(s, me),
  }),
  rule({
    name: 'ChannelOpenOk',
    on: 'ChannelOpenOk',
    then: (s) => ({ self: { ...s, connection: 'open' } }),
  }),
  rule({ name: 'ConfirmSelectOk', on: 'MethodOk', then: () => ({}) }),
  rule({
    name: 'Publish',
    reads: ['delivery_mode', 'mandatory', 'expiration', 'confirm.select', 'publisher reference'],
    cites: 'AMQP 0-9-1, basic.publish',
    ready: isOpen,
    each: (s) => [s.next],
    when: {
      'there is more to publish': (_s, _e, i, me) => i < me.settings.workload.count,
      'what it numbers goes out in order': (s, _e, _i, me) =>
        s.outbox.length === 0 || !me.settings['publisher reference'],
    },
    takes: (settings) => settings.workload.everyMs,
    then: (s, _e, i, me) => publish({ ...s, next: i + 1 }, messageAt(me.settings.workload, i), me),
  }),
  rule({
    name: 'PublishAgain',
    cites: 'Publishers: what is not confirmed is for the application to publish again',
    reads: ['republish'],
    ready: isOpen,
    each: (s) => (s.outbox.length > 0 ? FIRST : NONE),
    about: (s) => s.outbox[0]?.id ?? '',
    takes: () => [400, 600],
    then: (s, _e, _x, me) =>
      publish({ ...s, outbox: s.outbox.slice(1) }, s.outbox[0] as Message, me),
  }),
  rule({
    name: 'Confirmed',
    on: 'BasicAck',
    cites: 'Publisher confirms: every queue it was routed to has it; or none was to have it',
    when: { 'it waits for this confirm': (s, e) => find(s, e.deliveryTag) !== undefined },
    then: (s, e, _x, me) => confirmed(s, e.deliveryTag, me),
  }),
  rule({
    name: 'Refused',
    on: 'BasicNack',
    cites: 'Publisher confirms: some queue did not take it',
    when: { 'it waits for this confirm': (s, e) => find(s, e.deliveryTag) !== undefined },
    then: (s, e, _x, me) => refused(s, e.deliveryTag, me),
  }),
  rule({
    name: 'Returned',
    on: 'BasicReturn',
    reads: ['mandatory'],
    cites: 'Publisher confirms: an unroutable mandatory message is returned, then confirmed',
    then: (s, e, _x, me) => returned(s, e, me),
  }),
  rule({
    name: 'ChannelClosed',
    on: 'ChannelClose',
    then: (s, e, _x, me) => ({
      self: disconnected(s, me),
      reply: { kind: 'ChannelCloseOk', channel: e.channel } as Envelope,
    }),
  }),
  rule({
    name: 'Disconnected',
    on: 'ConnectionClosed',
    cites: 'Publisher confirms: unconfirmed messages may be stored or not',
    then: (s, _e, _x, me) => ({ self: disconnected(s, me) }),
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
    ready: { 'it has crashed': (s) => s.life === 'crashed' },
    takes: (settings) => settings.restartMs,
    then: (s, _e, _x, me) => ({
      self: { ...s, life: 'running' },
      observe: [{ kind: 'restarted', actor: me.id, holding: [] } as Seen],
    }),
  }),
  rule({
    name: 'Pause',
    fault: { kind: 'pause' },
    then: (s, _e, _x, me) => ({
      self: { ...s, life: 'paused' },
      send: s.connection === 'closed' ? [] : [['broker', { kind: 'HeartbeatsStop' }]],
      observe: [{ kind: 'paused', actor: me.id, holding: [] } as Seen],
    }),
  }),
  rule({
    name: 'Resume',
    anytime: true,
    ready: { 'it is paused': (s) => s.life === 'paused' },
    takes: (settings) => settings.pauseMs,
    then: (s, _e, _x, me) => ({
      self: { ...s, life: 'running' },
      send: s.connection === 'closed' ? [] : [['broker', { kind: 'HeartbeatsResume' }]],
      observe: [{ kind: 'resumed', actor: me.id, holding: [] } as Seen],
    }),
  }),
  rule({
    name: 'ProcessGone',
    on: [
      'ConnectionClosed',
      'ChannelOpenOk',
      'MethodOk',
      'BasicAck',
      'BasicNack',
      'BasicReturn',
      'BasicDeliver',
      'ChannelClose',
    ],
    anytime: true,
    cites: 'TCP: what comes for a dead process is dropped by its machine',
    ready: { 'it has crashed': (s) => s.life === 'crashed' },
    then: () => ({}),
  }),
]

/** sending: to be published again. sent: on the wire or unconfirmed. */
function stages(s: PublisherState): readonly Stage[] {
  return [
    ...s.outbox.map((message) => ({ stage: 'sending', about: message.id })),
    ...s.unconfirmed.map(({ message }) => ({ stage: 'sent', about: message.id })),
  ]
}

export const publisherKind: Kind<PublisherState, PublisherSettings> = {
  name: 'RabbitMQ publisher',
  init: () => newPublisher(0, []),
  active: { 'it is running': (s) => s.life === 'running' },
  silent: clientSilent,
  stages,
  rules: claiming(publisherClaims, [...publisherRules, ...requestRules, ...faultRules]),
}
