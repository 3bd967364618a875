// A consumer on the test bench, with helpers that play its broker's part up to a given point.
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message, plainHandler } from '../../clients/story.fixture.ts'
import type { HandlerSettings } from '../../clients/types.ts'
import { consumer } from './consumer.ts'
import type { ConsumerSettings, ConsumerState } from './consumer-state.ts'
import { metadata } from './metadata.fixture.ts'
import type { Assignment, FetchResponse, KafkaError, OffsetCommitResponse } from './protocol.ts'
import { consumerConfig } from './settings.ts'

export type Consumer = Bench<ConsumerState>
export type Change = Partial<Omit<ConsumerSettings, 'handler'>> & {
  readonly handler?: Partial<HandlerSettings>
}

export function settingsWith({ handler, ...change }: Change = {}): ConsumerSettings {
  return {
    ...consumerConfig({ 'enable.auto.commit': false, 'auto.offset.reset': 'earliest' }),
    service: 'payments',
    topic: 'orders',
    nodes: ['broker-0', 'broker-1'],
    handler: { ...plainHandler, ...handler },
    joinsAtMs: 0,
    restartMs: [3000, 4000],
    pauseMs: [50_000, 60_000],
    stallMs: [400_000, 500_000],
    retryMs: [200, 300],
    callTimeoutMs: 1000,
    slowestAnswerMs: 50,
    ...change,
  }
}

const PORTS = {
  controller: 'connection',
  coordinator: 'connection',
  producer: 'connection',
  'broker-0': 'connection',
  'broker-1': 'connection',
  sink: 'calls',
  dedup: 'calls',
} as const

export function newConsumer(change: Change = {}): Consumer {
  return benchOf(consumer, 'payments-0', settingsWith(change), PORTS)
}

/** Started, with its topics known and nothing else. */
export function started(change: Change = {}): Consumer {
  const bench = newConsumer(change)
  bench.does('Start')
  for (const { topic } of bench.sent('controller')) {
    const partitions = topic === 'orders' ? 3 : 1
    bench.hears('controller', metadata(partitions, 2, topic))
  }
  bench.sent('controller')
  return bench
}

export function joinResponse(generation: number, leader = 'somebody', members: unknown = []) {
  const answer = { kind: 'JoinGroupResponse', member: 'payments-0#0', protocol: 'range' }
  return { ...answer, generation, leader, members } as never
}

export function syncResponse(assignment: Assignment) {
  return { kind: 'SyncGroupResponse', assignment } as never
}

export function committed(offsets: Readonly<Record<string, number>>) {
  return {
    kind: 'OffsetFetchResponse',
    offsets: Object.entries(offsets).map(([lane, offset]) => {
      const [topic, partition] = lane.split('/')
      return { topic, partition: Number(partition), offset }
    }),
  } as never
}

/** A stable member of generation 1 that owns these partitions of `orders`, all at offset 0. */
export function stable(change: Change = {}, partitions: readonly number[] = [0]): Consumer {
  const bench = started(change)
  bench.does('JoinGroup')
  bench.hears('coordinator', joinResponse(1))
  bench.hears('coordinator', syncResponse({ orders: partitions }))
  const offsets = Object.fromEntries(partitions.map((partition) => [`orders/${partition}`, 0]))
  if (partitions.length > 0) bench.hears('coordinator', committed(offsets))
  for (const port of Object.keys(PORTS)) bench.sent(port)
  return bench
}

/** Records `from`..`to - 1` of a partition; the event at offset n of partition p is e<10p + n>. */
export function records(from: number, to: number, partition = 0): FetchResponse {
  const offsets = Array.from({ length: to - from }, (_, i) => from + i)
  return {
    kind: 'FetchResponse',
    topic: 'orders',
    partition,
    fetchOffset: from,
    records: offsets.map((offset) => ({ offset, message: message(10 * partition + offset) })),
    highWatermark: to,
  }
}

export function fetchError(error: KafkaError, offset = 0): FetchResponse {
  return { ...records(offset, offset), error }
}

/** A stable member with these many records of partition 0 in its handler's hands. */
export function polled(count: number, change: Change = {}): Consumer {
  const bench = stable(change)
  bench.hears('broker-0', records(0, count))
  bench.does('Poll')
  bench.sent('broker-0')
  return bench
}

type Result = 'applied' | 'already done' | 'in progress' | 'stale' | 'unavailable' | 'failed'

/** The sink answers the call that is open. Returns the rule that took the answer. */
export function answer(bench: Consumer, result: Result = 'applied'): string {
  const [asked] = bench.sent('sink')
  return bench.hears('sink', { kind: 'EffectAnswer', call: asked.call, result } as never)
}

/** The effect of the record in hand is applied. */
export function applied(bench: Consumer): void {
  bench.does('ApplyEffect')
  answer(bench)
}

export function commitResponse(correlation: number, error?: KafkaError): OffsetCommitResponse {
  const response = { kind: 'OffsetCommitResponse', correlation } as const
  return error === undefined ? response : { ...response, error }
}

export function heartbeatResponse(error: KafkaError) {
  return { kind: 'HeartbeatResponse', error } as never
}

export const stagesOf = (bench: Consumer) =>
  (consumer.stages?.(bench.state) ?? []).map(({ stage, about }) => `${stage} ${about}`)

/** How long a rule takes in the state the consumer is in. */
export function takes(bench: Consumer, rule: string, arg?: unknown, change: Change = {}) {
  const found = consumer.rules.find((each) => each.name === rule)
  return found?.takes?.(settingsWith(change), bench.state, undefined, arg)
}
