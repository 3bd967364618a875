// npm run conformance: the experiments of lib/experiments on the model and on a real Apache Kafka, and
// whether both did the same. Exit 0 when they agree, 1 when they do not, 2 on bad input, 3 when no broker
// can be had on this machine.
import { allowedBy, judge } from '../../lib/experiments/_judge.ts'
import type { Experiment, Observed } from '../../lib/experiments/types.ts'
import { BrokerUnavailable } from './cannot.ts'
import type { Broker } from './kafka/broker.ts'
import { observeReal } from './kafka/run.ts'
import { type Lasting, lastingBroker, undisturbed } from './lasting.ts'
import { type Options, optionsOf } from './options.ts'
import { type Run, runsOf } from './order.ts'
import { type Outcome, printed, record } from './report.ts'

/** Nearly all of an experiment is waiting. More than these at a time would make waits unsteady on two cores. */
const AT_A_TIME = 5

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function failedOutcome(experiment: Experiment, error: unknown): Outcome {
  const judgement = { agrees: false, because: [messageOf(error)] }
  return { experiment, allowed: [], seen: [], judgement }
}

async function compare(
  experiment: Experiment,
  lasting: Lasting | null,
  repetitions: number,
): Promise<Outcome> {
  try {
    const allowed = allowedBy(experiment)
    const seen: Observed[] = []
    for (let i = 1; lasting !== null && i <= repetitions; i++) {
      const once = (broker: Broker, attempt: number) =>
        observeReal(experiment, broker, `${experiment.id}-${i}-${attempt}`)
      seen.push(await undisturbed(lasting, once))
    }
    return { experiment, allowed, seen, judgement: judge(experiment, allowed, seen) }
  } catch (error) {
    return failedOutcome(experiment, error)
  }
}

async function compareAll(
  experiments: readonly Experiment[],
  lasting: Lasting | null,
  repetitions: number,
): Promise<readonly Outcome[]> {
  const waiting = [...experiments]
  const outcomes: Outcome[] = []
  async function worker(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outcome = await compare(next, lasting, repetitions)
      outcomes.push(outcome)
      console.log(printed(outcome))
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  return outcomes
}

/** On the real broker, as it is started for these experiments; and which one it was. */
async function onBroker({ broker, experiments }: Run, repetitions: number) {
  const lasting = await lastingBroker(broker)
  try {
    const outcomes = await compareAll(experiments, lasting, repetitions)
    return { outcomes, jars: (await lasting.get()).jars }
  } finally {
    await lasting.stop()
  }
}

async function run(options: Options): Promise<readonly Outcome[]> {
  const { experiments, repetitions } = options
  if (options.modelOnly) return await compareAll(experiments, null, repetitions)
  const outcomes: Outcome[] = []
  for (const each of runsOf(experiments)) {
    const done = await onBroker(each, repetitions)
    outcomes.push(...done.outcomes)
    const { version, java } = done.jars
    console.log(`Apache Kafka ${version} on Java ${java}`)
    if (options.record && outcomes.length === experiments.length) {
      record(inOrder(options, outcomes), version)
    }
  }
  return outcomes
}

function inOrder({ experiments }: Options, outcomes: readonly Outcome[]): readonly Outcome[] {
  const order = experiments.map(({ id }) => id)
  return outcomes.toSorted(
    (a, b) => order.indexOf(a.experiment.id) - order.indexOf(b.experiment.id),
  )
}

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2))
  if ('bad' in options) {
    console.error(options.bad.join('\n'))
    return 2
  }
  const outcomes = await run(options)
  const failed = outcomes.filter(({ judgement }) => !judgement.agrees).length
  console.log(`${outcomes.length - failed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

// Without an exit of our own, a signal would leave the broker running.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130))
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof BrokerUnavailable ? error.message : error)
  process.exitCode = error instanceof BrokerUnavailable ? 3 : 1
}
