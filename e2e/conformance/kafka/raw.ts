// Requests of the Kafka protocol to the real broker, one by one, each in a version named here. One
// connection for each name that a script gives, so that answers come in the order of its requests.
import * as kafka from '@platformatic/kafka'
import type { Json } from '../../../lib/engine/types.ts'
import { shownRecords } from './raw-records.ts'

const REQUEST_MS = 60_000
const SOON_MS = 100
const FETCH_WAIT_MS = 300

export interface Lines {
  /** By default to the port of the only node, or of the first. */
  readonly to: (name: string, port?: number) => Promise<kafka.Connection>
  readonly cut: (name: string) => Promise<void>
  readonly close: () => Promise<void>
}

export function linesTo(port: number): Lines {
  const open = new Map<string, Promise<kafka.Connection>>()
  const ofName = (name: string) => [...open.keys()].filter((key) => key.split('@')[0] === name)
  async function connect(name: string, to: number): Promise<kafka.Connection> {
    const line = new kafka.Connection(name, { connectTimeout: 5000, requestTimeout: REQUEST_MS })
    line.on('error', () => {})
    await line.connect('127.0.0.1', to)
    return line
  }
  return {
    async to(name, to = port) {
      const key = `${name}@${to}`
      const before = await open.get(key)?.catch(() => undefined)
      if (before?.isConnected() === true) return before
      const line = patiently(() => connect(name, to), to === port ? 10_000 : 1000)
      open.set(key, line)
      return await line
    },
    async cut(name) {
      for (const key of ofName(name)) {
        const line = await open.get(key)
        open.delete(key)
        line?.socket.destroy()
      }
    },
    async close() {
      for (const line of open.values()) (await line.catch(() => null))?.socket.destroy()
      open.clear()
    },
  }
}

interface Failed {
  readonly apiId?: string
  readonly errors?: readonly Failed[] | Readonly<Record<string, Failed>>
  readonly cause?: Failed
  readonly message?: string
  readonly response?: unknown
}

/** What the library calls the complaint about a single record, which has no error code. */
const OF_A_RECORD = 'UNKNOWN_SERVER_ERROR'

function errorNames(thrown: unknown, depth: number): readonly string[] {
  const error = thrown as Failed | null | undefined
  if (error === null || error === undefined || depth > 6) return []
  if (error.apiId !== undefined) return [error.apiId]
  const inner = [...Object.values(error.errors ?? {}), error.cause]
  return inner.flatMap((each) => errorNames(each, depth + 1))
}

/** The protocol's name of the first error inside what was thrown; null when it says none. */
export function errorName(thrown: unknown): string | null {
  const names = errorNames(thrown, 0)
  return names.find((name) => name !== OF_A_RECORD) ?? names[0] ?? null
}

/** What was answered, or the name of the error; what is no answer of the broker's is thrown on. */
export async function answered<T>(
  asked: Promise<T>,
  say: (answer: T) => unknown,
): Promise<unknown> {
  try {
    return say(await asked)
  } catch (thrown) {
    const name = errorName(thrown)
    if (name !== null) return name
    throw thrown
  }
}

export const soon = (ms = SOON_MS) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** How long a step waits that does not say so itself. */
export const WITHIN_MS = 30_000
const NO_ANSWER = 'no answer'

export async function within(asked: Promise<Json>, ms: number): Promise<Json> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Json>((resolve) => {
    timer = setTimeout(() => resolve(NO_ANSWER), ms)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Asks until it is answered without an error: a broker that has just started is not ready for all. */
export async function patiently<T>(ask: () => Promise<T>, forMs = 30_000): Promise<T> {
  const untilMs = Date.now() + forMs
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (Date.now() > untilMs) throw error
      await soon(200)
    }
  }
}

export interface Made {
  /** By partition, the nodes that hold it; null: the broker's own choice. */
  readonly assignments: readonly (readonly number[])[] | null
  readonly settings: Readonly<Record<string, boolean | number | string>>
}

/** Without waiting for its leaders: who asks them may have to find them first. */
export async function makeTopic(
  line: kafka.Connection,
  name: string,
  partitions: number,
  { assignments, settings }: Made,
) {
  const topic = {
    name,
    numPartitions: assignments === null ? partitions : -1,
    replicationFactor: assignments === null ? 1 : -1,
    assignments: (assignments ?? []).map((brokerIds, partitionIndex) => ({
      partitionIndex,
      brokerIds: [...brokerIds],
    })),
    configs: Object.entries(settings).map(([key, value]) => ({ name: key, value: String(value) })),
  }
  await kafka.createTopicsV7.api.async(line, [topic], 10_000, false)
}

export async function createTopic(
  line: kafka.Connection,
  name: string,
  partitions: number,
  settings: Made['settings'],
) {
  await makeTopic(line, name, partitions, { assignments: null, settings })
  return await patiently(() => topicId(line, name, partitions))
}

/**
 * Once every partition has its leader. The metadata says so a little before the broker acts on it: only a
 * leader knows where the log ends.
 */
async function topicId(line: kafka.Connection, name: string, partitions: number): Promise<string> {
  for (let partition = 0; partition < partitions; partition++) {
    await listOffsets(line, name, partition, { at: 'latest' })
  }
  const { topics } = await kafka.metadataV12.api.async(line, [name], false, false)
  const found = [...topics][0]
  if (found === undefined) throw new Error(`${name} is not there yet`)
  return found.topicId
}

export async function addPartitions(
  line: kafka.Connection,
  name: string,
  partitions: number,
  assignments: Made['assignments'],
) {
  const own = assignments === null ? null : assignments.map((ids) => ({ brokerIds: [...ids] }))
  const topic = { name, count: partitions, ...(own === null ? {} : { assignments: own }) }
  await kafka.createPartitionsV3.api.async(line, [topic] as never, 10_000, false)
  if (assignments === null) await patiently(() => topicId(line, name, partitions))
}

export interface BatchAsked {
  readonly topic: string
  readonly partition: number
  readonly values: readonly (string | null)[]
  readonly keys: readonly string[] | undefined
  /** About how large the batch is to be; undefined: as it comes. */
  readonly bytes: number | undefined
  readonly acks: number
  readonly producer: {
    readonly id: bigint
    readonly epoch: number
    readonly sequence: number
    readonly transactionalId?: string
  } | null
}

/** What a batch and its record take besides the value, about: padding is no exact matter. */
const RECORD_OVERHEAD = 100

export function produce(line: kafka.Connection, asked: BatchAsked) {
  const { topic, partition, producer } = asked
  const padding = (asked.bytes ?? 0) / asked.values.length - RECORD_OVERHEAD
  const records = asked.values.map((value, i) => {
    const key = asked.keys?.[i]
    const keyed = key === undefined ? {} : { key: Buffer.from(key) }
    const padded = value === null ? null : Buffer.from(value.padEnd(padding))
    return { topic, partition, value: padded, ...keyed }
  })
  const plain = { compression: 'none', partitionLeaderEpoch: 0 } as const
  const numbers =
    producer === null
      ? { producerId: -1n, producerEpoch: -1 }
      : {
          producerId: producer.id,
          producerEpoch: producer.epoch,
          ...(producer.transactionalId === undefined
            ? {}
            : { transactionalId: producer.transactionalId }),
          sequences: sequencesOf(`${topic}:${partition}`, producer.sequence),
        }
  // The library declares these fields more narrowly than it takes them.
  const options = { ...plain, ...numbers } as unknown as Parameters<
    typeof kafka.produceV9.api.async
  >[4]
  return kafka.produceV9.api.async(line, asked.acks, 5000, records as never, options)
}

function sequencesOf(name: string, first: number) {
  const map = new Map([[name, first]])
  return Object.assign(map, {
    getWithDefault: (key: string, other: number) => map.get(key) ?? other,
  })
}

export interface FetchAsked {
  readonly topicId: string
  readonly partition: number
  readonly offset: number
  /** Null: the log as it is, ends of transactions included. */
  readonly isolation: Isolation | null
}
export type Isolation = 'read_uncommitted' | 'read_committed'
const LEVEL = { read_uncommitted: 0, read_committed: 1 } as const

/** Everything from an offset on: one answer holds records of one segment at most. */
export async function fetch(line: kafka.Connection, asked: FetchAsked): Promise<readonly string[]> {
  const read: string[] = []
  for (let offset = asked.offset; ; ) {
    const { records, next, end } = await fetchOnce(line, { ...asked, offset })
    read.push(...records)
    if (next === offset || next >= end) return read
    offset = next
  }
}

async function fetchOnce(line: kafka.Connection, asked: FetchAsked) {
  const partitionMaxBytes = 1_000_000
  const partition = {
    partition: asked.partition,
    currentLeaderEpoch: -1,
    fetchOffset: BigInt(asked.offset),
    lastFetchedEpoch: -1,
    partitionMaxBytes,
  }
  const topic = { topicId: asked.topicId, partitions: [partition] }
  const fetchV13 = kafka.fetchV13.api.async
  const size = partitionMaxBytes
  const level = LEVEL[asked.isolation ?? 'read_uncommitted']
  const answer = await fetchV13(line, FETCH_WAIT_MS, 1, size, level, 0, -1, [topic], [], '')
  const told = answer.responses[0]?.partitions[0]
  const { records, abortedTransactions, highWatermark = 0n } = told ?? {}
  const batches = [records ?? []].flat()
  const last = batches.at(-1)
  const next =
    last === undefined ? asked.offset : Number(last.firstOffset) + last.lastOffsetDelta + 1
  const read = shownRecords(batches, abortedTransactions ?? [], asked)
  return { records: read, next, end: Number(highWatermark) }
}

/** Told with a fetch also by a leader that may not yet tell it as the latest offset (OFFSET_NOT_AVAILABLE). */
export async function highWatermark(
  line: kafka.Connection,
  place: { readonly topic: string; readonly topicId: string; readonly partition: number },
): Promise<number> {
  const offset = await listOffsets(line, place.topic, place.partition, { at: 'earliest' })
  return (await fetchOnce(line, { ...place, offset, isolation: null })).end
}

const CONSUMER = -1
/** A replica id that every replica answers, with the end of its own log. */
const DEBUGGER = -2

export interface OffsetAsked {
  readonly at: 'earliest' | 'latest' | 'end of this replica'
  readonly isolation?: Isolation
}

export async function listOffsets(
  line: kafka.Connection,
  topic: string,
  partition: number,
  { at, isolation = 'read_uncommitted' }: OffsetAsked,
): Promise<number> {
  const replica = at === 'end of this replica' ? DEBUGGER : CONSUMER
  const timestamp = at === 'earliest' ? -2n : -1n
  const partitions = [{ partitionIndex: partition, currentLeaderEpoch: -1, timestamp }]
  const topics = [{ name: topic, partitions }]
  const answer = await kafka.listOffsetsV7.api.async(line, replica, LEVEL[isolation], topics)
  return Number(answer.topics[0]?.partitions[0]?.offset ?? -1)
}

/** A topic and its partitions, as the consumers' own protocol writes a subscription or an assignment. */
export function subscription(topics: readonly string[]): Buffer {
  return Buffer.concat([int16(1), int32(topics.length), ...topics.map(text), int32(-1), int32(0)])
}

export function assignment(lanes: Readonly<Record<string, readonly number[]>>): Buffer {
  const topics = Object.entries(lanes).map(([topic, partitions]) =>
    Buffer.concat([text(topic), int32(partitions.length), ...partitions.map(int32)]),
  )
  return Buffer.concat([int16(0), int32(topics.length), ...topics, int32(-1)])
}

/** The lanes of an assignment, as "topic/partition". An idle member's may be empty altogether. */
export function lanesIn(bytes: Buffer): readonly string[] {
  if (bytes.length === 0) return []
  let at = 2
  const next32 = () => {
    const number = bytes.readInt32BE(at)
    at += 4
    return number
  }
  return Array.from({ length: next32() }, () => {
    const length = bytes.readInt16BE(at)
    const topic = bytes.toString('utf8', at + 2, at + 2 + length)
    at += 2 + length
    return Array.from({ length: next32() }, () => `${topic}/${next32()}`)
  })
    .flat()
    .sort()
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function text(value: string): Buffer {
  return Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)])
}
