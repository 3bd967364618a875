// How connections end: closed, silent for too long, or with the node itself; and how a node is while it is down.
import { closeConnection } from './channels.ts'
import { rule, turned } from './node-rule.ts'
import { CHANNEL_METHODS } from './protocol.ts'
import { goDown } from './restart.ts'
import { turnOf } from './turn.ts'

/**
 * rabbit_heartbeat looks once in each timeout, and gives up when it has seen nothing new twice in a row: two to three
 * timeouts after the last sign. That came up to half a timeout before the silence, for so often clients beat.
 */
const UNHEARD = [1.5, 3] as const

export const connectionRules = [
  rule({
    name: 'ConnectionClosed',
    on: 'ConnectionClosed',
    cites: 'A socket that is closed: its channels end at once, what they held is requeued',
    then: (s, _e, _x, me) => turned(s, me, (turn) => closeConnection(turn, me.port)),
  }),
  rule({
    name: 'HeartbeatsStop',
    on: 'HeartbeatsStop',
    cites: 'Heartbeats: silence is no closing',
    when: {
      'the connection is open': (s, _e, _x, me) => s.connections[me.port] !== undefined,
    },
    then: (s, _e, _x, me) => ({ self: { ...s, silent: [...s.silent, me.port].sort() } }),
  }),
  rule({
    name: 'HeartbeatsResume',
    on: 'HeartbeatsResume',
    then: (s, _e, _x, me) => ({
      self: { ...s, silent: s.silent.filter((port) => port !== me.port) },
    }),
  }),
  rule({
    name: 'DiscardHeartbeatsStop',
    on: 'HeartbeatsStop',
    when: {
      'the connection is gone': (s, _e, _x, me) => s.connections[me.port] === undefined,
    },
    then: () => ({}),
  }),
  rule({
    name: 'HeartbeatTimeoutExpires',
    reads: ['heartbeat'],
    cites: 'Heartbeats: a peer that misses two counts as gone and its connection is closed',
    timer: true,
    each: (s) => s.silent,
    takes: ({ heartbeat }) => [UNHEARD[0] * heartbeat * 1000, UNHEARD[1] * heartbeat * 1000],
    then: (s, _e, port, me) =>
      turned(s, me, (turn) => {
        closeConnection(turn, port)
        turn.hangUp.push(port)
      }),
  }),
]

const EVERYTHING = [
  'ChannelOpen',
  'ChannelClose',
  'ChannelCloseOk',
  ...CHANNEL_METHODS,
  'HeartbeatsStop',
  'HeartbeatsResume',
  'ConnectionClosed',
] as const

export const faultRules = [
  rule({
    name: 'RestartNode',
    fault: { kind: 'restart-broker' },
    cites: 'Durability: durable queues and persistent messages survive a restart of the node',
    then: (s, _e, _x, me) => {
      const turn = turnOf(s, me)
      goDown(turn)
      turn.observe.push({ kind: 'crashed', actor: me.id, holding: [] })
      return { self: turn.s, hangUp: true, observe: turn.observe }
    },
  }),
  rule({
    name: 'NodeStarts',
    anytime: true,
    ready: { 'the node is down': (s) => !s.up },
    takes: (settings) => settings.restartMs,
    then: (s, _e, _x, me) =>
      turned({ ...s, up: true }, me, (turn) => {
        for (const name in turn.s.queues) turn.stirred.add(name)
        turn.observe.push({ kind: 'restarted', actor: me.id, holding: [] })
      }),
  }),
  rule({
    name: 'RefuseConnection',
    on: 'ChannelOpen',
    anytime: true,
    cites: 'TCP: connection refused',
    ready: { 'the node is down': (s) => !s.up },
    then: () => ({ reply: { kind: 'ConnectionClosed' } }),
  }),
  rule({
    name: 'NodeGone',
    on: EVERYTHING.filter((kind) => kind !== 'ChannelOpen'),
    anytime: true,
    cites: 'TCP: what comes for a dead process is dropped by its machine',
    ready: { 'the node is down': (s) => !s.up },
    then: () => ({}),
  }),
]
