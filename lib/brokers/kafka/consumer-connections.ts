// Cut connections: everything in flight both ways is gone, the client connects again and asks again for
// what it still waits for. An asynchronous commit is not sent again.
import { workersIn } from '../../clients/handler.ts'
import type { Out } from '../../engine/types.ts'
import { commitsCutOff } from './consumer-commit.ts'
import { metadataFor } from './consumer-election.ts'
import { beatFor, isBeating, joinFor } from './consumer-group.ts'
import { asideNode, sendAside } from './consumer-handler-aside.ts'
import { offsetFetchFor } from './consumer-lanes.ts'
import { fullBeat, isModern } from './consumer-membership.ts'
import { rule } from './consumer-rule.ts'
import {
  type ConsumerState,
  fetchFor,
  listOffsetsFor,
  nodeOf,
  type Self,
  type Sends,
} from './consumer-state.ts'

function askNodeAgain(s: ConsumerState, me: Self): Out<ConsumerState> {
  const { settings, port } = me
  const send: Sends = []
  for (const lane of s.lanes) {
    if (nodeOf(s, settings, lane) !== port) continue
    if (lane.fetch === 'sent') send.push(...fetchFor(s, settings, lane))
    if (lane.state === 'listing') send.push(...listOffsetsFor(s, settings, lane))
  }
  // Whether the record was appended is not known: sending it again may write it twice.
  if (asideNode(settings) === port) {
    for (const worker of workersIn(s.work, 'parking')) {
      send.push(...(sendAside(s, worker, settings).send ?? []))
    }
  }
  return { self: s.stale ? s : { ...s, stale: true }, send }
}

/** It says all it has to say again; whether its leaving arrived, it will learn when it joins. */
function askAnew(s: ConsumerState, me: Self): Out<ConsumerState> {
  const { phase } = s.group
  const send: Sends = []
  if (phase === 'joining' || isBeating(s)) send.push(['coordinator', fullBeat(s, me)])
  const ask = offsetFetchFor(s.lanes)
  if (ask !== null) send.push(['coordinator', ask])
  if (phase !== 'leaving') return { self: s, send }
  return { self: { ...s, group: { ...s.group, phase: 'unjoined' } }, send }
}

/** A member whose SyncGroup was cut off joins again (AbstractCoordinator: the coordinator was lost). */
function askCoordinatorAgain(s: ConsumerState, me: Self): Out<ConsumerState> {
  const self = commitsCutOff(s, me)
  const { phase } = self.group
  const send: Sends = []
  if (isModern(me)) return askAnew(self, me)
  if (phase === 'joining') send.push(['coordinator', joinFor(self, me)])
  if (isBeating(self)) send.push(['coordinator', beatFor(self, me)])
  const ask = offsetFetchFor(self.lanes)
  if (ask !== null) send.push(['coordinator', ask])
  if (phase !== 'syncing') return { self, send }
  return { self: { ...self, group: { ...self.group, phase: 'stable', rejoin: true } }, send }
}

export const connectionRules = [
  rule({
    name: 'ReconnectToNode',
    on: 'ConnectionClosed',
    reads: ['retry.backoff.ms'],
    ready: { 'it was a broker node': (_s, me) => me.settings.nodes.includes(me.port) },
    takes: (settings) => [settings['retry.backoff.ms'], settings['retry.backoff.ms']],
    then: (s, _e, _x, me) => askNodeAgain(s, me),
  }),
  rule({
    name: 'ReconnectToCoordinator',
    on: 'ConnectionClosed',
    reads: ['retry.backoff.ms'],
    cites: 'AbstractCoordinator: a member keeps its id and generation over a reconnect',
    ready: { 'it was the coordinator': (_s, me) => me.port === 'coordinator' },
    takes: (settings) => [settings['retry.backoff.ms'], settings['retry.backoff.ms']],
    then: (s, _e, _x, me) => askCoordinatorAgain(s, me),
  }),
  rule({
    name: 'ReconnectToController',
    on: 'ConnectionClosed',
    reads: ['retry.backoff.ms'],
    ready: { 'it was the controller': (_s, me) => me.port === 'controller' },
    takes: (settings) => [settings['retry.backoff.ms'], settings['retry.backoff.ms']],
    then: (s) => ({
      send: Object.keys(s.partitions).map((topic) => [
        'controller',
        metadataFor(topic, s.metadata[topic]?.epochs ?? []),
      ]),
    }),
  }),
]
