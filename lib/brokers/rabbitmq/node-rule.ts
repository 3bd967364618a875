// The rule builder of the node, and the conditions that most of its rules share.
import { ruleFor } from '../../engine/rule.ts'
import type { Me, Out, Range } from '../../engine/types.ts'
import { settleAll } from './dispatch.ts'
import type { Channel, NodeSettings, NodeState } from './node-state.ts'
import type { AmqpEnvelope } from './protocol.ts'
import { channelIn, outOf, type Self, type Turn, turnOf } from './turn.ts'

export const rule = ruleFor<NodeState, NodeSettings, AmqpEnvelope>()
export const exactly = (ms: number): Range => [ms, ms]

/** Does one thing and lets the queues come to rest. */
export function turned(s: NodeState, me: Self, act: (turn: Turn) => void): Out<NodeState> {
  const turn = turnOf(s, me)
  act(turn)
  settleAll(turn)
  return outOf(turn)
}

type OnChannel = { readonly channel: number }
export const channelOf = (s: NodeState, e: OnChannel, me: Me<NodeSettings>): Channel | undefined =>
  channelIn(s, me.port, e.channel)

export const open = {
  'the channel is open': (s: NodeState, e: OnChannel, _x: undefined, me: Self) =>
    channelOf(s, e, me)?.closing === false,
}
export const openAndPlain = {
  ...open,
  'the channel is not transactional': (s: NodeState, e: OnChannel, _x: undefined, me: Self) =>
    (channelOf(s, e, me)?.transaction ?? null) === null,
}
