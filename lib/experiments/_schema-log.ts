// What experiments say of logs: settings of topics and of the broker, records with keys and without values,
// and the steps of an administrator.
import * as z from 'zod/mini'
import { closed, field, list, text, whole } from '../scenario/schema-parts.ts'
import {
  name,
  OFFSETS,
  optional,
  partition,
  settings,
  step,
  topic,
  value,
  withinMs,
} from './_schema-fields.ts'

const BATCH_BYTES = 1_000_000

export const topicFields = field(
  z.record(
    name(),
    field(
      z.union([
        whole(1, 100),
        closed({
          partitions: field(whole(1, 100), 'Partitions', 'How many partitions the topic has.'),
          settings: field(
            settings(),
            'Settings',
            'Topic settings by their real names: "cleanup.policy".',
          ),
        }),
      ]),
      'Topic',
      'How many partitions the topic has; or that and its settings.',
    ),
  ),
  'Topics',
  'Topics that exist when it begins, and how many partitions each has.',
)

/** A value, or null: a record without one. */
export const valueOrNull = () => z.union([value(), z.null()])

/** More about the records of a `produce` step. */
export const recordFields = {
  values: field(
    list(valueOrNull(), 1, 100),
    'Values',
    'One record each; null: a record without a value, a tombstone.',
  ),
  keys: field(
    optional(list(text(1, 100), 1, 100)),
    'Keys',
    'The key of each record; without them, none has one.',
  ),
  bytes: field(
    optional(whole(1000, BATCH_BYTES)),
    'Bytes',
    'About how large the batch is: values are padded, unseen. Without it, as it comes.',
  ),
}

export const brokerField = {
  broker: field(
    optional(settings()),
    'Broker',
    'Broker settings by their real names. It then runs on a broker of its own.',
  ),
}

export const logSteps = [
  step('alterTopic', 'An administrator alters settings of a topic: "ok" or an error.', {
    topic: topic(),
    settings: field(settings(), 'Settings', 'By their real names; the others stay.'),
  }),
  step('deleteRecords', 'An administrator deletes records: the new first offset or an error.', {
    topic: topic(),
    partition: partition(),
    before: field(whole(-1, OFFSETS), 'Before', 'The first offset that stays; -1: none stays.'),
  }),
  step('waitUntil', 'Waits until a partition is as it is described: "reached" or "no answer".', {
    topic: topic(),
    partition: partition(),
    starts: field(optional(whole(0, OFFSETS)), 'Starts', 'The first offset is this one.'),
    log: field(
      optional(list(text(1, 100), 0, 100)),
      'Log',
      'All there is to read, as a `fetch` step tells it: "0:A".',
    ),
    withinMs: withinMs(),
  }),
  step(
    'platformaticSend',
    'A producer of @platformatic/kafka sends one record, with its own default partitioner: "partition@offset".',
    {
      topic: topic(),
      key: field(text(1, 100), 'Key', 'The record’s key.'),
      value: field(value(), 'Value', 'The record’s value.'),
    },
  ),
] as const
