// In which order what might prevent a breach is told: what does, what does at a price, what does not.
import type { Prevention } from '@/lib/why/index'

const ORDER: readonly Prevention['verdict'][] = [
  'prevents',
  'costs',
  'fails',
  'not told',
  'does not fit',
]

/** So many lines are read; the rest is there for whoever asks. */
export const OFTEN = 7

export function inOrder(lines: readonly Prevention[]): readonly Prevention[] {
  return [...lines].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
}

/** Without the settings as they are, of which a line tells too. */
export const choicesOf = (lines: readonly Prevention[]): readonly Prevention[] =>
  lines.filter(({ path }) => path !== '')

export const asItIsOf = (lines: readonly Prevention[]): Prevention | undefined =>
  lines.find(({ path }) => path === '')

export const bestOf = (lines: readonly Prevention[]): Prevention | undefined =>
  lines.find(({ verdict }) => verdict === 'prevents')
