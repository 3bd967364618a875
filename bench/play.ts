// How fast the timed driver runs the orders story, whether that stays so, and how fast the past is reached.
import { openSession } from '../lib/session/session.ts'
import { calibrate } from './calibrate.ts'
import { ordersStory, queuedOrdersStory, type Timed, timePlay } from './orders.ts'
import { type Row, whole } from './rows.ts'

const repeated = (times: number, run: () => Timed): readonly Timed[] =>
  Array.from({ length: times }, run)

const fastest = (runs: readonly Timed[]): Timed => runs.reduce((a, b) => (a.ms < b.ms ? a : b))

export function benchPlay(): readonly Row[] {
  timePlay(ordersStory(20_000))
  const before = calibrate()
  const runs = repeated(3, () => timePlay(ordersStory(100_000)))
  const best = fastest(runs)
  const replicated = repeated(2, () => timePlay(ordersStory(100_000, 3)))
  const three = fastest(replicated)
  timePlay(queuedOrdersStory(20_000))
  const queued = repeated(3, () => timePlay(queuedOrdersStory(100_000)))
  const queues = fastest(queued)
  const perSecond = (best.steps / best.ms) * 1000
  const loop = (before + calibrate()) / 2
  return [
    {
      what: 'orders story, 100,000 messages, 4 groups: steps/s',
      figure: whole(perSecond),
      target: '>= 450,000',
    },
    {
      what: '  messages/s through all groups',
      figure: whole((100_000 / best.ms) * 1000),
      target: '>= 25,000',
    },
    {
      what: '  steps per round of the calibration loop',
      figure: (perSecond / loop / 1e6).toFixed(3),
      target: '',
    },
    {
      what: '  with replication.factor=3: steps/s',
      figure: whole((three.steps / three.ms) * 1000),
      target: '>= 300,000',
    },
    {
      what: 'orders story on RabbitMQ, 100,000 messages: steps/s',
      figure: whole((queues.steps / queues.ms) * 1000),
      target: '>= 300,000',
    },
    {
      what: '  every check holds',
      figure: String([...runs, ...replicated, ...queued].every((run) => run.holds)),
      target: 'true',
    },
  ]
}

export function benchFlat(): readonly Row[] {
  timePlay(ordersStory(20_000))
  const [small, large] = [10_000, 1_000_000].map((count) => {
    const { ms, steps } = timePlay(ordersStory(count))
    return (ms / steps) * 1000
  }) as [number, number]
  return [
    {
      what: 'cost of a step at 10,000 / 1,000,000 messages, µs',
      figure: `${small.toFixed(2)} / ${large.toFixed(2)}`,
      target: '',
    },
    { what: '  ratio', figure: (large / small).toFixed(2), target: '<= 1.5' },
  ]
}

export function benchPast(): readonly Row[] {
  const session = openSession(ordersStory(6_000))
  session.runAhead(100_000)
  const { length } = session
  const heapMb = process.memoryUsage().heapUsed / 2 ** 20
  let worst = 0
  for (let i = 0; i < 200; i++) {
    const step = (i * 7919) % length
    const from = performance.now()
    session.seek(step)
    session.picture()
    worst = Math.max(worst, performance.now() - from)
  }
  return [
    {
      what: `watched run of ${whole(length)} steps: slowest of 200 seeks, ms`,
      figure: worst.toFixed(1),
      target: '<= 50',
    },
    { what: '  heap, MB', figure: heapMb.toFixed(0), target: '<= 400' },
  ]
}
