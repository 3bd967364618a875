// Which field of which step of an experiment names what; and whether that is there.
import { laneOf } from '../brokers/kafka/node-state.ts'
import { inNode } from './_check-nodes.ts'
import { partitionsBy } from './_check-partitions.ts'
import { connectionsOf } from './_model/system.ts'
import type { Experiment, Op, Step, StepOf } from './types.ts'

/** What a field of a step names. `now`: has to be there by then, as it is looked at, not asked for. */
type Kind =
  | 'topic'
  | 'partition'
  | 'partition now'
  | 'lane'
  | 'assignments'
  | 'producer'
  | 'consumer'
  | 'share consumer'
  | 'process'
  | 'any process'
  | 'group of consumers'
  | 'connection'
  | 'node'
  | 'producer id'
  | 'transactional producer id'
  | 'member'
  | 'later step'

type Table = { readonly [O in Op]: { readonly [F in keyof StepOf<O>]?: Kind } }

const PLACE = { topic: 'topic', partition: 'partition' } as const
const SEEN = { topic: 'topic', partition: 'partition now' } as const
const ASKED = { ...PLACE, node: 'node' } as const
const MEMBER = { member: 'member' } as const
const OWN = { producer: 'transactional producer id' } as const
const PRODUCER = { producer: 'producer' } as const
const CONSUMER = { consumer: 'consumer' } as const
const SHARER = { consumer: 'share consumer' } as const
const NODE = { node: 'node' } as const

const NAMES: Table = {
  initProducerId: {},
  produce: { ...ASKED, producer: 'producer id' },
  fetch: ASKED,
  listOffsets: ASKED,
  joinGroup: { topics: 'topic' },
  syncGroup: { ...MEMBER, assign: 'assignments' },
  heartbeat: MEMBER,
  leaveGroup: MEMBER,
  commitOffsets: { offsets: 'lane' },
  fetchOffsets: { lane: 'lane' },
  addPartitions: { topic: 'topic' },
  await: { step: 'later step' },
  disconnect: { client: 'connection' },
  wait: {},
  start: { who: 'process' },
  send: PRODUCER,
  flush: PRODUCER,
  join: { consumers: 'consumer' },
  poll: CONSUMER,
  process: CONSUMER,
  commit: CONSUMER,
  crash: { who: 'any process' },
  restart: { who: 'process' },
  close: CONSUMER,
  processed: { group: 'group of consumers' },
  spread: { topic: 'topic' },
  killNode: NODE,
  restartNode: NODE,
  pauseNode: NODE,
  resumeNode: NODE,
  awaitLeader: SEEN,
  awaitIsr: SEEN,
  describePartition: SEEN,
  alterTopic: { topic: 'topic' },
  deleteRecords: PLACE,
  waitUntil: PLACE,
  platformaticSend: { topic: 'topic' },
  shareStart: SHARER,
  sharePoll: SHARER,
  shareAcknowledge: SHARER,
  shareCommit: SHARER,
  shareClose: SHARER,
  consumerGroupHeartbeat: { topics: 'topic', owned: 'lane' },
  addPartitionsToTxn: { ...OWN, lanes: 'lane' },
  addOffsetsToTxn: OWN,
  txnOffsetCommit: { ...OWN, offsets: 'lane' },
  endTxn: OWN,
  describeTransaction: {},
  initTransactions: PRODUCER,
  beginTransaction: PRODUCER,
  commitTransaction: PRODUCER,
  abortTransaction: PRODUCER,
  sendOffsets: { ...PRODUCER, ...CONSUMER },
}

const NEEDS_CLUSTER: readonly Op[] = [
  'killNode',
  'restartNode',
  'pauseNode',
  'resumeNode',
  'awaitLeader',
  'awaitIsr',
  'describePartition',
]

interface Place {
  readonly experiment: Experiment
  readonly step: Step
  readonly at: number
}

/** A pointer's end within the field, a colon, and what is wrong there. */
type Says = readonly string[]

const quoted = (name: unknown): string => JSON.stringify(name)
const inPointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** Names in a field: one, a list of them, or the keys of a record. */
function namesIn(value: unknown): readonly (readonly [pointer: string, name: string])[] {
  if (typeof value === 'string') return [['', value]]
  if (Array.isArray(value)) return value.map((each, i) => [`/${i}`, String(each)])
  return Object.keys(value as object).map((key) => [`/${inPointer(key)}`, key])
}

const among = (names: readonly string[], what: string) => (name: string) => {
  if (names.includes(name)) return null
  const those = names.length === 0 ? 'of which there is none' : `one of: ${names.join(', ')}`
  return `found ${quoted(name)}, expected a ${what} of this experiment, ${those}`
}
const keys = (of: object | undefined) => Object.keys(of ?? {})

/** What an earlier step has to have brought about. */
function after(
  { experiment, at }: Place,
  isIt: (step: Step, name: string) => boolean,
  what: string,
) {
  const before = experiment.steps.slice(0, at)
  return (name: string) =>
    before.some((step) => isIt(step, name))
      ? null
      : `found ${quoted(name)}, expected ${what} by a step before this one`
}

const getsId = (step: Step, name: string) => step.do === 'initProducerId' && step.producer === name
const getsTransactionalId = (step: Step, name: string) =>
  getsId(step, name) && 'transactionalId' in step && step.transactionalId !== undefined
const joins = (step: Step, name: string) =>
  (step.do === 'joinGroup' || step.do === 'consumerGroupHeartbeat') && step.member === name
const goesOn = (step: Step, name: string) =>
  step.as === name && 'later' in step && step.later === true

export function laneError({ topics, ...more }: Experiment, lane: string): string | null {
  const { topic, partition } = laneOf(lane)
  const count = partitionsBy({ topics, ...more }, topic)
  if (count === null) return among(keys(topics), 'topic')(topic)
  return partition < count ? null : `found ${quoted(lane)}, expected ${oneOf(topic, count)}`
}

const oneOf = (topic: string, count: number) =>
  `a partition that ${topic} has, from 0 to ${count - 1}`

function partitionError({ experiment, step, at }: Place, partition: number, by?: 'now') {
  const topic = 'topic' in step ? step.topic : ''
  const count = partitionsBy(experiment, topic, by === 'now' ? at : undefined)
  if (count === null || partition < count) return []
  return [`: found ${partition}, expected ${oneOf(topic, count)}`]
}

function inAssignments(place: Place, assign: Readonly<Record<string, readonly string[]>>): Says {
  const members = named(assign, after(place, joins, 'a member that joined a group'))
  const lanes = Object.entries(assign).flatMap(([member, own]) =>
    named(own, (lane) => laneError(place.experiment, lane)).map((says) => `/${member}${says}`),
  )
  return [...members, ...lanes]
}

function named(value: unknown, error: (name: string) => string | null): Says {
  return namesIn(value).flatMap(([pointer, name]) => {
    const says = error(name)
    return says === null ? [] : [`${pointer}: ${says}`]
  })
}

/** What is wrong with what a field names. */
function inField(kind: Kind, value: unknown, place: Place): Says {
  const { topics, producers, consumers, shareConsumers } = place.experiment
  switch (kind) {
    case 'topic':
      return named(value, among(keys(topics), 'topic'))
    case 'partition':
      return partitionError(place, value as number)
    case 'partition now':
      return partitionError(place, value as number, 'now')
    case 'lane':
      return named(value, (lane) => laneError(place.experiment, lane))
    case 'assignments':
      return inAssignments(place, value as Parameters<typeof inAssignments>[1])
    case 'producer':
      return named(value, among(keys(producers), 'producer'))
    case 'consumer':
      return named(value, among(keys(consumers), 'consumer'))
    case 'share consumer':
      return named(value, among(keys(shareConsumers), 'share consumer'))
    case 'process':
      return named(value, among(keys({ ...producers, ...consumers }), 'producer or consumer'))
    case 'any process': {
      // A share consumer is started by a step of its own; it crashes like any other.
      const all = { ...producers, ...consumers, ...shareConsumers }
      return named(value, among(keys(all), 'producer or consumer'))
    }
    case 'group of consumers': {
      const groups = Object.values(consumers ?? {}).map(({ group }) => group)
      return named(value, among([...new Set(groups)], 'group of consumers'))
    }
    case 'connection':
      return named(value, among(connectionsIn(place), 'connection'))
    case 'node':
      return inNode(place.experiment, value as StepOf<'killNode'>['node'], place.at)
    case 'producer id':
      return named(value, after(place, getsId, 'a producer that got an id'))
    case 'transactional producer id':
      return named(
        value,
        after(place, getsTransactionalId, 'a producer that got an id for its transactional.id'),
      )
    case 'member':
      return named(value, after(place, joins, 'a member that joined a group'))
    case 'later step':
      return named(value, after(place, goesOn, 'what goes on `later`'))
  }
}

/** Those that something is asked on: nobody has another to break. */
function connectionsIn({ experiment }: Place): readonly string[] {
  const steps = experiment.steps.filter((step) => step.do !== 'disconnect')
  return connectionsOf({ ...experiment, steps })
}

function inStep(place: Place): Says {
  const { step, experiment } = place
  if (experiment.cluster === undefined && NEEDS_CLUSTER.includes(step.do)) {
    return [`/do: found ${quoted(step.do)}, expected a cluster whose nodes can be told apart`]
  }
  return Object.entries(NAMES[step.do]).flatMap(([field, kind]) => {
    const value = (step as Readonly<Record<string, unknown>>)[field]
    if (value === undefined) return []
    return inField(kind as Kind, value, place).map((says) => `/${field}${says}`)
  })
}

/** What an experiment names outside of its steps. */
function outside(experiment: Experiment): readonly string[] {
  const { topics, producers, consumers, shareConsumers, cluster } = experiment
  const topic = (at: string, name: string) =>
    named(name, among(keys(topics), 'topic')).map((says) => `${at}${says}`)
  return [
    ...Object.entries(producers ?? {}).flatMap(([who, each]) => [
      ...topic(`/producers/${who}/topic`, each.topic),
      ...inOwnPartition(experiment, who),
    ]),
    ...Object.entries(consumers ?? {}).flatMap(([who, each]) => [
      ...topic(`/consumers/${who}/topic`, each.topic),
      ...(each.also ?? []).flatMap((name, i) => topic(`/consumers/${who}/also/${i}`, name)),
    ]),
    ...Object.entries(shareConsumers ?? {}).flatMap(([who, each]) =>
      topic(`/shareConsumers/${who}/topic`, each.topic),
    ),
    ...keys(cluster?.topics).flatMap((name) => topic(`/cluster/topics/${name}`, name)),
  ]
}

/** A producer that names its partition itself names one that is there. */
function inOwnPartition(experiment: Experiment, who: string): readonly string[] {
  const { topic = '', keys: own } = experiment.producers?.[who] ?? {}
  const count = partitionsBy(experiment, topic, 0)
  if (typeof own !== 'number' || count === null || own < count) return []
  return [`/producers/${who}/keys: found ${own}, expected ${oneOf(topic, count)}`]
}

export function inNames(experiment: Experiment): readonly string[] {
  const steps = experiment.steps.flatMap((step, at) =>
    inStep({ experiment, step, at }).map((says) => `/steps/${at}${says}`),
  )
  return [...outside(experiment), ...steps]
}
