// A broker that has started is not ready for everything at once: its coordinators load, and the first
// request to each makes their topics. Waited for once, before anything is compared.
import * as kafka from '@platformatic/kafka'
import type { Broker } from './broker.ts'
import { linesTo, patiently } from './raw.ts'
import { init } from './raw-transactions.ts'

const OF_GROUPS = 0
const OF_TRANSACTIONS = 1
/** No broker of an experiment refuses so short a transaction. */
const SHORT_MS = 1000

export async function warmUp(broker: Broker): Promise<void> {
  const lines = linesTo(broker.port)
  try {
    const line = await patiently(() => lines.to('warm up'))
    await patiently(() => init(line, null))
    for (const kind of [OF_GROUPS, OF_TRANSACTIONS]) {
      await patiently(async () => {
        const { coordinators } = await kafka.findCoordinatorV4.api.async(line, kind, ['warm-up'])
        if (coordinators[0]?.errorCode !== 0) throw new Error('there is no coordinator yet')
      })
    }
    await patiently(() => init(line, 'warm-up', SHORT_MS))
    const topics = [{ name: 'nothing', partitionIndexes: [0] }]
    const groups = [{ groupId: 'warm-up', memberEpoch: -1, topics }]
    await patiently(() => kafka.offsetFetchV8.api.async(line, groups, false))
  } finally {
    await lines.close()
  }
}
