// What the node does with messages: publishing, consuming, settling, and what it discards.
import { cancelConsumer } from './channels.ts'
import { consume, get, setQos } from './consume.ts'
import { answer, reply } from './declare.ts'
import { itemsOf } from './list.ts'
import { channelOf, open, openAndPlain, rule, turned } from './node-rule.ts'
import type { Channel } from './node-state.ts'
import { CHANNEL_METHODS } from './protocol.ts'
import { publish } from './publish.ts'
import { without } from './settle.ts'
import { settleInGroups } from './settle-groups.ts'
import {
  doTransaction,
  howOf,
  putOffPublish,
  putOffSettling,
  type Settling,
  settledBy,
} from './transaction.ts'
import { channelIn, NEW_CHANNEL, setChannel, type Turn } from './turn.ts'

function settleNamed(turn: Turn, port: string, e: Settling): void {
  const all = settledBy(turn, port, e)
  if (all === null) return
  const channel = channelIn(turn.s, port, e.channel) as Channel
  setChannel(turn, port, e.channel, { ...channel, unacked: without(channel.unacked, all) })
  settleInGroups(turn, { port, channel: e.channel }, all, howOf(e))
}

function recover(turn: Turn, port: string, number: number): void {
  const channel = channelIn(turn.s, port, number) as Channel
  const all = itemsOf(channel.unacked)
  setChannel(turn, port, number, { ...channel, unacked: NEW_CHANNEL.unacked })
  settleInGroups(turn, { port, channel: number }, all, 'recover')
}

export const messageRules = [
  rule({
    name: 'BasicPublish',
    on: 'BasicPublish',
    reads: ['x-max-length', 'x-overflow', 'x-message-ttl', 'x-max-priority', 'mandatory'],
    cites: 'Publisher confirms; unroutable messages; queue length limit',
    when: openAndPlain,
    then: (s, e, _x, me) => turned(s, me, (turn) => publish(turn, me.port, e)),
  }),
  rule({
    name: 'BasicQos',
    on: 'BasicQos',
    reads: ['prefetch_count'],
    cites: 'Consumer prefetch',
    when: open,
    then: (s, e, _x, me) => turned(s, me, (turn) => setQos(turn, me.port, e)),
  }),
  rule({
    name: 'BasicConsume',
    on: 'BasicConsume',
    reads: ['x-priority', 'x-single-active-consumer', 'exclusive'],
    cites: 'Consumers; consumer priorities; single active consumer',
    when: open,
    then: (s, e, _x, me) => turned(s, me, (turn) => consume(turn, me.port, e)),
  }),
  rule({
    name: 'BasicCancel',
    on: 'BasicCancel',
    cites: 'AMQP 0-9-1, basic.cancel: deliveries end, nothing is requeued',
    when: open,
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => {
        cancelConsumer(turn, me.port, e.channel, e.consumerTag)
        reply(turn, me.port, e)
      }),
  }),
  rule({
    name: 'BasicGet',
    on: 'BasicGet',
    when: open,
    then: (s, e, _x, me) => turned(s, me, (turn) => get(turn, me.port, e)),
  }),
  rule({
    name: 'BasicSettle',
    on: ['BasicAck', 'BasicNack', 'BasicReject'],
    reads: ['x-delivery-limit', 'x-dead-letter-exchange', 'x-delayed-retry-type'],
    cites: 'Consumer acknowledgements; poison message handling',
    when: openAndPlain,
    then: (s, e, _x, me) => turned(s, me, (turn) => settleNamed(turn, me.port, e)),
  }),
  rule({
    name: 'BasicRecover',
    on: 'BasicRecover',
    when: open,
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => {
        recover(turn, me.port, e.channel)
        reply(turn, me.port, e)
      }),
  }),
  rule({
    name: 'TxPutOff',
    on: ['BasicPublish', 'BasicAck', 'BasicNack', 'BasicReject'],
    cites: 'AMQP 0-9-1, tx.select: publishes and acknowledgements wait for tx.commit',
    when: {
      'the channel is transactional': (s, e, _x, me) =>
        (channelOf(s, e, me)?.transaction ?? null) !== null,
    },
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => {
        if (e.kind === 'BasicPublish') putOffPublish(turn, me.port, e)
        else putOffSettling(turn, me.port, e)
      }),
  }),
  rule({
    name: 'TxSelect',
    on: ['TxSelect', 'TxCommit', 'TxRollback'],
    when: open,
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => {
        const refusal = doTransaction(turn, me.port, e)
        answer(turn, me.port, e, refusal)
      }),
  }),
  rule({
    name: 'DiscardMethod',
    on: ['ChannelClose', ...CHANNEL_METHODS],
    cites: 'AMQP 0-9-1, channel.close: whoever sent it discards everything but the answer',
    when: {
      'the channel is closed': (s, e, _x, me) => channelOf(s, e, me)?.closing !== false,
    },
    then: () => ({}),
  }),
  rule({
    name: 'DiscardCloseOk',
    on: 'ChannelCloseOk',
    when: {
      'the channel is not being closed': (s, e, _x, me) => channelOf(s, e, me)?.closing !== true,
    },
    then: () => ({}),
  }),
]
