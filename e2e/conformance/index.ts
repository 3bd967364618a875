// npm run conformance: the experiments of lib/experiments on the model and on a real Apache Kafka, and
// whether both did the same. Exit 0 when they agree, 1 when they do not, 2 on bad input, 3 when no broker
// can be had on this machine.
import { allowedBy, judge } from '../../lib/experiments/_judge.ts'
import type { Experiment, Observed } from '../../lib/experiments/types.ts'
import { BrokerUnavailable } from './cannot.ts'
import { type Broker, startBroker } from './kafka/broker.ts'
import { observeReal } from './kafka/run.ts'
import { warmUp } from './kafka/warm-up.ts'
import { type Options, optionsOf } from './options.ts'
import { type Outcome, printed, record } from './report.ts'

/** Most of an experiment is waiting. More than these at a time would make waits unsteady on two cores. */
const AT_A_TIME = 3

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function failedOutcome(experiment: Experiment, error: unknown): Outcome {
  const judgement = { agrees: false, because: [messageOf(error)] }
  return { experiment, allowed: [], seen: [], judgement }
}

async function compare(
  experiment: Experiment,
  broker: Broker | null,
  repetitions: number,
): Promise<Outcome> {
  try {
    const allowed = allowedBy(experiment)
    const seen: Observed[] = []
    for (let i = 0; broker !== null && i < repetitions; i++) {
      seen.push(await observeReal(experiment, broker, `${experiment.id}-${i + 1}`))
    }
    return { experiment, allowed, seen, judgement: judge(experiment, allowed, seen) }
  } catch (error) {
    return failedOutcome(experiment, error)
  }
}

async function compareAll(options: Options, broker: Broker | null): Promise<readonly Outcome[]> {
  const waiting = [...options.experiments]
  const outcomes: Outcome[] = []
  async function worker(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outcome = await compare(next, broker, options.repetitions)
      outcomes.push(outcome)
      console.log(printed(outcome))
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  const order = options.experiments.map(({ id }) => id)
  return outcomes.sort((a, b) => order.indexOf(a.experiment.id) - order.indexOf(b.experiment.id))
}

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2))
  if ('bad' in options) {
    console.error(options.bad.join('\n'))
    return 2
  }
  const broker = options.modelOnly ? null : await startBroker()
  try {
    if (broker !== null) await warmUp(broker)
    const outcomes = await compareAll(options, broker)
    if (broker !== null && options.record) record(outcomes, broker.jars.version)
    if (broker !== null) {
      console.log(`Apache Kafka ${broker.jars.version} on Java ${broker.jars.java}`)
    }
    const failed = outcomes.filter(({ judgement }) => !judgement.agrees).length
    console.log(`${outcomes.length - failed} passed, ${failed} failed`)
    return failed === 0 ? 0 : 1
  } finally {
    await broker?.stop()
  }
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
