// A node on the bench, with a channel and the methods that tests ask of it.
import { benchOf } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import type { Envelope } from '../../engine/types.ts'
import { nodeKind } from './node.ts'
import type { Entry, NodeSettings, NodeState } from './node-state.ts'
import { newQueue } from './queue.ts'

export const queue = (name: string, given = {}) =>
  newQueue({ name, durable: true, owner: '', autoDelete: false, arguments: given })

export function fresh(change: Partial<NodeSettings> = {}) {
  const settings = {
    version: '4.3',
    consumer_timeout: 1_800_000,
    heartbeat: 60,
    restartMs: [1000, 1000],
    exchanges: {},
    queues: [queue('Q')],
    groups: {},
    ...change,
  }
  return benchOf<NodeState>(nodeKind, 'node', settings, { a: 'connection', b: 'connection' })
}

export const method = (kind: string, more: object = {}) =>
  ({ kind, channel: 1, ...more }) as never as Envelope

export function opened(change: Partial<NodeSettings> = {}) {
  const bench = fresh(change)
  bench.hears('a', method('ChannelOpen'))
  bench.sent('a')
  return bench
}

export const publish = (n: number, more: object = {}) =>
  method('BasicPublish', {
    exchange: '',
    routingKey: 'Q',
    mandatory: false,
    properties: { delivery_mode: 2 },
    message: message(n),
    ...more,
  })
export const consume = method('BasicConsume', {
  queue: 'Q',
  consumerTag: 'c',
  noAck: false,
  exclusive: false,
  arguments: {},
})

/** What is ready in it, in the order in which it would be served. */
export function readyIn(state: NodeState, name = 'Q'): readonly Entry[] {
  const found = state.queues[name]
  const lists =
    found === undefined ? [] : [found.returned, ...found.lanes.map((lane) => lane.ready)]
  return lists.flatMap((list) => list.chunks.flat())
}
export const numbersIn = (state: NodeState, name = 'Q'): readonly number[] =>
  readyIn(state, name).map((entry) => entry.content.message.n)
