// The experiments of lib/experiments on the model and on a real Apache Kafka, and whether both did the same.
import { allowedBy, judge } from '../../../lib/experiments/_judge.ts'
import type { Experiment, Observed } from '../../../lib/experiments/types.ts'
import { disputed } from '../alone.ts'
import { lastingBroker, sharedCluster, undisturbed } from '../lasting.ts'
import { type Options, optionsOf } from '../options.ts'
import { clusterAsked, clustersOf, type Run, runsOf } from '../order.ts'
import { type Outcome, printed, record } from '../report.ts'
import { BAD_INPUT, type Told } from '../told.ts'
import { ensureJars, type Jars } from './jars.ts'
import { observeReal } from './run.ts'

/** How many experiments run at a time, on one node and on clusters of several. */
interface Beside {
  readonly onNode: number
  readonly clusters: number
}

/**
 * Nearly all of an experiment is waiting. More than these at a time would make waits unsteady on two cores. A
 * cluster is three processes; with one, its experiments take longer than all the others.
 */
const MANY: Beside = { onNode: 6, clusters: 3 }
const ALONE: Beside = { onNode: 1, clusters: 1 }

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Runs an experiment on the real broker, once; null where only the model is asked. */
type Observe = (experiment: Experiment, repetition: number) => Promise<Observed>

interface Seen {
  readonly seen: readonly Observed[]
  /** What ended the run before its last repetition; none when nothing did. */
  readonly problems: readonly string[]
}

async function seenBy(
  observe: Observe,
  experiment: Experiment,
  repetitions: number,
): Promise<Seen> {
  const seen: Observed[] = []
  for (let i = 1; i <= repetitions; i++) {
    try {
      seen.push(await observe(experiment, i))
    } catch (error) {
      return { seen, problems: [`repetition ${i} came to no end: ${messageOf(error)}`] }
    }
  }
  return { seen, problems: [] }
}

function modelOf(experiment: Experiment): readonly Observed[] | string {
  try {
    return allowedBy(experiment)
  } catch (error) {
    return `the model came to no end: ${messageOf(error)}`
  }
}

async function compare(
  experiment: Experiment,
  observe: Observe | null,
  repetitions: number,
): Promise<Outcome> {
  const asked = observe === null ? 'the model only' : (`${repetitions} repetitions` as const)
  const allowed = modelOf(experiment)
  if (typeof allowed === 'string') {
    const judgement = { agrees: false, because: [allowed] }
    return { experiment, allowed: [], seen: [], asked: 'the model only', judgement }
  }
  const { seen, problems } =
    observe === null ? { seen: [], problems: [] } : await seenBy(observe, experiment, repetitions)
  const { agrees, because } = judge(experiment, allowed, seen)
  const judgement = { agrees: agrees && problems.length === 0, because: [...because, ...problems] }
  return { experiment, allowed, seen, asked, judgement }
}

/** `observers` take what is next, each one experiment at a time. */
async function compareAll(
  experiments: readonly Experiment[],
  observers: readonly (Observe | null)[],
  repetitions: number,
): Promise<readonly Outcome[]> {
  const waiting = [...experiments]
  const outcomes: Outcome[] = []
  async function take(observe: Observe | null): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outcome = await compare(next, observe, repetitions)
      outcomes.push(outcome)
      console.log(printed(outcome))
    }
  }
  await Promise.all(observers.map(take))
  return outcomes
}

interface Done {
  readonly outcomes: readonly Outcome[]
  readonly jars: Jars
}

/** On one node, as it is started for these experiments; and which Kafka it was. */
async function onBroker(
  { broker, experiments }: Run,
  repetitions: number,
  { onNode }: Beside,
): Promise<Done> {
  const lasting = await lastingBroker(broker)
  const observe: Observe = (experiment, repetition) =>
    undisturbed(lasting, (real, attempt) =>
      observeReal(experiment, real, `${experiment.id}-${repetition}-${attempt}`),
    )
  try {
    const observers = Array<Observe>(onNode).fill(observe)
    const outcomes = await compareAll(experiments, observers, repetitions)
    return { outcomes, jars: (await lasting.get()).jars }
  } finally {
    await lasting.stop()
  }
}

/** On several nodes, in each cluster one experiment after the other: each may kill some of them. */
async function onClusters(
  experiments: readonly Experiment[],
  repetitions: number,
  beside: Beside,
): Promise<Done> {
  const clusters = Array.from({ length: beside.clusters }, sharedCluster)
  let runs = 0
  const observers = clusters.map(
    (cluster): Observe =>
      (experiment) =>
        cluster.use(clusterAsked(experiment), (nodes) => {
          const port = nodes.nodes()[0]?.port as number
          runs += 1
          return observeReal(
            experiment,
            { jars: nodes.jars, port },
            `${experiment.id}-c${runs}`,
            nodes,
          )
        }),
  )
  try {
    const outcomes = await compareAll(experiments, observers, repetitions)
    return { outcomes, jars: ensureJars() }
  } finally {
    await Promise.all(clusters.map((cluster) => cluster.stop()))
  }
}

async function asked(
  experiments: readonly Experiment[],
  repetitions: number,
  beside: Beside,
): Promise<readonly Done[]> {
  const clustered = clustersOf(experiments)
  const others = experiments.filter(({ cluster }) => cluster === undefined)
  const onNode = runsOf(others).map((each) => () => onBroker(each, repetitions, beside))
  const onSeveral = clustered.length === 0 ? [] : [() => onClusters(clustered, repetitions, beside)]
  if (beside === ALONE) return await oneByOne([...onNode, ...onSeveral])
  // A node by itself and clusters run side by side: all do little but wait.
  return (await Promise.all([oneByOne(onNode), oneByOne(onSeveral)])).flat()
}

const isDisputed = ({ experiment, judgement }: Outcome) =>
  experiment.class === 'deterministic' && !judgement.agrees

async function run(options: Options): Promise<readonly Outcome[]> {
  const { experiments, repetitions } = options
  if (options.modelOnly) return await compareAll(experiments, [null], repetitions)
  const done = await asked(experiments, repetitions, MANY)
  const first = done.flatMap(({ outcomes }) => outcomes)
  const open = disputed(first, isDisputed, ({ experiment }) => experiment.id)
  const once = await asked(
    open.map(({ experiment }) => experiment),
    repetitions,
    ALONE,
  )
  const settled = once.flatMap(({ outcomes }) => outcomes)
  const outcomes = inOrder(options, [...first.filter((each) => !open.includes(each)), ...settled])
  const { version, java } = (done[0] as Done).jars
  console.log(`Apache Kafka ${version} on Java ${java}`)
  if (options.record) record(outcomes, version)
  return outcomes
}

async function oneByOne(runs: readonly (() => Promise<Done>)[]): Promise<readonly Done[]> {
  const done: Done[] = []
  for (const run of runs) done.push(await run())
  return done
}

function inOrder({ experiments }: Options, outcomes: readonly Outcome[]): readonly Outcome[] {
  const order = experiments.map(({ id }) => id)
  return outcomes.toSorted(
    (a, b) => order.indexOf(a.experiment.id) - order.indexOf(b.experiment.id),
  )
}

export async function kafkaMain(words: readonly string[]): Promise<Told> {
  const options = optionsOf(words)
  if ('bad' in options) {
    console.error(options.bad.join('\n'))
    return BAD_INPUT
  }
  const outcomes = await run(options)
  const failed = outcomes.filter(({ judgement }) => !judgement.agrees).length
  return { passed: outcomes.length - failed, failed }
}
