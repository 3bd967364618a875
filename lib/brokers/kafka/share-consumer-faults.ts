// What can happen to a share consumer's process and to its connections, and how it comes back.

import { holding, workersIn } from '../../clients/handler.ts'
import { processRules } from '../../clients/process-rules.ts'
import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { wrecksOf } from './consumer-faults.ts'
import { asideNode, sendAside } from './consumer-handler-aside.ts'
import type { ShareGroupHeartbeatsStop } from './protocol-share.ts'
import { cutOff } from './share-consumer-acknowledge.ts'
import { heartbeatFor, metadataFor, start } from './share-consumer-group.ts'
import { rule } from './share-consumer-rule.ts'
import {
  newProcess,
  type Self,
  type Sends,
  type ShareConsumerSettings,
  type ShareConsumerState,
} from './share-consumer-state.ts'

function crash(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const wrecks = wrecksOf(s.work)
  const seen: Seen = { kind: 'crashed', actor: me.id, holding: holding(s.work) }
  const self = newProcess(me, s.life + 1, s.ids + 1)
  return { self: { ...self, process: 'crashed', wrecks }, hangUp: true, observe: [seen] }
}

function restart(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const seen: Seen = { kind: 'restarted', actor: me.id, holding: [] }
  return { ...start(s, me), hangUp: true, observe: [seen] }
}

function pause(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const { member, joined } = s
  const stop: ShareGroupHeartbeatsStop = { kind: 'ShareGroupHeartbeatsStop', about: member, member }
  return {
    self: { ...s, paused: true },
    send: joined ? [['coordinator', stop]] : [],
    observe: [{ kind: 'paused', actor: me.id, holding: holding(s.work) } as Seen],
  }
}

function resume(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  return {
    self: { ...s, paused: false },
    send: beats(s, me),
    observe: [{ kind: 'resumed', actor: me.id, holding: holding(s.work) } as Seen],
  }
}

const beats = (s: ShareConsumerState, me: Self): Sends =>
  s.joined ? [['coordinator', heartbeatFor(s, me)]] : []

/** Whether a record put aside was appended is not known: sending it again may write it twice. */
function reconnect(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const { self = s, observe = [] } = cutOff(s, me)
  const send: Sends = []
  if (asideNode(me.settings) === me.port) {
    for (const worker of workersIn(s.work, 'parking')) {
      send.push(...(sendAside(self, worker, me.settings).send ?? []))
    }
  }
  return { self, send, observe }
}

const backoff = (settings: { readonly 'retry.backoff.ms': number }) =>
  [settings['retry.backoff.ms'], settings['retry.backoff.ms']] as const

export const faultRules = [
  ...processRules<ShareConsumerState, ShareConsumerSettings>({ crash, restart, pause, resume }),
  rule({
    name: 'ReconnectToNode',
    on: 'ConnectionClosed',
    reads: ['retry.backoff.ms'],
    cites: 'ShareSessionHandler.handleError: the next fetch opens a new share session',
    ready: { 'it was a broker node': (_s, me) => me.settings.nodes.includes(me.port) },
    takes: backoff,
    then: (s, _e, _x, me) => reconnect(s, me),
  }),
  rule({
    name: 'ReconnectToCoordinator',
    on: 'ConnectionClosed',
    reads: ['retry.backoff.ms'],
    ready: { 'it was the coordinator': (_s, me) => me.port === 'coordinator' },
    takes: backoff,
    then: (s, _e, _x, me) => ({ send: beats(s, me) }),
  }),
  rule({
    name: 'ReconnectToController',
    on: 'ConnectionClosed',
    reads: ['retry.backoff.ms'],
    ready: { 'it was the controller': (_s, me) => me.port === 'controller' },
    takes: backoff,
    then: (s, _e, _x, me) => {
      const { topic } = me.settings
      return { send: [['controller', metadataFor(topic, s.metadata[topic]?.epochs ?? [])]] }
    },
  }),
]
