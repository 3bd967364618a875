// What an experiment says of a cluster: its nodes and settings, and what befalls them.
import * as z from 'zod/mini'
import { closed, field, slug, whole } from '../scenario/schema-parts.ts'
import { lane, settings, step } from './_schema-fields.ts'

const optional = z.exactOptional

/** A node by its number, or by what it is at that moment. */
const nodeSchema = z.union([
  whole(0, 4),
  closed({ leaderOf: field(lane(), 'Leader of', 'The leader of a partition, as "orders/0".') }),
  closed({
    followerOf: field(lane(), 'Follower of', 'A replica of a partition that does not lead.'),
    nth: field(optional(whole(1, 4)), 'Nth', 'Which one, in the order of the replicas; else 1.'),
  }),
  closed({
    coordinatorOf: field(slug(), 'Coordinator of', 'Where the coordinator of a group lives.'),
  }),
])

const node = () => field(nodeSchema, 'Node', 'By its number from 0, or by what it is now.')
export const nodeAsked = () =>
  field(optional(nodeSchema), 'Node', 'The node asked; without it, the leader of the partition.')

const place = {
  topic: field(slug(), 'Topic', 'A topic of this experiment.'),
  partition: field(optional(whole(0, 999)), 'Partition', 'Without it, partition 0.'),
}
const withinMs = field(
  optional(whole(1, 600_000)),
  'Within',
  'How long it waits at most, in ms; without it 30,000.',
)

export const clusterSchema = closed({
  nodes: field(whole(1, 5), 'Nodes', 'How many; partition p is placed from node p on.'),
  settings: field(optional(settings()), 'Settings', 'Broker settings by their real names.'),
  topics: field(
    optional(z.record(slug(), settings())),
    'Topics',
    'Settings of topics, replication.factor among them; without it, a replica on every node.',
  ),
})

export const clusterSteps = [
  step('killNode', 'SIGKILL: the process is gone, its disk stays.', { node: node() }),
  step('restartNode', 'Starts the process anew and waits until it is in service.', {
    node: node(),
  }),
  step('pauseNode', 'SIGSTOP: it stands still, its connections stay open.', { node: node() }),
  step('resumeNode', 'SIGCONT: it goes on where it stood.', { node: node() }),
  step('awaitLeader', 'Waits until a node leads the partition in a later epoch than at first.', {
    ...place,
    epoch: field(optional(whole(0, 1000)), 'Epoch', 'The least leader epoch; without it 1.'),
    withinMs,
  }),
  step('awaitIsr', 'Waits until so many replicas are in sync.', {
    ...place,
    count: field(whole(0, 5), 'Count', 'How many.'),
    withinMs,
  }),
  step(
    'describePartition',
    'Its leader, ISR and high watermark, and where the log of each living replica ends.',
    place,
  ),
] as const
