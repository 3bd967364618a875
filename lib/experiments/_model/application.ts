// The script is the application of the model's consumer: it says when its thread polls, what it has in
// hand, and when it commits. The rules of the consumer library are the model's own; the handler that
// scenarios give a consumer has nothing to do here.
import type { ConsumerState } from '../../brokers/kafka/consumer.ts'
import { laneName } from '../../brokers/kafka/node-state.ts'
import type { ShareConsumerState } from '../../brokers/kafka/share-consumer-state.ts'
import { type Batch, noWork } from '../../clients/handler.ts'
import type { Json } from '../../engine/types.ts'
import { timed } from './clock.ts'
import { knowing, type Moment, type Setup, stateOf, withState } from './moment.ts'

/** Nothing in hand. */
const NOTHING: Batch = {
  items: [],
  next: 0,
  mode: 'batch-after',
  phase: 'ended',
  retry: false,
  dropped: false,
  passed: [],
  highest: [],
}

type Application = Pick<ConsumerState | ShareConsumerState, 'process' | 'work'>

function withBatch(setup: Setup, moment: Moment, who: string, batch: Batch): Moment {
  const state = stateOf<Application>(setup, moment, who)
  const next = { ...state, work: { ...noWork(1), batch } }
  return timed(setup, withState(setup, moment, who, next as unknown as Json))
}

/** Its thread is in poll(), or about to be. */
export function polling(setup: Setup, moment: Moment, who: string): Moment {
  return withBatch(setup, moment, who, NOTHING)
}

/**
 * Its thread is in poll() again after it polled with everything paused: a client fetches nothing of what is
 * paused, so what the model's has prefetched of new partitions since is fetched now.
 */
export function resumed(setup: Setup, moment: Moment, who: string): Moment {
  const lanes = moment.known.unfetched[who] ?? []
  if (lanes.length === 0) return moment
  const state = stateOf<ConsumerState>(setup, moment, who)
  const again = state.lanes.map((lane) =>
    lanes.includes(laneName(lane.topic, lane.partition)) && lane.buffer.length > 0
      ? { ...lane, buffer: [], taken: 0, fetch: 'again' as const }
      : lane,
  )
  const next = withState(setup, moment, who, { ...state, lanes: again } as unknown as Json)
  return timed(setup, knowing(next, 'unfetched', who, []))
}

/** Its thread is elsewhere: from now on max.poll.interval.ms runs. */
export function away(setup: Setup, moment: Moment, who: string): Moment {
  const { process } = stateOf<Application>(setup, moment, who)
  if (process !== 'running') return moment
  return withBatch(setup, moment, who, { ...NOTHING, phase: 'handling' })
}

const overdueKey = (who: string) => JSON.stringify({ actor: who, rule: 'PollIntervalExceeded' })

/** When the interval since the last poll will be exceeded; null when nothing runs. */
export function intervalEndsMs(moment: Moment, who: string): number | null {
  return moment.due[overdueKey(who)] ?? null
}

/** Back from a commit, which is no poll: the interval runs on. */
export function stillAway(setup: Setup, moment: Moment, who: string, endsMs: Json): Moment {
  const after = away(setup, moment, who)
  const key = overdueKey(who)
  if (typeof endsMs !== 'number' || after.due[key] === undefined) return after
  return { ...after, due: { ...after.due, [key]: endsMs } }
}

/** Its thread is in a call that tells the broker what is done. */
export function telling(
  setup: Setup,
  moment: Moment,
  who: string,
  passed: Batch['passed'] = [],
): Moment {
  return withBatch(setup, moment, who, { ...NOTHING, phase: 'after', passed })
}

/** commitSync() and commitAsync() without arguments: every position there is. Null when there is none. */
export function committing(setup: Setup, moment: Moment, who: string): Moment | null {
  const { lanes } = stateOf<ConsumerState>(setup, moment, who)
  const positions = lanes.filter((lane) => lane.position >= 0)
  if (positions.length === 0) return null
  const passed = positions.map(({ topic, partition, position }) => ({
    stream: topic,
    lane: partition,
    offset: position - 1,
  }))
  return telling(setup, moment, who, passed)
}
