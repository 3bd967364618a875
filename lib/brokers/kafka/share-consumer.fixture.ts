// A share consumer on the test bench, with helpers that play its broker's part.
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message, plainHandler } from '../../clients/story.fixture.ts'
import type { HandlerSettings } from '../../clients/types.ts'
import { metadata } from './metadata.fixture.ts'
import type { AcquiredRecord } from './protocol-share.ts'
import { shareConsumerConfig } from './settings-share.ts'
import { shareConsumer } from './share-consumer.ts'
import type { ShareConsumerSettings, ShareConsumerState } from './share-consumer-state.ts'

export type Sharer = Bench<ShareConsumerState>
export type Change = Partial<Omit<ShareConsumerSettings, 'handler'>> & {
  readonly handler?: Partial<HandlerSettings>
}

export function settingsWith({ handler, ...change }: Change = {}): ShareConsumerSettings {
  return {
    ...shareConsumerConfig({ 'share.acknowledgement.mode': 'explicit' }),
    service: 'payments',
    topic: 'orders',
    nodes: ['broker-0', 'broker-1'],
    handler: { ...plainHandler, ...handler },
    joinsAtMs: 5,
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
  'broker-0': 'connection',
  'broker-1': 'connection',
  sink: 'calls',
  dedup: 'calls',
} as const

export function newSharer(change: Change = {}): Sharer {
  return benchOf(shareConsumer, 'payments-0', settingsWith(change), PORTS)
}

/** Started, with its topic known, and a member that may read these partitions of `orders`. */
export function member(change: Change = {}, partitions: readonly number[] = [0]): Sharer {
  const bench = newSharer(change)
  bench.does('Start')
  bench.hears('controller', metadata(2, 2))
  bench.does('JoinShareGroup')
  bench.hears('coordinator', assigned(partitions))
  for (const port of Object.keys(PORTS)) bench.sent(port)
  return bench
}

export function assigned(partitions: readonly number[], id = 'payments-0#0') {
  const assignment = partitions.length === 0 ? {} : { orders: partitions }
  return { kind: 'ShareGroupHeartbeatResponse', member: id, assigned: assignment } as never
}

/** Records acquired for it; `batchEnd` is each record's own offset unless told. */
export function acquired(offsets: readonly number[], change: Partial<AcquiredRecord> = {}) {
  const records = offsets.map((offset): AcquiredRecord => {
    const { partition = 0 } = change
    const own = { topic: 'orders', partition, offset, deliveryCount: 1, batchEnd: offset }
    return { ...own, message: message(10 * partition + offset), ...change }
  })
  return { kind: 'ShareFetchResponse', records } as never
}

/** These records of partition 0 in its handler's hands. */
export function polled(offsets: readonly number[], change: Change = {}): Sharer {
  const bench = member(change)
  bench.does('ShareFetch')
  bench.hears('broker-0', acquired(offsets))
  bench.does('Poll')
  bench.sent('broker-0')
  return bench
}

type Result = 'applied' | 'failed'

export function answer(bench: Sharer, result: Result = 'applied'): string {
  const [asked] = bench.sent('sink')
  return bench.hears('sink', { kind: 'EffectAnswer', call: asked.call, result } as never)
}

/** The effects of so many records in hand have this result. */
export function handled(bench: Sharer, ...results: readonly Result[]): void {
  for (const result of results) {
    bench.does('ApplyEffect')
    answer(bench, result)
  }
}

export function acknowledgeResponse(awaited = true, refused = false) {
  const error = { topic: 'orders', partition: 0, error: 'INVALID_RECORD_STATE' }
  return { kind: 'ShareAcknowledgeResponse', awaited, errors: refused ? [error] : [] } as never
}

export function takes(bench: Sharer, rule: string, change: Change = {}, e?: unknown) {
  const found = shareConsumer.rules.find((each) => each.name === rule)
  return found?.takes?.(settingsWith(change), bench.state, e, undefined)
}

/** What was acknowledged on a port: the type and offset of each, by request. */
export const acks = (bench: Sharer, port = 'broker-0') =>
  bench
    .sent(port)
    .map(({ kind, acknowledgements }) => [
      kind,
      ...acknowledgements.map(
        (each: { type: string; offset: number }) => `${each.type} ${each.offset}`,
      ),
    ])
