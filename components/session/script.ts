// What the page says of a run that follows a script.
import { cutFrom } from '@/lib/session/links'
import type { Session } from '@/lib/session/types'
import type { Notice } from './store'

const steps = (count: number): string => `${count} ${count === 1 ? 'step' : 'steps'}`

/** For a run that has just been opened; null without a script. */
export function scriptNotice(session: Session, showEnd: () => void): Notice | null {
  const { scriptLength, scenario } = session
  if (scriptLength === 0) return null
  const cut = cutFrom(scenario)
  const told = cut.length === 0 ? '' : ` Cut: ${cut.join(' ')}`
  return {
    tone: 'plain',
    text: `This run follows a script of ${steps(scriptLength)} and then goes on by itself.${told}`,
    action: { label: 'Show where it ends', run: showEnd },
  }
}

/** For a fault injected after step `at` of a run whose script had so many steps; null when none was left. */
export function endedNotice(at: number, scriptLength: number): Notice | null {
  if (at >= scriptLength) return null
  const text = `The script ends here, after ${steps(at)} of its ${scriptLength}: from now on the run goes on by itself.`
  return { tone: 'plain', text }
}
