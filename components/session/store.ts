// The one thin store: which session is watched, where in it, and how. It holds no rule and judges nothing;
// every change of the run goes through the session, and `touch` copies what has changed out of it.

import { createStore, type StoreApi } from 'zustand/vanilla'
import { thousands } from '@/lib/scenario/show'
import type { Scenario } from '@/lib/scenario/types'
import type { FaultChoice, Session } from '@/lib/session/types'
import { A_FRAME, A_PRESS, goTo, lengthOfRun, placeOf, recordOn, returnTo } from './place'
import { endedNotice, scriptNotice } from './script'
import type { Asked } from './why'
import { seconds } from './words'

/** How a session is opened; handed in, so that a test may hand in another. */
export type Open = (scenario: Scenario, options?: { readonly seed?: string }) => Session

export const VIEWS = ['graph', 'structured', 'both'] as const
export type ViewMode = (typeof VIEWS)[number]
export type Dock = 'timeline' | 'log'
export type Pane = 'graph' | 'timeline' | 'settings' | 'log'

export interface Notice {
  readonly tone: 'plain' | 'wrong'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** What of the run the views follow; copied from the session by `touch`. */
export interface Moment {
  readonly position: number
  readonly nowMs: number
  readonly length: number
  readonly endMs: number
  readonly atRest: boolean
  /** The furthest moment that was shown: what lies beyond it is drawn nowhere. */
  readonly seenMs: number
  readonly seenStep: number
}

export interface RunState extends Moment {
  readonly session: Session
  /** Goes up whenever recorded steps may have been replaced: a fault, another setting, another seed. */
  readonly revision: number
  readonly playing: boolean
  /** The end was asked for before it was known: the moment shown goes there as more is recorded. */
  readonly toEnd: boolean
  readonly speed: number
  /** The actor or message the inspector shows; '' for the run as a whole. */
  readonly selected: string
  readonly view: ViewMode
  readonly dock: Dock
  readonly pane: Pane
  readonly help: boolean
  readonly notice: Notice | null
  /** A target whose fault menu stands open, and where. */
  readonly menu: { readonly target: string; readonly x: number; readonly y: number } | null
  /** The breach whose causes are shown, and what is known of them; null when nobody asks. */
  readonly why: Asked | null
  /** What was last done by hand, for the live region. */
  readonly said: string
}

export interface RunActions {
  readonly open: (scenario: Scenario, options?: { seed?: string; atMs?: number }) => void
  readonly play: () => void
  readonly pause: () => void
  readonly advance: (dtMs: number) => void
  /** By hand it pauses; played step by step (reduced motion) it does not. */
  readonly stepForward: (playing?: boolean) => void
  readonly stepBack: () => void
  readonly seek: (step: number) => void
  readonly seekTime: (ms: number) => void
  /** Shows the end of the run: at once where it is recorded, else as soon as it is. */
  readonly seekEnd: (mostMs?: number) => void
  /** Records further, without moving the moment shown; true when there is nothing more to record. */
  readonly lookAhead: (steps: number, mostMs?: number) => boolean
  readonly inject: (choice: Pick<FaultChoice, 'title' | 'action'>) => void
  /** Null, or what is wrong with the value; the run stays as it was then. */
  readonly change: (path: string, value: unknown) => string | null
  readonly setSeed: (seed: string) => void
  readonly restart: () => void
  readonly set: (part: Partial<Chosen>) => void
}

/** What may be set without asking the session. */
type Chosen = Pick<
  RunState,
  'speed' | 'selected' | 'view' | 'dock' | 'pane' | 'help' | 'notice' | 'menu' | 'said' | 'why'
>

export type Run = RunState & RunActions
export type RunStore = StoreApi<Run>

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const

function moment(session: Session, before: Moment | null): Moment {
  const { position, nowMs, length, endMs, atRest } = session
  const seenMs = Math.max(nowMs, before?.seenMs ?? 0)
  const seenStep = Math.max(position, before?.seenStep ?? 0)
  return { position, nowMs, length, endMs, atRest, seenMs, seenStep }
}

const tooLong = ({ endMs }: Session): Notice => ({
  tone: 'plain',
  text: `A run is kept here up to its step ${thousands(lengthOfRun)}, at ${seconds(endMs)}. “npm run simulate” runs the whole of it.`,
})

/** Playing stops where a script ends: what it was made to show is to be seen there. */
const isPast = ({ position, scriptLength }: Session, before: number): boolean =>
  before < scriptLength && position >= scriptLength
const isOver = ({ atRest, full }: Session): boolean => atRest || full
const SCRIPT_ENDS = 'The script ends here.'

/** After a change of the run only what is before the moment shown has been seen. */
const fresh = (session: Session): Moment => moment(session, null)

export function createRunStore(open: Open, scenario: Scenario, seed?: string): RunStore {
  return createStore<Run>()((set, get) => ({
    ...begin(open(scenario, options(seed))),
    ...travelling(set, get),
    ...changing(open, set, get),
    set: (part) => set(part),
  }))
}

const options = (seed: string | undefined): { readonly seed?: string } =>
  seed === undefined ? {} : { seed }

function begin(session: Session): RunState {
  return {
    ...fresh(session),
    session,
    revision: 0,
    playing: false,
    toEnd: false,
    speed: 1,
    selected: '',
    view: 'graph',
    dock: 'timeline',
    pane: 'graph',
    help: false,
    notice: null,
    menu: null,
    why: null,
    said: '',
  }
}

type Set = RunStore['setState']
type Get = RunStore['getState']

/** Moving about in what is recorded, and recording more at its end. */
function travelling(set: Set, get: Get) {
  const touch = () => set((now) => moment(now.session, now))
  const hold = (move: (session: Session) => unknown) => {
    set({ playing: false, toEnd: false })
    move(get().session)
    touch()
  }
  return {
    play: () => {
      const { session } = get()
      if (session.atRest && session.position === session.length) session.seek(0)
      set({ playing: true, toEnd: false })
      touch()
    },
    pause: () => set({ playing: false }),
    advance: (dtMs: number) => {
      const { session } = get()
      const before = session.position
      goTo(session, session.nowMs + dtMs, A_FRAME)
      if (isPast(session, before)) {
        session.seek(session.scriptLength)
        return set((now) => ({ ...moment(session, now), playing: false, said: SCRIPT_ENDS }))
      }
      const ended = (session.atRest || session.full) && session.position === session.length
      const over = ended && session.nowMs >= session.endMs
      set((now) => ({
        ...moment(session, now),
        ...(over ? { playing: false } : {}),
        ...(over && !session.atRest ? { notice: tooLong(session) } : {}),
      }))
    },
    stepForward: (playing = false) => {
      const { session } = get()
      const more = session.stepForward()
      set((now) => ({
        ...moment(session, now),
        playing: playing && more && session.position !== session.scriptLength,
        toEnd: false,
        ...(more || session.atRest ? {} : { notice: tooLong(session) }),
      }))
    },
    stepBack: () => hold((session) => session.stepBack()),
    seek: (step: number) => hold((session) => session.seek(step)),
    seekTime: (ms: number) => hold((session) => goTo(session, ms, A_PRESS)),
    seekEnd: (mostMs = A_PRESS) => {
      hold((session) => {
        recordOn(session, Number.POSITIVE_INFINITY, mostMs)
        session.seek(session.length)
      })
      set({ toEnd: !isOver(get().session) })
    },
    lookAhead: (steps: number, mostMs = A_FRAME) => {
      const { session } = get()
      const before = session.length
      const done = recordOn(session, steps, mostMs)
      if (get().toEnd) {
        session.seek(session.length)
        set({ toEnd: !done })
      }
      if (session.length !== before || session.atRest !== get().atRest) touch()
      return done
    },
  }
}

/** What makes another run of it: faults, settings, the seed. The reader's place is kept throughout. */
function changing(open: Open, set: Set, get: Get) {
  const replace = (session: Session, more: Partial<RunState> = {}) =>
    set((now) => ({
      ...fresh(session),
      session,
      revision: now.revision + 1,
      playing: false,
      toEnd: false,
      menu: null,
      why: null,
      ...more,
    }))
  return {
    open: (scenario: Scenario, { seed, atMs = 0 }: { seed?: string; atMs?: number } = {}) => {
      const session = open(scenario, options(seed))
      if (atMs > 0) returnTo(session, { ms: atMs })
      const showEnd = () => get().seek(session.scriptLength)
      replace(session, { notice: scriptNotice(session, showEnd) })
    },
    inject: (choice: Pick<FaultChoice, 'title' | 'action'>) => {
      if (choice.action === null) return
      const { session } = get()
      const refusal = session.whyNot(choice.action)
      if (refusal !== null)
        return set({ menu: null, said: `${choice.title}: not now. ${refusal}.` })
      const ended = endedNotice(session.position, session.scriptLength)
      session.inject(choice.action)
      set((now) => ({
        ...fresh(session),
        ...(ended === null ? {} : { notice: ended }),
        toEnd: false,
        revision: now.revision + 1,
        menu: null,
        why: null,
        said: `${choice.title}: done at ${(session.nowMs / 1000).toFixed(2)} s.`,
      }))
    },
    change: (path: string, value: unknown) => {
      const { session } = get()
      const answer = session.withSetting(path, value)
      if ('error' in answer) return answer.error
      const again = open(answer.scenario, { seed: session.seed })
      returnTo(again, placeOf(session))
      const { said } = answer
      replace(again, said === undefined ? {} : { notice: { tone: 'plain', text: said } })
      return null
    },
    setSeed: (seed: string) => {
      const { session } = get()
      const again = open(session.document(), { seed })
      returnTo(again, placeOf(session))
      replace(again, { said: `Seed ${seed}.` })
    },
    restart: () => {
      get().session.seek(0)
      set((now) => ({
        ...moment(now.session, now),
        playing: false,
        toEnd: false,
        said: `From the start, seed ${now.session.seed}.`,
      }))
    },
  }
}
