// npm run conformance: experiments on the model and on real brokers, and whether both did the same; on every broker,
// unless one is named. Exit 0 when they agree, 1 when they do not, 2 on bad input, 3 when a broker cannot be had on
// this machine.
import { BrokerUnavailable } from './cannot.ts'
import { kafkaMain } from './kafka/main.ts'
import { rabbitmqMain } from './rabbitmq/main.ts'
import { BAD_INPUT, type Told } from './told.ts'

const brokers = { kafka: kafkaMain, rabbitmq: rabbitmqMain }
type Broker = keyof typeof brokers

/** The broker that is named; an experiment that is named, or a file of some, is Kafka's unless it is said. */
function wanted(words: readonly string[]): readonly Broker[] {
  const isNamed = (name: string) =>
    words.includes(name) || words.some((word) => word.startsWith(`${name}=`))
  const at = words.indexOf('--broker')
  const named = at >= 0 ? words[at + 1] : words.find((word) => word.startsWith('--broker='))
  if (named?.endsWith('rabbitmq') === true) return ['rabbitmq']
  const one = ['--broker', '--file', '--only'].some(isNamed)
  return one ? ['kafka'] : ['kafka', 'rabbitmq']
}

/** Null when it cannot be had here, which is said. */
async function asked(broker: Broker, words: readonly string[]): Promise<Told | null> {
  try {
    return await brokers[broker](words)
  } catch (error) {
    if (!(error instanceof BrokerUnavailable)) throw error
    console.error(error.message)
    return null
  }
}

async function main(words: readonly string[]): Promise<number> {
  let [passed, failed, missing] = [0, 0, 0]
  for (const broker of wanted(words)) {
    const told = await asked(broker, words)
    if (told === BAD_INPUT) return 2
    passed += told?.passed ?? 0
    failed += told?.failed ?? 0
    missing += told === null ? 1 : 0
  }
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0) return 1
  return missing > 0 ? 3 : 0
}

// Without an exit of our own, a signal would leave the broker running.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130))
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
