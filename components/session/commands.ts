// Every command once: its keys, its words, what it does. The keyboard, the help panel and the structured
// view all read this list.
import { limits } from '@/lib/scenario/limits'
import { exploreHref } from './addresses'
import { nextBreach, verdictsAtEnd } from './causes'
import { moveRow } from './rows'
import { type RunStore, VIEWS } from './store'
import { openWhy } from './why'

export interface Command {
  readonly id: string
  readonly keys: readonly string[]
  /** As KeyboardEvent.key spells them. */
  readonly codes: readonly string[]
  readonly title: string
  /** Whether it goes on while its key is held down. */
  readonly repeats: boolean
  readonly run: (store: RunStore, code: string) => void
}

const command = (
  id: string,
  keys: readonly (readonly [shown: string, code: string])[],
  title: string,
  run: Command['run'],
): Command => ({
  id,
  keys: keys.map(([shown]) => shown),
  codes: keys.map(([, code]) => code),
  title,
  repeats: id === 'step' || id === 'row',
  run,
})

const say = (store: RunStore, said: string) => store.getState().set({ said })

export const commands: readonly Command[] = [
  command('play', [['Space', ' ']], 'Play or pause', (store) => {
    const { playing, play, pause } = store.getState()
    if (playing) pause()
    else play()
  }),
  command(
    'step',
    [
      ['←', 'ArrowLeft'],
      ['→', 'ArrowRight'],
    ],
    'Step one event',
    (store, code) => {
      const { stepBack, stepForward } = store.getState()
      if (code === 'ArrowLeft') stepBack()
      else stepForward()
    },
  ),
  command(
    'row',
    [
      ['J', 'j'],
      ['K', 'k'],
    ],
    'Next, previous row',
    (_, code) => moveRow(code === 'k' ? -1 : 1),
  ),
  // Enter on a row is the row's own; it stands here so that it is listed.
  command('read', [['Enter', '']], 'Read the selected row', () => moveRow(1)),
  command('fault', [['F', 'f']], 'Inject a fault', openFaultMenu),
  command('breach', [['N', 'n']], 'Next broken guarantee', (store) => {
    const { session, seek, position } = store.getState()
    const found = nextBreach(verdictsAtEnd(session), position)
    if (found === null) return say(store, 'Nothing is broken in what is recorded of this run.')
    seek(found.violation.step)
    say(store, found.violation.sentence)
  }),
  command('why', [['W', 'w']], 'Why was it broken?', (store) => {
    const { session, position } = store.getState()
    const verdicts = verdictsAtEnd(session)
    const found = nextBreach(verdicts, position - 1)
    if (found === null) return say(store, 'Nothing is broken in what is recorded of this run.')
    openWhy(store, found.verdict.invariant, found.violation)
  }),
  command('explore', [['B', 'b']], 'Break it for me', (store) => {
    const base = process.env['NEXT_PUBLIC_BASE_PATH'] ?? ''
    window.location.assign(`${base}${exploreHref(store.getState().session.document())}`)
  }),
  command('restart', [['R', 'r']], 'Restart with the same seed', (store) =>
    store.getState().restart(),
  ),
  command('seed', [['S', 's']], 'Another seed', (store) => {
    const { session, setSeed } = store.getState()
    setSeed(nextSeed(session.seed))
  }),
  command('view', [['V', 'v']], 'Graph, structured, both', (store) => {
    const { view, set } = store.getState()
    const next = VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length] ?? 'graph'
    set({ view: next, said: `View: ${next}.` })
  }),
  command('log', [['L', 'l']], 'Timeline or log', (store) => {
    const { dock, set } = store.getState()
    const next = dock === 'log' ? 'timeline' : 'log'
    set({ dock: next, pane: next, said: `${next === 'log' ? 'Log' : 'Timeline'}.` })
  }),
  command('help', [['?', '?']], 'All commands', (store) =>
    store.getState().set({ help: !store.getState().help }),
  ),
]

/** The seed after this one: the number at its end, one higher. */
export function nextSeed(seed: string): string {
  const number = /\d{1,15}$/.exec(seed)?.[0] ?? ''
  const next = String(Number(number) + 1).padStart(number.length, '0')
  const rest = seed.slice(0, seed.length - number.length)
  return rest.slice(0, limits.nameLength - next.length) + next
}

/** The menu of what is selected, beside whatever has the focus, else beside the drawing of it. */
function openFaultMenu(store: RunStore) {
  const { selected, set } = store.getState()
  const own = document.activeElement?.closest<HTMLElement>(NAMED)
  const target = own ? nameOf(own) : selected
  const drawn = [...document.querySelectorAll<HTMLElement>(NAMED)].find(
    (element) => nameOf(element) === target,
  )
  const box = (own ?? drawn ?? document.querySelector('main'))?.getBoundingClientRect()
  set({ menu: { target, x: (box?.left ?? 0) + 24, y: (box?.top ?? 0) + 24 } })
}

/** What stands for an actor or a message: a row of a table, a part of the drawing, a node of the graph. */
const NAMED = '[data-target], [data-part], .react-flow__node[data-id]'

const nameOf = ({ dataset }: HTMLElement): string =>
  dataset['target'] ?? dataset['part'] ?? dataset['id'] ?? ''
