// The worker: hears orders, searches, reports. It ends when the page ends it.
import { isOrder, type Report } from './messages'
import { searcher } from './slices'

/** Long enough to search in peace, short enough to be stopped at once. */
const SLICE_MS = 40

const report = (told: Report) => self.postMessage(told)
const search = searcher({ sliceMs: SLICE_MS, report })

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isOrder(data)) search(data)
})
report({ did: 'start' })
