// A broker that has started is not ready for everything at once: its coordinators load, and the first
// request to each makes their topics. Waited for once, before anything is compared.
import * as kafka from '@platformatic/kafka'
import type { Broker } from './broker.ts'
import { linesTo, patiently } from './raw.ts'

export async function warmUp(broker: Broker): Promise<void> {
  const lines = linesTo(broker.port)
  try {
    const line = await patiently(() => lines.to('warm up'))
    await patiently(() => kafka.initProducerIdV4.api.async(line, null, 60_000, -1n, -1))
    await patiently(async () => {
      const { coordinators } = await kafka.findCoordinatorV4.api.async(line, 0, ['warm-up'])
      if (coordinators[0]?.errorCode !== 0) throw new Error('there is no coordinator yet')
    })
    const topics = [{ name: 'nothing', partitionIndexes: [0] }]
    const groups = [{ groupId: 'warm-up', memberEpoch: -1, topics }]
    await patiently(() => kafka.offsetFetchV8.api.async(line, groups, false))
  } finally {
    await lines.close()
  }
}
