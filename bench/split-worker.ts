// One worker of a shared search of the reference system, for bench/explore.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { bookedOnce, type ReferenceOptions, reference } from '../lib/drivers/reference.fixture.ts'
import { spaceOf } from '../lib/drivers/space.ts'
import { joinSplit } from '../lib/drivers/split.ts'
import { compile } from '../lib/engine/compile.ts'

const port = parentPort
if (port === null) throw new Error('this is a worker')
const space = spaceOf(compile(reference(workerData as ReferenceOptions)))
joinSplit(
  {
    post: (message, transfer) => port.postMessage(message, transfer),
    listen: (hear) => port.on('message', hear as (message: unknown) => void),
  },
  space,
  bookedOnce,
)
