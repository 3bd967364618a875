// One turn of the node: what a method or a timer sets off, until nothing more follows from it. The state is
// replaced as the turn goes on; what is sent and seen is gathered.
import type { End, Seen } from '../../clients/types.ts'
import type { Me, Out } from '../../engine/types.ts'
import { emptyList } from './list.ts'
import type {
  Channel,
  Connection,
  Consumer,
  Entry,
  NodeSettings,
  NodeState,
  Queue,
  Version,
} from './node-state.ts'
import { isSame } from './node-state.ts'
import type { FromBroker } from './protocol.ts'

export type Self = Me<NodeSettings>

export interface Turn {
  s: NodeState
  readonly me: Self
  readonly version: Version
  readonly send: (readonly [port: string, envelope: FromBroker])[]
  readonly observe: Seen[]
  /** Connections that the node closes at the end of the turn. */
  readonly hangUp: string[]
  /** Queues that may have something to deliver. */
  readonly stirred: Set<string>
  /** What entered a queue in this turn, where it matters whether it is handed on at once. Null for none. */
  fresh: Set<Entry> | null
  /** Classic queues that something came back to: they look at their length before they deliver. Null for none. */
  returnedTo: Set<string> | null
}

export function turnOf(s: NodeState, me: Self): Turn {
  const { version } = me.settings
  return {
    s,
    me,
    version,
    send: [],
    observe: [],
    hangUp: [],
    stirred: new Set(),
    fresh: null,
    returnedTo: null,
  }
}

export function outOf({ s, send, observe, hangUp }: Turn): Out<NodeState> {
  const out = { self: s, send, observe }
  return hangUp.length === 0 ? out : { ...out, hangUp }
}

export const NEW_CHANNEL: Channel = {
  nextConfirm: 0,
  nextTag: 1,
  prefetch: 0,
  globalPrefetch: 0,
  unacked: emptyList(),
  closing: false,
  transaction: null,
}

export function queueIn(turn: Turn, name: string): Queue {
  return turn.s.queues[name] as Queue
}

export function setQueue(turn: Turn, queue: Queue): void {
  turn.s = { ...turn.s, queues: { ...turn.s.queues, [queue.name]: queue } }
}

export function channelIn(s: NodeState, port: string, channel: number): Channel | undefined {
  return s.connections[port]?.channels[channel]
}

export function setChannel(turn: Turn, port: string, number: number, channel: Channel): void {
  const { connections } = turn.s
  const { channels } = connections[port] as Connection
  const connection = { channels: { ...channels, [number]: channel } }
  turn.s = { ...turn.s, connections: { ...connections, [port]: connection } }
}

export function consumerIn(
  queue: Queue,
  who: Pick<Consumer, 'port' | 'channel' | 'tag'>,
): Consumer | undefined {
  return queue.consumers.find((each) => isSame(each, who))
}

/** With one consumer changed, at its place in the round. */
export function withConsumer(queue: Queue, changed: Consumer): Queue {
  const consumers = queue.consumers.map((each) => (isSame(each, changed) ? changed : each))
  return { ...queue, consumers }
}

/** With one consumer changed and put at the end of the round. */
export function behind(queue: Queue, changed: Consumer): Queue {
  const others = queue.consumers.filter((each) => !isSame(each, changed))
  return { ...queue, consumers: [...others, changed] }
}

/** A copy is no longer in its queue. */
export function removed(
  turn: Turn,
  queue: string,
  entry: Entry,
  why: { readonly end: End; readonly reason: string },
): void {
  const { seq } = entry
  const { message } = entry.content
  const place = { stream: queue, lane: 0, offset: seq }
  turn.observe.push({ kind: 'removed', actor: turn.me.id, message, place, ...why })
  const { ttls } = turn.s
  const isIt = (clock: { queue: string; seq: number }) => clock.seq === seq && clock.queue === queue
  if (ttls.length > 0 && ttls.some(isIt)) {
    turn.s = { ...turn.s, ttls: ttls.filter((clock) => !isIt(clock)) }
  }
}
