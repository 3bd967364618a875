// npm run conformance: the experiments of lib/experiments on the model and on a real Apache Kafka, and
// whether both did the same. Exit 0 when they agree, 1 when they do not, 2 on bad input, 3 when no broker
// can be had on this machine.
import { allowedBy, judge } from '../../lib/experiments/_judge.ts'
import type { Experiment, Observed } from '../../lib/experiments/types.ts'
import { BrokerUnavailable } from './cannot.ts'
import type { Broker } from './kafka/broker.ts'
import type { Cluster } from './kafka/cluster.ts'
import { observeReal } from './kafka/run.ts'
import {
  type Lasting,
  lastingBroker,
  type SharedCluster,
  sharedCluster,
  undisturbed,
} from './lasting.ts'
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
  lasting: Lasting | null,
  cluster: SharedCluster,
  repetitions: number,
): Promise<Outcome> {
  try {
    const allowed = allowedBy(experiment)
    const seen: Observed[] = []
    for (let i = 1; lasting !== null && i <= repetitions; i++) {
      if (experiment.cluster !== undefined) {
        seen.push(await cluster.use(experiment.cluster, (nodes) => inCluster(experiment, nodes)))
        continue
      }
      const once = (broker: Broker, attempt: number) =>
        observeReal(experiment, broker, `${experiment.id}-${i}-${attempt}`)
      seen.push(await undisturbed(lasting, once))
    }
    return { experiment, allowed, seen, judgement: judge(experiment, allowed, seen) }
  } catch (error) {
    return failedOutcome(experiment, error)
  }
}

let runs = 0

async function inCluster(experiment: Experiment, nodes: Cluster): Promise<Observed> {
  const { jars } = nodes
  const port = nodes.nodes()[0]?.port as number
  runs += 1
  return await observeReal(experiment, { jars, port }, `${experiment.id}-c${runs}`, nodes)
}

async function compareAll(
  options: Options,
  lasting: Lasting | null,
  cluster: SharedCluster,
): Promise<readonly Outcome[]> {
  const waiting = [...options.experiments]
  const outcomes: Outcome[] = []
  async function worker(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outcome = await compare(next, lasting, cluster, options.repetitions)
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
  const lasting = options.modelOnly ? null : await lastingBroker()
  const cluster = sharedCluster()
  try {
    const outcomes = await compareAll(options, lasting, cluster)
    if (lasting !== null) {
      const { version, java } = (await lasting.get()).jars
      if (options.record) record(outcomes, version)
      console.log(`Apache Kafka ${version} on Java ${java}`)
    }
    const failed = outcomes.filter(({ judgement }) => !judgement.agrees).length
    console.log(`${outcomes.length - failed} passed, ${failed} failed`)
    return failed === 0 ? 0 : 1
  } finally {
    await cluster.stop()
    await lasting?.stop()
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
