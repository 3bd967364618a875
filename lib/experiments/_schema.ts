// The schema of an experiment: a script for a broker as data, run on the model and on the real broker.
// `types.ts` infers its types from here; `npm run generate` exports it for editors.
import * as z from 'zod/mini'
import { closed, field, list, slug, text, title, whole } from '../scenario/schema-parts.ts'
import { clusterSchema, clusterSteps, nodeAsked } from './_schema-cluster.ts'
import {
  client,
  consumer,
  generation,
  group,
  label,
  lane,
  later,
  MINUTES_MS,
  member,
  name,
  OFFSETS,
  optional,
  partition,
  producer,
  SEQUENCES,
  settings,
  step,
  topic,
  withinMs,
} from './_schema-fields.ts'
import { commitFields, consumerFields, groupSteps, joinFields } from './_schema-groups.ts'
import { brokerField, logSteps, recordFields, topicFields, valueOrNull } from './_schema-log.ts'
import { shareGroups, shareSteps } from './_schema-share.ts'
import { isolation, ofTransactions, transactionSteps } from './_schema-transactions.ts'

/** Requests of the Kafka protocol, one by one: for rules of the broker. */
const rawSteps = [
  step('initProducerId', 'Asks for a producer id: what an idempotent producer does at its start.', {
    producer: field(name(), 'Producer', 'The name that later steps give to this id and epoch.'),
    ...ofTransactions.initProducerId,
  }),
  step('produce', 'Sends one batch to one partition.', {
    client: client(),
    topic: topic(),
    partition: partition(),
    node: nodeAsked(),
    ...recordFields,
    producer: field(
      optional(name()),
      'Producer',
      'A producer id that an `initProducerId` step got; without it the batch is not idempotent.',
    ),
    epoch: field(
      optional(whole(0, 32_767)),
      'Epoch',
      'The epoch it names; without it, the one got.',
    ),
    sequence: field(
      optional(whole(0, SEQUENCES)),
      'Sequence',
      'The sequence number of its first record; without it 0.',
    ),
    acks: field(optional(z.enum(['0', '1', 'all'])), 'acks', 'Without it, all.'),
    ...ofTransactions.produce,
    later: later(),
  }),
  step('fetch', 'Reads a partition from an offset on.', {
    client: client(),
    topic: topic(),
    partition: partition(),
    offset: field(optional(whole(0, OFFSETS)), 'Offset', 'Without it, 0.'),
    isolation: isolation(),
    node: nodeAsked(),
  }),
  step('listOffsets', 'Asks for the first or the next offset of a partition.', {
    client: client(),
    topic: topic(),
    partition: partition(),
    at: field(z.enum(['earliest', 'latest']), 'At', 'Which end of the log.'),
    isolation: isolation(),
    node: nodeAsked(),
  }),
  step('joinGroup', 'A member joins its group, classic protocol.', {
    member: member(),
    group: group(),
    topics: field(list(name(), 1, 10), 'Topics', 'What it subscribes to.'),
    fresh: field(optional(z.literal(true)), 'Fresh', 'Joins as somebody new, under a new id.'),
    ...joinFields,
    later: later(),
  }),
  step('syncGroup', 'A member asks for its assignment; the leader brings all of them.', {
    member: member(),
    assign: field(
      optional(z.record(name(), list(lane(), 0, 100))),
      'Assign',
      'From the leader: which member gets which partitions.',
    ),
    later: later(),
  }),
  step('heartbeat', 'One heartbeat of a member.', { member: member(), generation: generation() }),
  step('leaveGroup', 'A member leaves its group.', { member: member() }),
  step('commitOffsets', 'Commits offsets of a group: each is the NEXT to be read.', {
    group: group(),
    member: field(
      optional(name()),
      'Member',
      'Who commits: a member, or a stranger by that name; without it a client outside the group protocol.',
    ),
    generation: generation(),
    offsets: field(z.record(lane(), whole(0, OFFSETS)), 'Offsets', 'By partition.'),
    ...commitFields,
    client: client(),
    later: later(),
  }),
  step('fetchOffsets', 'Asks for the committed offset of a partition; -1: none.', {
    group: group(),
    lane: field(lane(), 'Lane', 'A topic and a partition, as "orders/0".'),
    ...ofTransactions.fetchOffsets,
  }),
  step('addPartitions', 'Gives a topic more partitions.', {
    topic: topic(),
    partitions: field(whole(1, 1000), 'Partitions', 'How many it has from then on.'),
  }),
  step('await', 'Waits for the answer to a step that went on without it.', {
    step: field(label(), 'Step', 'The `as` of that step.'),
    withinMs: withinMs(),
  }),
  step(
    'disconnect',
    'Breaks a connection of the test client, or of a member: a socket that dies.',
    {
      client: field(name(), 'Client', 'The connection.'),
    },
  ),
  step('wait', 'Lets time pass.', {
    ms: field(whole(1, MINUTES_MS), 'Milliseconds', 'How long.'),
  }),
] as const

/** What an application does with the Java clients: for rules of the clients. */
const clientSteps = [
  step('start', 'Starts the process of a producer or a consumer.', {
    who: field(name(), 'Who', 'A producer or a consumer of this experiment.'),
  }),
  step(
    'send',
    'A producer sends one record and waits for its outcome: "partition@offset" or an error.',
    {
      producer: producer(),
      value: field(valueOrNull(), 'Value', 'The record’s value; null: none, a tombstone.'),
      key: field(optional(text(0, 100)), 'Key', 'Its key, where the producer has keys.'),
      later: later(),
    },
  ),
  step('flush', 'Waits for the outcomes of all that was sent `later`, in the order of sending.', {
    producer: producer(),
  }),
  step('join', 'These consumers poll, without taking records, until their group is at rest.', {
    consumers: field(list(name(), 1, 10), 'Consumers', 'All that are to poll.'),
    withinMs: withinMs(),
  }),
  step('poll', 'A consumer polls until it has so many records in hand, or time is up.', {
    consumer: consumer(),
    count: field(whole(1, 500), 'Count', 'How many records.'),
    withinMs: withinMs(),
  }),
  step(
    'process',
    'The application has the effect of the next records in hand, lowest partition first.',
    {
      consumer: consumer(),
      count: field(whole(1, 500), 'Count', 'How many records.'),
    },
  ),
  step('commit', 'The application commits its positions: the ends of all that poll returned.', {
    consumer: consumer(),
    api: field(
      optional(z.enum(['commitSync', 'commitAsync'])),
      'API',
      'The call; without it commitSync. commitAsync does not wait for its outcome.',
    ),
  }),
  step('crash', 'The process is killed (SIGKILL): nothing is said to anybody.', {
    who: field(name(), 'Who', 'A producer or a consumer.'),
  }),
  step('restart', 'A process that crashed or closed starts anew, with nothing in memory.', {
    who: field(name(), 'Who', 'A producer or a consumer.'),
  }),
  step('close', 'consumer.close(): automatic commits are made, the group hears of the leaving.', {
    consumer: consumer(),
  }),
  step('processed', 'Everything whose effect a group has had so far: by partition, in order.', {
    group: group(),
  }),
  step('spread', 'How many partitions of a topic hold records.', { topic: topic() }),
] as const

export const stepSchema = z.discriminatedUnion('do', [
  ...rawSteps,
  ...clientSteps,
  ...clusterSteps,
  ...logSteps,
  ...shareSteps,
  ...groupSteps,
  ...transactionSteps,
])

const classes = z.enum(['deterministic', 'set', 'unspecified'])
const observed = () => z.record(label(), z.json())

export const experimentSchema = closed({
  version: field(z.literal(1), 'Version', 'The version of this format.'),
  id: field(slug(), 'Id', 'Slug: file name and test name.'),
  title: field(title(), 'Title', 'What is tried, in a few words.'),
  row: field(optional(text(1, 10)), 'Row', 'Its row in the conformance catalogue, e.g. "K05".'),
  source: field(
    text(1, 300),
    'Source',
    'Where the behaviour is promised or written: manual, KIP, class.',
  ),
  class: field(
    classes,
    'Class',
    'deterministic: equal every time. set: one of several. unspecified: shown, not compared.',
  ),
  topics: topicFields,
  ...brokerField,
  cluster: field(
    optional(clusterSchema),
    'Cluster',
    'Several nodes, some of which can die; without it, one node.',
  ),
  groups: field(
    optional(z.record(name(), settings())),
    'Groups',
    'For members that the script plays by itself: session.timeout.ms and max.poll.interval.ms. And settings that the broker keeps for a group, e.g. consumer.session.timeout.ms.',
  ),
  producers: field(
    optional(
      z.record(
        name(),
        closed({
          topic: topic(),
          keys: field(
            z.union([z.enum(['key', 'none']), whole(0, 999)]),
            'Keys',
            'Whether its records have keys, or the partition that it names itself.',
          ),
          settings: field(settings(), 'Settings', 'Producer settings by their real names.'),
        }),
      ),
    ),
    'Producers',
    'Processes with a Java producer.',
  ),
  consumers: field(
    optional(
      z.record(
        name(),
        closed({
          group: group(),
          topic: topic(),
          ...consumerFields,
          settings: field(settings(), 'Settings', 'Consumer settings by their real names.'),
        }),
      ),
    ),
    'Consumers',
    'Processes with a Java consumer, which subscribe to one topic each.',
  ),
  ...shareGroups,
  steps: field(list(stepSchema, 1, 200), 'Steps', 'What is done, one after the other.'),
  expect: field(
    optional(observed()),
    'Expect',
    'For a deterministic one: what the source says will be observed, by the `as` of the steps.',
  ),
  never: field(
    optional(
      closed({
        observed: field(observed(), 'Observed', 'An outcome, by the `as` of the steps.'),
        because: field(text(1, 300), 'Because', 'Why it can never be.'),
      }),
    ),
    'Never',
    'For a set: a wrong outcome that it must exclude.',
  ),
})
