'use client'
// Which scenario the explorer's page opens: the one its address holds or names, else the last work of the
// playground, else the first there is. And the way back.
import { useEffect, useState } from 'react'
import { starterScenario } from '@/lib/scenario/catalogue'
import { decodeFile, decodeLink, encodeFile, encodeLink } from '@/lib/scenario/codec'
import type { Scenario } from '@/lib/scenario/types'
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
    const parsed = decodeLink(hash)
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

const sameWork = (scenario: Scenario): boolean => readWork()?.document === encodeFile(scenario)

/** A starter scenario by its name; else the whole document, in the fragment. */
function addressed(scenario: Scenario): { readonly query: string; readonly hash: string } {
  const starter = starterScenario(scenario.id)
  const known = starter !== null && encodeFile(starter) === encodeFile(scenario)
  return known
    ? { query: `scenario=${scenario.id}`, hash: '' }
    : { query: '', hash: `#${encodeLink(scenario)}` }
}

/** The address of the page with this scenario and these bounds: what is shared, and comes back on reload. */
export function addressOf({
  scenario,
  bounds,
}: Pick<ReturnType<ExplorerStore['getState']>, 'scenario' | 'bounds'>): string {
  const { query, hash } = addressed(scenario)
  const parts = [query, boundsAsQuery(bounds)].filter((part) => part !== '')
  return `${parts.length === 0 ? '' : `?${parts.join('&')}`}${hash}`
}

/** The playground with this scenario; at the moment it was left, where it is still the last work. */
export function playHref(scenario: Scenario): string {
  if (sameWork(scenario)) return '/play/'
  const { query, hash } = addressed(scenario)
  return `/play/${query === '' ? '' : `?${query}`}${hash}`
}

/** For the playground's side of it. */
export const exploreHref = (scenario: Scenario): string => {
  const { query, hash } = addressed(scenario)
  return `/explore/${query === '' ? '' : `?${query}`}${hash}`
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
      store.getState().open(scenario, boundsIn(query))
    }
    begin()
    const stop = store.subscribe((now, before) => {
      if (now.bounds === before.bounds && now.scenario === before.scenario) return
      window.history.replaceState(null, '', `${window.location.pathname}${addressOf(now)}`)
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
