// A share consumer as a member of its group: it starts, joins when it first polls, hears of its partitions with
// its heartbeats, leaves.
import { inHand } from '../../clients/handler.ts'
import type { Envelope, Out } from '../../engine/types.ts'
import { mayTakeLonger } from './consumer-group.ts'
import type { MetadataResponse } from './protocol.ts'
import type { LeaveShareGroup, ShareAcknowledge, ShareGroupHeartbeat } from './protocol-share.ts'
import { rule } from './share-consumer-rule.ts'
import {
  aboutOf,
  forNode,
  mayPoll,
  newProcess,
  type Self,
  type Sends,
  type ShareConsumerState,
} from './share-consumer-state.ts'

export function metadataFor(topic: string, known: readonly number[]): Envelope {
  return { kind: 'Metadata', about: topic, topic, known } as Envelope
}

export function start(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  return {
    self: { ...newProcess(me, s.life, s.ids), process: 'running' },
    send: [['controller', metadataFor(me.settings.topic, [])]],
  }
}

function learn(s: ShareConsumerState, e: MetadataResponse): Out<ShareConsumerState> {
  const { topic, leaders, epochs } = e
  const metadata = { ...s.metadata, [topic]: { leaders, epochs } }
  return { self: { ...s, metadata }, reply: metadataFor(topic, epochs) }
}

export function heartbeatFor(s: ShareConsumerState, me: Self): ShareGroupHeartbeat {
  const { member, assigned } = s
  const topics = [me.settings.topic]
  return { kind: 'ShareGroupHeartbeat', about: member, member, topics, assigned }
}

function leaveFor(s: ShareConsumerState, reason: string): LeaveShareGroup {
  const { member } = s
  return { kind: 'LeaveShareGroup', about: member, member, reason }
}

/**
 * close(): what the application has acknowledged is told with the end of each session; what it has not, in
 * implicit mode all that the last poll returned, is given back.
 */
function close(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const { settings } = me
  const said = s.hand.flatMap((record) =>
    record.acknowledged === null ? [] : [{ record, type: record.acknowledged }],
  )
  const send: Sends = s.sessions.map((node) => {
    const last: ShareAcknowledge = {
      kind: 'ShareAcknowledge',
      about: aboutOf(said),
      group: settings.service,
      member: s.member,
      acknowledgements: forNode(s, settings, said, node),
      final: true,
      awaited: false,
    }
    return [node, last] as const
  })
  if (s.joined) send.push(['coordinator', leaveFor(s, 'the consumer is being closed')])
  return { self: { ...newProcess(me, s.life + 1, s.ids + 1), process: 'left' }, send }
}

const isOwn = (s: ShareConsumerState, e: { readonly member: string }) =>
  s.joined && e.member === s.member

const exactly = (ms: number) => [ms, ms] as const

export const groupRules = [
  rule({
    name: 'Start',
    anytime: true,
    ready: { 'it has not been started yet': (s) => s.process === 'waiting' },
    takes: (settings) => exactly(settings.joinsAtMs),
    then: (s, _e, _x, me) => start(s, me),
  }),
  rule({
    name: 'MetadataResponse',
    on: 'MetadataResponse',
    reads: ['metadata.max.age.ms'],
    cites: 'MetadataRequest: who leads the partitions',
    takes: (settings, s, e) => [
      0,
      s.metadata[e.topic] === undefined ? 0 : settings['metadata.max.age.ms'],
    ],
    then: (s, e) => learn(s, e),
  }),
  rule({
    name: 'JoinShareGroup',
    cites: 'KIP-932: ShareGroupHeartbeat with member epoch 0, once the application polls',
    ready: { 'it is no member': (s) => !s.joined, 'its thread is free to poll': mayPoll },
    then: (s, _e, _x, me) => {
      const self = { ...s, joined: true, assigned: {} }
      return { self, send: [['coordinator', heartbeatFor(self, me)]] }
    },
  }),
  rule({
    name: 'ShareGroupHeartbeatResponse',
    on: 'ShareGroupHeartbeatResponse',
    cites: 'ShareMembershipManager: no callback, nothing to give up first',
    when: { 'it is meant for this member': isOwn },
    then: (s, e, _x, me) => {
      const self = { ...s, assigned: e.assigned }
      return { self, reply: heartbeatFor(self, me) }
    },
  }),
  rule({
    name: 'IgnoreShareGroupHeartbeatResponse',
    on: 'ShareGroupHeartbeatResponse',
    when: { 'it is meant for another member, or for one that left': (s, e) => !isOwn(s, e) },
    then: () => ({}),
  }),
  rule({
    name: 'PollIntervalExceeded',
    reads: ['max.poll.interval.ms'],
    cites: 'ShareHeartbeatRequestManager: the poll timer has expired, the member leaves',
    timer: true,
    ready: {
      'it is a member': (s) => s.joined,
      'its thread has not come back to poll': (s) => s.stalled || inHand(s.work),
    },
    usual: (s, _e, _x, me) => s.stalled || mayTakeLonger(s, me.settings),
    takes: (settings) => exactly(settings['max.poll.interval.ms']),
    then: (s) => ({
      self: { ...s, joined: false, assigned: {} },
      send: [['coordinator', leaveFor(s, 'max.poll.interval.ms exceeded')]],
    }),
  }),
  rule({
    name: 'Close',
    cites: 'ShareConsumerImpl.close: acknowledges what the application has, and leaves the group',
    ready: {
      'it is being closed': (s) => s.closing,
      'the handler has finished its records': (s) => !inHand(s.work) && !s.stalled,
    },
    then: (s, _e, _x, me) => close(s, me),
  }),
]
