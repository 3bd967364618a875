// node e2e/conformance/random/index.ts [--runs N] [--seed S] [--of NAME] [--at-once N]: random scripts on the model and on the
// real broker: Apache Kafka, or with --of rabbitmq both RabbitMQs. What disagrees is made as small as it can be and printed
// as an experiment. Exit 1 then.
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { allowedBy, judge } from '../../../lib/experiments/_judge.ts'
import type { Experiment } from '../../../lib/experiments/types.ts'
import { observeReal } from '../kafka/run.ts'
import { type Lasting, lastingBroker, undisturbed } from '../lasting.ts'
import { consumerScripts } from './consumers.ts'
import { groupScripts } from './group.ts'
import { logScripts } from './log.ts'
import { memberScripts } from './members.ts'
import { modernScripts } from './modern.ts'
import { randomRabbitmq } from './rabbitmq.ts'
import type { Script } from './script.ts'
import { transactionScripts } from './transactions.ts'
import { javaTransactionScripts } from './transactions-java.ts'

const SCRIPTS: Readonly<Record<string, Script>> = {
  log: logScripts,
  group: groupScripts,
  members: memberScripts,
  modern: modernScripts,
  consumers: consumerScripts,
  transactions: transactionScripts,
  'java-transactions': javaTransactionScripts,
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '1' },
    of: { type: 'string', default: Object.keys(SCRIPTS).join(',') },
  },
})

let tries = 0

async function disagreement(experiment: Experiment, lasting: Lasting): Promise<readonly string[]> {
  tries += 1
  const allowed = allowedBy(experiment)
  const run = `${experiment.id}-${tries}`
  const seen = await undisturbed(lasting, (broker, attempt) =>
    observeReal(experiment, broker, `${run}-${attempt}`),
  )
  return judge(experiment, allowed, [seen]).because
}

/** Scripts wait most of their time: several seeds may be tried at once, the given one and those after it. */
const seeds = Array.from({ length: Number(values['at-once']) }, (_, i) => Number(values.seed) + i)

async function trying(
  { name, script, seed }: { readonly name: string; readonly script: Script; readonly seed: number },
  lasting: Lasting,
): Promise<boolean> {
  const property = fc.asyncProperty(script, async (experiment) => {
    const because = await disagreement(experiment, lasting)
    if (because.length > 0) throw new Error(because.join('\n'))
  })
  const settings = { seed, numRuns: Number(values.runs) }
  const result = await fc.check(property, settings)
  console.log(
    `${name}, seed ${seed}: ${result.numRuns} scripts, ${result.failed ? 'one disagrees' : 'all agree'}`,
  )
  if (!result.failed) return true
  const [experiment] = result.counterexample ?? []
  console.log(JSON.stringify(experiment, null, 2))
  console.log(String(result.errorInstance))
  return false
}

async function randomKafka(names: readonly string[]): Promise<boolean> {
  const lasting = await lastingBroker({})
  try {
    let isRight = true
    for (const name of names) {
      const script = SCRIPTS[name]
      if (script === undefined) throw new Error(`there are no random scripts "${name}"`)
      const all = seeds.map((seed) => trying({ name, script, seed }, lasting))
      isRight = !(await Promise.all(all)).includes(false) && isRight
    }
    return isRight
  } finally {
    await lasting.stop()
  }
}

const agrees =
  values.of === 'rabbitmq'
    ? await randomRabbitmq({ runs: Number(values.runs), seeds })
    : await randomKafka(values.of.split(','))
if (!agrees) process.exitCode = 1
