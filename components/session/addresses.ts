// Addresses of this site's pages for one scenario. Without the site's base path: next/link puts it before them.
import { starterScenario } from '@/lib/scenario/catalogue'
import { encodeFile } from '@/lib/scenario/codec'
import type { Scenario } from '@/lib/scenario/types'
import { linkOf } from '@/lib/session/links'
import { readWork } from './storage'

interface Addressed {
  readonly query: string
  readonly hash: string
}

/** A starter scenario by its name; else the whole document, in the fragment. */
function addressed(scenario: Scenario): Addressed {
  const starter = starterScenario(scenario.id)
  const isStarter = starter !== null && encodeFile(starter) === encodeFile(scenario)
  return isStarter
    ? { query: `scenario=${scenario.id}`, hash: '' }
    : { query: '', hash: `#${linkOf(scenario)}` }
}

/** What stands behind a page's path: the scenario, and what else the page is told. */
export function addressOf(scenario: Scenario, more = ''): string {
  const { query, hash } = addressed(scenario)
  const parts = [query, more].filter((part) => part !== '')
  return `${parts.length === 0 ? '' : `?${parts.join('&')}`}${hash}`
}

/** The explorer on this scenario. A script is one run of it, and the explorer looks at all. */
export function exploreHref({ script: _, ...scenario }: Scenario): string {
  return `/explore/${addressOf(scenario)}`
}

/** The playground with this scenario; at the moment it was left, where it is still the last work. */
export function playHref(scenario: Scenario): string {
  const sameWork = readWork()?.document === encodeFile(scenario)
  return sameWork ? '/play/' : `/play/${addressOf(scenario)}`
}

/** The playground's address with "Why?" open on the first breach of the run. */
export const withWhy = (href: string): string => href.replace(/(?=#|$)/, '?why=1')
