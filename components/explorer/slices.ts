// A search in slices: a while of searching, a while of hearing whatever else there is to hear. The same code
// in a worker, where a slice is long, and on the page, where nobody may notice it.
import { count, counting, tallyOf } from '@/lib/session/exploring-tally'
import { askingWider } from '@/lib/session/exploring-wider'
import type { Order, Report } from './messages'

export interface Slicing {
  readonly sliceMs: number
  readonly report: (report: Report) => void
}

/** Figures need not be told more often than somebody can read them. */
const TELL_EVERY_MS = 100

/** One who does what orders say, one search at a time: a later order ends the search before it. */
export function searcher({ sliceMs, report }: Slicing): (order: Order) => void {
  let now: { readonly job: number; timer: ReturnType<typeof setTimeout> } | null = null
  const stop = () => {
    if (now !== null) clearTimeout(now.timer)
    now = null
  }
  return (order) => {
    if (order.do === 'stop' && now?.job !== order.job) return
    stop()
    if (order.do === 'stop') return
    const { job, task } = order
    const started = performance.now()
    const clock = () => performance.now()
    const search = askingWider(task.scenario, task.question, { now: clock })
    const tally = counting()
    let told = started
    const standing = () => ({ ...tallyOf(tally), ms: Math.round(clock() - started) })
    const slice = () => {
      const until = clock() + sliceMs
      try {
        while (clock() < until) {
          const next = search.next()
          if (next.done === true) {
            now = null
            return report({ did: 'answer', job, standing: standing(), answers: next.value })
          }
          count(tally, next.value)
        }
      } catch (error) {
        now = null
        return report({
          did: 'fail',
          job,
          why: error instanceof Error ? error.message : `${error}`,
        })
      }
      if (clock() - told >= TELL_EVERY_MS) {
        told = clock()
        report({ did: 'progress', job, standing: standing() })
      }
      self.timer = setTimeout(slice)
    }
    const self = { job, timer: setTimeout(slice) }
    now = self
  }
}
