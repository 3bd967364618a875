// A search in slices: a while of searching, a while of hearing whatever else there is to hear. The same code
// in a worker, where a slice is long, and on the page, where nobody may notice it.

import { explainingIn } from '@/lib/session/explaining'
import type { Answer } from '@/lib/session/exploring'
import { count, counting, tallyOf } from '@/lib/session/exploring-tally'
import { askingWider } from '@/lib/session/exploring-wider'
import { preventingLeast } from '@/lib/session/preventing'
import type { Known, Order, Report, Task, WhyTask } from './messages'

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
    const clock = () => performance.now()
    let told = clock()
    const work = 'question' in task ? searching(task, clock) : learning(task, clock)
    const slice = () => {
      const until = clock() + sliceMs
      try {
        while (clock() < until) {
          if (!work.next()) continue
          now = null
          return report({ job, ...work.end() })
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
        report({ job, ...work.soFar() })
      }
      self.timer = setTimeout(slice)
    }
    const self = { job, timer: setTimeout(slice) }
    now = self
  }
}

type Told = Report extends infer R ? (R extends { job: number } ? Omit<R, 'job'> : never) : never

/** Work of one kind or another: true when it is done, and what there is to tell of it. */
interface Work {
  readonly next: () => boolean
  readonly soFar: () => Told
  readonly end: () => Told
}

function searching(task: Task, clock: () => number): Work {
  const started = clock()
  const search = askingWider(task.scenario, task.question, { now: clock })
  const tally = counting()
  const standing = () => ({ ...tallyOf(tally), ms: Math.round(clock() - started) })
  let answers: readonly Answer[] = []
  return {
    next: () => {
      const next = search.next()
      if (next.done === true) answers = next.value
      else count(tally, next.value)
      return next.done === true
    },
    soFar: () => ({ did: 'progress', standing: standing() }),
    end: () => ({ did: 'answer', standing: standing(), answers }),
  }
}

function* known<T>(work: Generator<T, T>, as: (told: T) => Known): Generator<Known, Known> {
  for (;;) {
    const next = work.next()
    if (next.done === true) return as(next.value)
    yield as(next.value)
  }
}

function learning(task: WhyTask, clock: () => number): Work {
  const work =
    'explain' in task
      ? known(explainingIn(task.explain), (why) => ({ why }))
      : known(preventingLeast(task.prevent, { now: clock }), (prevented) => ({ prevented }))
  let learnt: Known = { prevented: [] }
  return {
    next: () => {
      const next = work.next()
      learnt = next.value
      return next.done === true
    },
    soFar: () => ({ did: 'learn', known: learnt, all: false }),
    end: () => ({ did: 'learn', known: learnt, all: true }),
  }
}
