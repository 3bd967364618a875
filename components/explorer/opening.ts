'use client'
// Which scenario the explorer's page opens: the one its address holds or names, else the last work of the
// playground, else the first there is.
import { useEffect, useState } from 'react'
import { starterScenario } from '@/lib/scenario/catalogue'
import { decodeFile } from '@/lib/scenario/codec'
import type { Scenario } from '@/lib/scenario/types'
import { readLink } from '@/lib/session/links'
import { addressOf } from '../session/addresses'
import { FIRST } from '../session/keeping'
import { readWork } from '../session/storage'
import { boundsAsQuery, boundsIn } from './bounds'
import type { ExplorerStore } from './store'

interface Opened {
  readonly scenario: Scenario
  /** What was asked for and could not be opened; empty when all is well. */
  readonly refusal: string
}

function lastWork(): Scenario | null {
  const work = readWork()
  const parsed = work === null ? null : decodeFile(work.document)
  return parsed?.ok === true ? parsed.scenario : null
}

function opened(hash: string, query: URLSearchParams, first: Scenario): Opened {
  const instead = lastWork() ?? first
  if (hash.length > 1) {
    const parsed = readLink(hash)
    if (parsed.ok) return { scenario: parsed.scenario, refusal: '' }
    const why = parsed.errors[0]?.message ?? 'it cannot be read'
    return { scenario: instead, refusal: `The link: ${why} Shown is ${instead.title}.` }
  }
  const id = query.get('scenario')
  if (id === null) return { scenario: instead, refusal: '' }
  const scenario = starterScenario(id)
  if (scenario !== null) return { scenario, refusal: '' }
  const refusal = `There is no scenario “${id.slice(0, 80)}” here. Shown is ${instead.title}.`
  return { scenario: instead, refusal }
}

/** Opens what the address asks for and searches; follows the address; writes bounds to it; ends with the page. */
export function useOpening(store: ExplorerStore): {
  readonly refusal: string
  readonly close: () => void
} {
  const [refusal, setRefusal] = useState('')
  useEffect(() => {
    const first = starterScenario(FIRST)
    if (first === null) return
    const begin = () => {
      const query = new URLSearchParams(window.location.search)
      const { scenario, refusal: why } = opened(window.location.hash, query, first)
      setRefusal(why)
      // A script is one run of it; here all are looked at.
      const { script: _, ...whole } = scenario
      store.getState().open(whole, boundsIn(query))
    }
    begin()
    const stop = store.subscribe((now, before) => {
      if (now.bounds === before.bounds && now.scenario === before.scenario) return
      window.history.replaceState(
        null,
        '',
        `${window.location.pathname}${addressOf(now.scenario, boundsAsQuery(now.bounds))}`,
      )
    })
    window.addEventListener('hashchange', begin)
    // A page that the browser keeps for going back must not search on behind another one.
    const leave = () => store.getState().end()
    const back = ({ persisted }: PageTransitionEvent) => {
      if (persisted) begin()
    }
    window.addEventListener('pagehide', leave)
    window.addEventListener('pageshow', back)
    return () => {
      stop()
      window.removeEventListener('hashchange', begin)
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('pageshow', back)
      leave()
    }
  }, [store])
  return { refusal, close: () => setRefusal('') }
}
