// What the node does with messages: publishing, consuming, settling, and what it discards.
import { cancelConsumer, channelError } from './channels.ts'
import { consume, get, setQos } from './consume.ts'
import { reply } from './declare.ts'
import { unknownTag } from './errors.ts'
import { itemsOf } from './list.ts'
import { channelOf, open, openAndPlain, rule, turned } from './node-rule.ts'
import type { Channel, Transacted } from './node-state.ts'
import { type BasicAck, type BasicNack, type BasicReject, CHANNEL_METHODS } from './protocol.ts'
import { publish } from './publish.ts'
import { named, settle, without } from './settle.ts'
import { channelIn, NEW_CHANNEL, setChannel, type Turn } from './turn.ts'

type Settling = BasicAck | BasicNack | BasicReject

function howOf(e: Settling): 'ack' | 'drop' | 'nack' | 'reject' {
  if (e.kind === 'BasicAck') return 'ack'
  if (!e.requeue) return 'drop'
  return e.kind === 'BasicNack' ? 'nack' : 'reject'
}

function settleNamed(turn: Turn, port: string, e: Settling): void {
  const channel = channelIn(turn.s, port, e.channel) as Channel
  const multiple = e.kind === 'BasicReject' ? false : e.multiple
  const all = named(channel.unacked, e.deliveryTag, multiple)
  if (all === null) {
    channelError(turn, port, e.channel, unknownTag(e.deliveryTag))
    return
  }
  setChannel(turn, port, e.channel, { ...channel, unacked: without(channel.unacked, all) })
  settle(turn, { port, channel: e.channel }, all, howOf(e))
}

function recover(turn: Turn, port: string, number: number): void {
  const channel = channelIn(turn.s, port, number) as Channel
  const all = itemsOf(channel.unacked)
  setChannel(turn, port, number, { ...channel, unacked: NEW_CHANNEL.unacked })
  settle(turn, { port, channel: number }, all, 'recover')
}

function perform(turn: Turn, port: string, e: Transacted): void {
  if (e.kind === 'BasicPublish') publish(turn, port, e)
  else settleNamed(turn, port, e)
}

/** tx.commit performs what was put off; tx.rollback forgets it. */
function endTransaction(turn: Turn, port: string, number: number, commits: boolean): void {
  const channel = channelIn(turn.s, port, number) as Channel
  setChannel(turn, port, number, { ...channel, transaction: [] })
  if (commits) for (const each of channel.transaction ?? []) perform(turn, port, each)
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
        const channel = channelOf(s, e, me) as Channel
        const transaction = [...(channel.transaction ?? []), e]
        setChannel(turn, me.port, e.channel, { ...channel, transaction })
      }),
  }),
  rule({
    name: 'TxSelect',
    on: ['TxSelect', 'TxCommit', 'TxRollback'],
    when: open,
    then: (s, e, _x, me) =>
      turned(s, me, (turn) => {
        endTransaction(turn, me.port, e.channel, e.kind === 'TxCommit')
        reply(turn, me.port, e)
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
