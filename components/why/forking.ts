// The same run with one thing changed, from right before the first of the causes on; and runs that show a line.
import type { Prevention } from '@/lib/why/index'
import type { Notice, RunStore } from '../session/store'
import { type Asked, giveBack } from '../session/why'
import { seconds } from '../session/words'

/** Back to the run that was explained, as it was. */
function wayBack(store: RunStore): NonNullable<Notice['action']> {
  const { session } = store.getState()
  const [scenario, atMs] = [session.document(), session.nowMs]
  return { label: 'Back to how it was', run: () => store.getState().open(scenario, { atMs }) }
}

export function forkWith(store: RunStore, { why }: Asked, line: Prevention): void {
  const { seek, change, set } = store.getState()
  const action = wayBack(store)
  seek(Math.max(0, (why?.steps?.[0]?.step ?? 1) - 1))
  const refusal = change(line.path, line.value)
  if (refusal !== null) {
    set({ notice: { tone: 'wrong', text: refusal } })
    return
  }
  const at = seconds(store.getState().nowMs)
  const text = `Forked at ${at} with ${line.title}: the same faults, the same seed. Play it to see what becomes of it.`
  set({ notice: { tone: 'plain', text, action }, pane: 'graph', said: text })
  giveBack()
}

/** The run that the search found for a line: its counterexample, or a witness that it holds. */
export function playRun(store: RunStore, line: Prevention): void {
  const { scenario, script, verdict, title } = line
  if (scenario === null || script === null) return
  const action = wayBack(store)
  store.getState().open({ ...scenario, script })
  const what = verdict === 'prevents' ? 'A run that holds' : 'A run that breaks'
  const text = `${what}, with ${title}: a script of ${script.length} steps.`
  store.getState().set({ notice: { tone: 'plain', text, action }, pane: 'graph', said: text })
  giveBack()
}
