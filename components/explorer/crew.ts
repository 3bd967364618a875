// Who searches: one or two workers, each with a question of its own; where no worker can be had (a sandboxed
// frame, a page opened from a file), the page itself, in slices.
import { isReport, type Order, type Report, type Task, type WhyTask } from './messages'
import { searcher } from './slices'

/** What remains of a frame's 33 ms is the page's. */
const PAGE_SLICE_MS = 8

interface Seat {
  readonly give: (order: Order) => void
  readonly end: () => void
}

interface Work {
  readonly job: number
  readonly task: Task | WhyTask
}

interface Place {
  seat: Seat
  work: Work | null
}

export interface Crew {
  /** Whether somebody is free. */
  readonly hasRoom: () => boolean
  /** Whether the page itself searches, because there is no worker. */
  readonly onPage: () => boolean
  readonly ask: (job: number, task: Task | WhyTask) => void
  readonly stop: (job: number) => void
  readonly end: () => void
}

const pageSeat = (hear: (report: Report) => void): Seat => {
  let ended = false
  let last = 0
  const report = (told: Report) => {
    if (!ended) hear(told)
  }
  const give = searcher({ sliceMs: PAGE_SLICE_MS, report })
  return {
    give: (order) => {
      last = order.job
      give(order)
    },
    end: () => {
      ended = true
      give({ do: 'stop', job: last })
    },
  }
}

/** `lost` is told when the worker could not be had after all, or has broken down: whether it had ever started. */
function workerSeat(hear: (report: Report) => void, lost: (started: boolean) => void): Seat | null {
  try {
    const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' })
    let started = false
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isReport(data)) return
      started = true
      hear(data)
    })
    worker.addEventListener('error', (event) => {
      // Said here in other words: the page goes on without this worker.
      event.preventDefault()
      worker.terminate()
      lost(started)
    })
    return { give: (order) => worker.postMessage(order), end: () => worker.terminate() }
  } catch {
    return null
  }
}

/** One core is the page's own. */
function seatsWanted(): number {
  return Math.max(1, Math.min(2, (navigator.hardwareConcurrency || 2) - 1))
}

const goesOn = (report: Report): boolean =>
  report.did === 'progress' || (report.did === 'learn' && !report.all)

export function crewOf(hear: (report: Exclude<Report, { did: 'start' }>) => void): Crew {
  const places: Place[] = []
  let onPage = false
  const heard = (place: Place) => (report: Report) => {
    if (report.did === 'start' || report.job !== place.work?.job) return
    if (!goesOn(report)) place.work = null
    hear(report)
  }
  const give = ({ seat, work }: Place) => {
    if (work !== null) seat.give({ do: 'search', ...work })
  }
  const toPage = (place: Place) => {
    onPage = true
    place.seat = pageSeat(heard(place))
  }
  const lost = (place: Place) => (started: boolean) => {
    const { work } = place
    if (!started) {
      toPage(place)
      return give(place)
    }
    place.work = null
    place.seat = workerSeat(heard(place), lost(place)) ?? pageSeat(heard(place))
    if (work !== null)
      hear({
        did: 'fail',
        job: work.job,
        why: 'The worker broke down; it had run out of memory, most likely.',
      })
  }
  const sit = () => {
    const place: Place = { seat: NOBODY, work: null }
    const seat = workerSeat(heard(place), lost(place))
    if (seat === null) toPage(place)
    else place.seat = seat
    places.push(place)
  }
  const freePlace = () => places.find(({ work }, at) => work === null && (!onPage || at === 0))
  for (let seats = seatsWanted(); seats > 0 && !onPage; seats--) sit()
  return {
    hasRoom: () => freePlace() !== undefined,
    onPage: () => onPage,
    ask: (job, task) => {
      const place = freePlace()
      if (place === undefined) return
      place.work = { job, task }
      give(place)
    },
    stop: (job) => {
      const place = places.find(({ work }) => work?.job === job)
      if (place === undefined) return
      place.work = null
      place.seat.give({ do: 'stop', job })
    },
    end: () => {
      for (const { seat } of places) seat.end()
    },
  }
}

const NOBODY: Seat = { give: () => {}, end: () => {} }
