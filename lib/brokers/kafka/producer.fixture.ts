// A producer on the test bench, whose brokers a test speaks for.
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { type WorkloadShape, workloadOf } from '../../clients/workload.ts'
import type { Envelope, Rule } from '../../engine/types.ts'
import { metadata } from './metadata.fixture.ts'
import { producerKind } from './producer.ts'
import type { ProducerSettings, ProducerState } from './producer-state.ts'
import type { KafkaError, Produce } from './protocol.ts'
import { type Given, producerConfig } from './settings.ts'

export interface Change {
  readonly kafka?: Given
  readonly workload?: Partial<WorkloadShape>
  readonly nodes?: readonly string[]
  readonly resends?: boolean
  readonly together?: number
  readonly inService?: boolean
}

export interface Producing extends Bench<ProducerState> {
  readonly settings: ProducerSettings
  /** SendNext, so many times. */
  publish(count: number): void
  /** Requests sent to the node since the last call. */
  requests(node?: string): readonly Produce[]
  /** The node answers the oldest request: with an offset or an error. */
  answer(result: number | KafkaError, node?: string): void
  /** Ids of the messages of each batch, per request since the last call. */
  batches(node?: string): readonly string[]
}

export function producerSettings(change: Change = {}): ProducerSettings {
  const workload = workloadOf({
    source: 'shop',
    count: 100,
    everyMs: [500, 700],
    keys: ['k0'],
    eventTypes: ['Created', 'Paid', 'Shipped'],
    firstOrder: 1,
    firstN: 0,
    keyChoice: 'key',
    ...change.workload,
  })
  return {
    ...producerConfig({ 'linger.ms': 0, ...change.kafka }),
    topic: 'orders',
    workload,
    nodes: change.nodes ?? ['node'],
    resendsWithNewId: change.resends ?? false,
    together: change.together ?? 1,
    startsAtMs: 0,
    inService: change.inService ?? false,
    groupPort: 'coordinator',
    restartMs: [2000, 3000],
    pauseMs: [9000, 9500],
  }
}

const LINES = ['controller', 'transactions', 'coordinator', 'application']

/** A producer that has not been started. */
export function newProducing(change: Change = {}): Producing {
  const settings = producerSettings(change)
  const ports = [...LINES, ...settings.nodes].map((port) => [port, 'connection'] as const)
  const bench = benchOf(producerKind, 'shop', settings, Object.fromEntries(ports))
  const requests = (node = 'node') => bench.sent(node) as readonly Produce[]
  return Object.assign(bench, {
    settings,
    publish(count: number) {
      for (let i = 0; i < count; i++) bench.does('SendNext')
    },
    requests,
    answer(result: number | KafkaError, node = 'node') {
      const told =
        typeof result === 'number' ? { baseOffset: result } : { error: result, baseOffset: -1 }
      const answer = { kind: 'ProduceResponse', topic: 'orders', partition: 0, correlation: 0 }
      bench.hears(node, { ...answer, ...told } as Envelope)
    },
    batches: (node = 'node') =>
      requests(node).map((each) => each.batch.messages.map((message) => message.id).join(' ')),
  })
}

/** Started, with its partitions and, if it is idempotent, producer id 7. */
export function producing(change: Change = {}, partitions = 1): Producing {
  const it = newProducing(change)
  it.does('Start')
  it.hears('controller', metadata(partitions, it.settings.nodes.length))
  if (it.settings['enable.idempotence']) {
    it.hears('controller', { kind: 'InitProducerIdResponse', producerId: 7, epoch: 0 } as Envelope)
  }
  it.sent('controller')
  return it
}

export const plain = { 'enable.idempotence': false }

export function ruleOf(name: string): Rule {
  return producerKind.rules.find((rule) => rule.name === name) as Rule
}
