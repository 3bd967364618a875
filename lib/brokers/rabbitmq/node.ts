// The RabbitMQ node: what it does with each method of AMQP 0-9-1, its timers, and how connections end.
import { claiming } from '../../engine/rule.ts'
import type { Kind } from '../../engine/types.ts'
import { nodeClaims, nodeHeeds, nodeSilent } from './commuting.ts'
import { shapeRules } from './node-channels.ts'
import { connectionRules, faultRules } from './node-connections.ts'
import { messageRules } from './node-messages.ts'
import type { NodeSettings, NodeState } from './node-state.ts'
import { timerRules } from './node-timers.ts'

export const nodeKind: Kind<NodeState, NodeSettings> = {
  name: 'RabbitMQ node',
  init: ({ settings }) => ({
    up: true,
    exchanges: settings.exchanges,
    queues: Object.fromEntries(settings.queues.map((queue) => [queue.name, queue])),
    connections: {},
    silent: [],
    ttls: [],
    retries: [],
  }),
  active: { 'the node is up': (s) => s.up },
  silent: nodeSilent,
  heeds: nodeHeeds,
  rules: claiming(nodeClaims, [
    ...shapeRules,
    ...messageRules,
    ...timerRules,
    ...connectionRules,
    ...faultRules,
  ]),
}
