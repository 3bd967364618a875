// What is said of a line, never without its bounds: how many messages, consumers and partitions, which faults, which timing.
import { thousands } from '@/lib/scenario/show'
import type { Prevention } from '@/lib/why/index'
import { titleOf } from '../checks/names'
import { scopeOf, timingOf, titleOfKind } from '../explorer/words'
import { count } from '../session/words'

const lower = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1)

/** '1 message, 2 consumers and 1 partition, at most 1 fault (crash the process), usual timing only' */
export function boundsOf({ scenario, bounds }: Prevention): string {
  if (scenario === null || bounds === null) return ''
  const { faults, kinds } = bounds
  const which = kinds.map((kind) => lower(titleOfKind(kind))).join(', ')
  const budget = faults === 0 ? 'no fault' : `at most ${count(faults, 'fault')} (${which})`
  return `${scopeOf(scenario)}, ${budget}, ${timingOf(kinds)}`
}

export function saidOf(line: Prevention): string {
  const { verdict, because, invariant, states, bounds } = line
  const within = boundsOf(line)
  switch (verdict) {
    case 'prevents': {
      const absorbed =
        bounds?.faults === 0 ? '' : ' In the run kept the fault came and was absorbed.'
      return `Holds in every schedule of ${within}: ${thousands(states)} states, all seen.${absorbed}`
    }
    case 'costs':
      return `Prevents it and breaks “${titleOf(invariant)}” instead, within ${within}.`
    case 'fails':
      return `Breaks${line.path === '' ? '' : ' all the same'}, within ${within}.`
    case 'does not fit':
      return because
    case 'not told':
      return `Cannot be told, ${because}. Searched: ${within}.`
  }
}
