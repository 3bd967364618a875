'use client'
// Has the question answered beside the page, by those who search for the explorer: first why, then what would have
// prevented it. Whoever closes the panel, or asks about another breach, ends the work on this one.
import { useEffect } from 'react'
import { servicesOf } from '@/lib/session/preventing'
import type { Session } from '@/lib/session/types'
import { crewOf } from '../explorer/crew'
import type { Known, WhyTask } from '../explorer/messages'
import { useRun, useRunStore } from '../session/context'
import type { RunStore } from '../session/store'
import type { Asked } from '../session/why'

/** How many states each of the searches may see: a panel is read, not waited for. */
const MAX_STATES = 200_000

export function useWhy(): void {
  const store = useRunStore()
  const violation = useRun((run) => run.why?.violation)
  const session = useRun((run) => run.session)
  useEffect(() => {
    const { why } = store.getState()
    if (violation === undefined || why === null) return
    return answering(store, session, why)
  }, [store, session, violation])
}

const explain = (session: Session, { invariant, violation }: Asked): WhyTask => {
  const { scenario, seed, choices, length } = session
  return { explain: { scenario, seed, choices, length, invariant, violation } }
}

/** Null where no misfortune was needed, so that there is nothing to search with. */
function prevent(session: Session, { invariant, violation, why }: Asked): WhyTask | null {
  const kinds = why?.without?.map(({ fault }) => fault) ?? []
  const scenario = session.document()
  const services = servicesOf(scenario, violation.of)
  if (services.length === 0) return null
  return { prevent: { scenario, invariant, services, kinds, maxStates: MAX_STATES } }
}

/** A later job goes on while an earlier one, the point of no return, is still looked for. */
const WHY = 1
const PREVENT = 2

function answering(store: RunStore, session: Session, asked: Asked): () => void {
  const write = (part: Partial<Asked>) => {
    const { why, set } = store.getState()
    if (why?.violation === asked.violation) set({ why: { ...why, ...part } })
  }
  const done = new Set<number>()
  const settle = (job: number) => {
    done.add(job)
    if (done.has(WHY) && done.has(PREVENT)) write({ state: 'known' })
  }
  let begun = false
  const beginPreventing = () => {
    const { why } = store.getState()
    if (begun || why === null || why.why?.without == null || !crew.hasRoom()) return
    begun = true
    const task = prevent(session, why)
    if (task === null) return settle(PREVENT)
    write({ state: 'preventing' })
    crew.ask(PREVENT, task)
  }
  const learn = (known: Known) => {
    if ('prevented' in known) return write({ prevented: known.prevented })
    write({ why: known.why })
  }
  const crew = crewOf((report) => {
    if (report.did === 'learn') {
      learn(report.known)
      if (report.all) settle(report.job)
    }
    if (report.did === 'fail') {
      if (report.job === WHY) {
        begun = true
        settle(PREVENT)
      }
      write({ failed: report.why })
      settle(report.job)
    }
    beginPreventing()
  })
  crew.ask(WHY, explain(session, asked))
  return crew.end
}
