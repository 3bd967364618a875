'use client'
import { useEffect, useState } from 'react'
// Which act the story is in, and what takes it to the next one.
import type { Session } from '@/lib/session/types'
import { useRun, useRunStore } from '../session/context'
import { lengthOfRun } from '../session/place'
import type { RunStore } from '../session/store'
import {
  answeredAsDone,
  breachStep,
  calmStory,
  chargeOf,
  faultStep,
  nextCharge,
  withCrash,
  withIdempotencyKey,
} from './story'

/** calm → crashing (until the fault has fired) → crashed → shown (the breach) → kept (with the key). */
export type Act = 'calm' | 'crashing' | 'crashed' | 'shown' | 'kept'

export interface Acts {
  readonly act: Act
  readonly crash: () => void
  readonly show: () => void
  readonly keep: () => void
  readonly again: () => void
}

/** Nobody should wait longer than this for the moment they asked for. */
const WAIT = 1_500

export function useActs(): Acts {
  const store = useRunStore()
  const [act, setAct] = useState<Act>('calm')
  const fired = useRun((run) => {
    const step = act === 'crashing' ? faultStep(run.session) : null
    return step !== null && step.index <= run.position
  })
  useEffect(() => {
    if (fired) setAct('crashed')
  }, [fired])
  const go = (next: Act, run: (store: RunStore) => void) => () => {
    run(store)
    setAct(next)
  }
  return {
    act,
    crash: go('crashing', crash),
    show: go('shown', show),
    keep: go('kept', keep),
    again: go('calm', again),
  }
}

function toTheEnd(session: Session) {
  for (let before = -1; !session.atRest && session.length < lengthOfRun; ) {
    if (session.length === before) return
    before = session.length
    session.runAhead(1_000)
  }
}

/** Opens the same run with the crash planned for the next charge, and runs on into it. */
function crash(store: RunStore) {
  const { session, open } = store.getState()
  toTheEnd(session)
  const charge = nextCharge(session, session.position) ?? nextCharge(session, 0)
  const message = charge === null ? null : chargeOf(charge)?.message.id
  if (message === null || message === undefined) return
  const here = session.position >= session.length ? 0 : session.nowMs
  open(withCrash(session.scenario, message), { atMs: here })
  const { session: broken, seekTime, play } = store.getState()
  toTheEnd(broken)
  const at = faultStep(broken)?.timeMs ?? 0
  if (at - broken.nowMs > WAIT) seekTime(at - WAIT)
  play()
}

/** Goes on to the moment of the second charge. */
function show(store: RunStore) {
  const { session, seek } = store.getState()
  toTheEnd(session)
  session.seek(session.length)
  seek(breachStep(session) ?? session.length)
}

/** Same seed, same fault, one setting changed; shown from a little before the second request. */
function keep(store: RunStore) {
  const { session, open } = store.getState()
  open(withIdempotencyKey(session.scenario))
  const { session: kept, seekTime, play } = store.getState()
  toTheEnd(kept)
  seekTime(Math.max(0, (answeredAsDone(kept)?.timeMs ?? 0) - WAIT))
  play()
}

function again(store: RunStore) {
  const scenario = calmStory()
  if (scenario === null) return
  store.getState().open(scenario)
  store.getState().play()
}
