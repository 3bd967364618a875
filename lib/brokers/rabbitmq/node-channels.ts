// What the node does with the methods that open, shape and close: channels, exchanges, queues, bindings.
import { closeChannel } from './channels.ts'
import {
  answer,
  bindExchange,
  bindQueue,
  declareExchange,
  declareQueue,
  deleteExchange,
  deleteOrPurge,
  reply,
} from './declare.ts'
import { failed } from './errors.ts'
import { channelOf, open, rule, turned } from './node-rule.ts'
import type { Channel } from './node-state.ts'
import { NEW_CHANNEL, setChannel, type Turn } from './turn.ts'

function openChannel(turn: Turn, port: string, number: number): void {
  const connections = { [port]: { channels: {} }, ...turn.s.connections }
  turn.s = { ...turn.s, connections }
  setChannel(turn, port, number, NEW_CHANNEL)
  turn.send.push([port, { kind: 'ChannelOpenOk', channel: number }])
}

export const shapeRules = [
  rule({
    name: 'ChannelOpen',
    on: 'ChannelOpen',
    cites: 'AMQP 0-9-1, channel.open',
    then: (s, e, _x, me) => turned(s, me, (turn) => openChannel(turn, me.port, e.channel)),
  }),
  rule({
    name: 'ChannelClose',
    on: 'ChannelClose',
    cites: 'AMQP 0-9-1, channel.close: what it holds unacknowledged is requeued',
    when: open,
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => {
        closeChannel(turn, me.port, e.channel)
        turn.send.push([me.port, { kind: 'ChannelCloseOk', channel: e.channel }])
      }),
  }),
  rule({
    name: 'ChannelCloseOk',
    on: 'ChannelCloseOk',
    when: {
      'the broker has closed the channel': (s, e, _x, me) => channelOf(s, e, me)?.closing === true,
    },
    then: (s, e, _x, me) => turned(s, me, (turn) => closeChannel(turn, me.port, e.channel)),
  }),
  rule({
    name: 'ConfirmSelect',
    on: 'ConfirmSelect',
    cites: 'Publisher confirms',
    when: open,
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => {
        const channel = channelOf(s, e, me) as Channel
        if (channel.transaction !== null) {
          answer(turn, me.port, e, failed('cannot switch from tx to confirm mode'))
          return
        }
        setChannel(turn, me.port, e.channel, { ...channel, nextConfirm: channel.nextConfirm || 1 })
        reply(turn, me.port, e)
      }),
  }),
  rule({
    name: 'ExchangeDeclare',
    on: 'ExchangeDeclare',
    when: open,
    then: (s, e, _x, me) => turned(s, me, (turn) => declareExchange(turn, me.port, e)),
  }),
  rule({
    name: 'ExchangeDelete',
    on: 'ExchangeDelete',
    cites: 'AMQP 0-9-1, exchange.delete: if-unused',
    when: open,
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => answer(turn, me.port, e, deleteExchange(turn, e))),
  }),
  rule({
    name: 'ExchangeBind',
    on: ['ExchangeBind', 'ExchangeUnbind'],
    cites: 'Exchange to exchange bindings',
    when: open,
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => answer(turn, me.port, e, bindExchange(turn, e))),
  }),
  rule({
    name: 'QueueDeclare',
    on: 'QueueDeclare',
    cites: 'Queues: property equivalence; an argument of another queue type is refused',
    when: open,
    then: (s, e, _x, me) => turned(s, me, (turn) => declareQueue(turn, me.port, e)),
  }),
  rule({
    name: 'QueueBind',
    on: ['QueueBind', 'QueueUnbind'],
    when: open,
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => answer(turn, me.port, e, bindQueue(turn, me.port, e))),
  }),
  rule({
    name: 'QueueDelete',
    on: ['QueueDelete', 'QueuePurge'],
    cites: 'Consumer cancel notification',
    when: open,
    then: (s, e, _x, me) => turned(s, me, (turn) => deleteOrPurge(turn, me.port, e)),
  }),
]
