// Random scripts on the model and on both real RabbitMQs. A script that disagrees is played once more before it
// counts: what the real broker does differently the second time is no mistake of the model's.
import fc from 'fast-check'
import { observe } from '../../../lib/experiments/rabbitmq/_model.ts'
import {
  type Experiment,
  type Variant,
  variantName,
  variantsOf,
} from '../../../lib/experiments/rabbitmq/types.ts'
import { type Broker, startBroker } from '../rabbitmq/broker.ts'
import { SUITES, type Version } from '../rabbitmq/roots.ts'
import { differences, observeReal } from '../rabbitmq/run.ts'
import { rabbitmqScripts } from './rabbitmq-scripts.ts'

export interface Asked {
  readonly runs: number
  readonly seeds: readonly number[]
}

type Brokers = Readonly<Record<Version, Broker>>

let plays = 0

async function played(experiment: Experiment, variant: Variant, broker: Broker) {
  plays++
  const model = await observe(experiment, variant)
  const seen = await observeReal(experiment, variant, broker, `x${process.pid}-${plays}`)
  return differences(model, seen)
}

async function disagreement(experiment: Experiment, brokers: Brokers): Promise<readonly string[]> {
  const of = async (variant: Variant) => {
    const broker = brokers[variant.version]
    const first = await played(experiment, variant, broker)
    if (first.length === 0) return []
    const second = await played(experiment, variant, broker)
    return second.map((each) => `${variantName(variant)}, ${each}`)
  }
  return (await Promise.all(variantsOf(experiment).map(of))).flat()
}

async function trying(seed: number, runs: number, brokers: Brokers): Promise<boolean> {
  const property = fc.asyncProperty(rabbitmqScripts, async (experiment) => {
    const because = await disagreement(experiment, brokers)
    if (because.length === 0) return
    console.log(`seed ${seed}: ${because[0]}`)
    throw new Error(because.join('\n'))
  })
  const result = await fc.check(property, { seed, numRuns: runs })
  const verdict = result.failed ? 'one disagrees' : 'all agree'
  console.log(`rabbitmq, seed ${seed}: ${result.numRuns} scripts, ${verdict}`)
  if (!result.failed) return true
  const [experiment] = result.counterexample ?? []
  console.log(JSON.stringify(experiment, null, 2))
  console.log(String(result.errorInstance))
  return false
}

/** Whether all agree. */
export async function randomRabbitmq({ runs, seeds }: Asked): Promise<boolean> {
  const versions = Object.keys(SUITES) as Version[]
  const started = await Promise.allSettled(versions.map(startBroker))
  try {
    const brokers = started.map((each) => {
      if (each.status === 'rejected') throw each.reason
      return each.value
    })
    const byVersion = Object.fromEntries(brokers.map((each) => [each.root.version, each]))
    const agree = await Promise.all(seeds.map((seed) => trying(seed, runs, byVersion as Brokers)))
    return !agree.includes(false)
  } finally {
    for (const each of started) if (each.status === 'fulfilled') await each.value.stop()
  }
}
