// npm run conformance -- --broker rabbitmq: every experiment, with each queue type it is about, on the model
// and on real brokers of both versions, and whether they did the same.
import { compareText } from '../../../lib/experiments/_compare.ts'
import { observe } from '../../../lib/experiments/rabbitmq/_model.ts'
import { interpreted } from '../../../lib/experiments/rabbitmq/_script.ts'
import {
  type Experiment,
  expectedOf,
  type Observed,
  type Variant,
  variantName,
  variantsOf,
} from '../../../lib/experiments/rabbitmq/types.ts'
import { disputed } from '../alone.ts'
import { type Broker, startBroker } from './broker.ts'
import { realPort } from './port.ts'
import { SUITES, type Version } from './roots.ts'

/** Most of an experiment is waiting. */
const AT_A_TIME = 9

export interface Asked {
  readonly experiments: readonly Experiment[]
  readonly modelOnly: boolean
  readonly repetitions: number
}

export interface Outcome {
  readonly experiment: Experiment
  readonly variant: Variant
  readonly model: Observed
  /** One for each repetition; empty when only the model was asked. */
  readonly broker: readonly Observed[]
  readonly because: readonly string[]
  /** The release that was asked; '' for none. */
  readonly release: string
}

/** Nothing else may run beside what restarts the broker. */
const restarts = ({ experiment }: Work): boolean =>
  experiment.steps.some((step) => step.do === 'restartNode')

const HALF_AN_HOUR_MS = 1_800_000

export async function observeReal(
  experiment: Experiment,
  variant: Variant,
  broker: Broker,
  run: string,
): Promise<Observed> {
  const port = realPort(experiment, broker, run)
  try {
    return await interpreted(experiment, variant, port)
  } finally {
    await port.end().catch(() => {})
  }
}

/** Where two observations part, by the `as` of the steps. */
export function differences(model: Observed, broker: Observed): readonly string[] {
  const show = (value: Observed[string] | undefined) =>
    value === undefined ? 'nothing' : compareText(value)
  return [...new Set([...Object.keys(model), ...Object.keys(broker)])]
    .filter((name) => show(model[name]) !== show(broker[name]))
    .map((name) => `${name}: the model says ${show(model[name])}, the broker ${show(broker[name])}`)
}

/** Where the model says something else than what the experiment was told to come to. */
function unexpected(experiment: Experiment, variant: Variant, model: Observed): readonly string[] {
  const expected = expectedOf(experiment, variant)
  const named = Object.fromEntries(Object.keys(expected).map((as) => [as, model[as]] as const))
  return differences(named as Observed, expected).map((each) =>
    each.replace(', the broker ', ', its expectation '),
  )
}

function judged(
  experiment: Experiment,
  model: Observed,
  seen: readonly Observed[],
): readonly string[] {
  if (experiment.class === 'unspecified') return []
  const distinct = new Map(seen.map((each) => [compareText(each), each]))
  const unstable = distinct.size > 1 ? [`the broker did ${distinct.size} different things`] : []
  return [
    ...unstable,
    ...new Set([...distinct.values()].flatMap((each) => differences(model, each))),
  ]
}

let runs = 0

async function outcomeOf(
  experiment: Experiment,
  variant: Variant,
  broker: Broker | null,
  times: number,
): Promise<Outcome> {
  const seen: Observed[] = []
  const release = broker?.root.release ?? ''
  let model: Observed = {}
  try {
    // A script that cannot be played to its end fails by itself; the others go on.
    model = await observe(experiment, variant)
    for (let i = 0; broker !== null && i < times; i++) {
      runs++
      seen.push(await observeReal(experiment, variant, broker, `r${process.pid}-${runs}`))
    }
    const because = [...unexpected(experiment, variant, model), ...judged(experiment, model, seen)]
    return { experiment, variant, model, broker: seen, because, release }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return { experiment, variant, model, broker: seen, because: [said], release }
  }
}

function printed({ experiment, variant, model, broker, because }: Outcome): string {
  const { row = '', id, class: kind } = experiment
  const verdict = because.length === 0 ? 'ok  ' : 'FAIL'
  const times = broker.length === 0 ? 'the model only' : `${broker.length} repetitions`
  const head = `${verdict}   ${row} ${id} on ${variantName(variant)} (${kind}, ${times})`
  if (because.length === 0 && kind === 'deterministic') return head
  const seen = [...new Set(broker.map(compareText))].map((text) => `       broker ${text}`)
  return [
    head,
    `       model  ${compareText(model)}`,
    ...seen,
    ...because.map((each) => `       ${each}`),
  ].join('\n')
}

interface Work {
  readonly experiment: Experiment
  readonly variant: Variant
}

async function all(
  works: readonly Work[],
  atATime: number,
  act: (work: Work) => Promise<void>,
): Promise<void> {
  const waiting = [...works]
  async function worker(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next)
  }
  await Promise.all(Array.from({ length: atATime }, worker))
}

const isDisputed = ({ experiment, because }: Outcome) =>
  experiment.class === 'deterministic' && because.length > 0

/** Several at a time where they can be, and once more by themselves what is disputed then. */
async function onBroker(
  works: readonly Work[],
  broker: Broker | null,
  repetitions: number,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  const act = async ({ experiment, variant }: Work) => {
    const outcome = await outcomeOf(experiment, variant, broker, repetitions)
    outcomes.push(outcome)
    console.log(printed(outcome))
  }
  await inTurn(works, broker, AT_A_TIME, act)
  if (broker === null) return outcomes
  const name = ({ experiment, variant }: Outcome) => `${experiment.id} on ${variantName(variant)}`
  const open = disputed(outcomes, isDisputed, name)
  const first = outcomes.filter((each) => !open.includes(each))
  outcomes.length = 0
  await inTurn(open, broker, 1, act)
  return [...first, ...outcomes]
}

/** A setting of the whole broker is given once, to all who want it; what restarts it comes last, one by one. */
async function inTurn(
  works: readonly Work[],
  broker: Broker | null,
  atATime: number,
  act: (work: Work) => Promise<void>,
): Promise<void> {
  const others = works.filter((each) => !restarts(each))
  const timeoutOf = ({ experiment }: Work) => experiment.consumerTimeoutMs ?? HALF_AN_HOUR_MS
  const batches = Map.groupBy(others, timeoutOf)
  for (const [ms, batch] of batches) {
    if (batches.size > 1 || ms !== HALF_AN_HOUR_MS) await broker?.setConsumerTimeout(ms)
    await all(batch, atATime, act)
  }
  if (batches.size > 1) await broker?.setConsumerTimeout(HALF_AN_HOUR_MS)
  await all(works.filter(restarts), 1, act)
}

/** All experiments of one version, on a broker of its own. */
async function ofVersion(version: Version, asked: Asked): Promise<readonly Outcome[]> {
  const works = asked.experiments.flatMap((experiment) =>
    variantsOf(experiment)
      .filter((variant) => variant.version === version)
      .map((variant) => ({ experiment, variant })),
  )
  if (works.length === 0) return []
  const broker = asked.modelOnly ? null : await startBroker(version)
  try {
    const outcomes = await onBroker(works, broker, asked.repetitions)
    if (broker !== null)
      console.log(`RabbitMQ ${broker.root.release} from Debian ${SUITES[version]}`)
    return outcomes
  } finally {
    await broker?.stop()
  }
}

export async function runRabbitmq(asked: Asked): Promise<readonly Outcome[]> {
  const versions = Object.keys(SUITES) as Version[]
  const done = await Promise.all(versions.map((version) => ofVersion(version, asked)))
  return done.flat()
}
