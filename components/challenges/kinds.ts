// Faults in words, for choices.
import { faultIn } from '@/lib/challenges/grade'
import type { Challenge } from '@/lib/challenges/types'
import type { Action } from '@/lib/engine/types'
import { faults } from '@/lib/faults/index'

export const kindTitle = (kind: string): string =>
  faults.find(({ id }) => id === kind)?.title ?? kind

export const kindsInWords = (kinds: readonly string[]): string => kinds.map(kindTitle).join(', ')

/** 'Crash the process: payments-0, step 61' */
export function faultInWords(challenge: Challenge, script: readonly Action[], at: number): string {
  const action = script[at]
  if (action === undefined) return ''
  const who = 'link' in action ? action.link : action.actor
  return `${kindTitle(faultIn(challenge, action))}: ${who}, step ${at + 1}`
}
