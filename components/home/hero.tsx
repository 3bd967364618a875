'use client'
import Link from 'next/link'
import { useEffect, useMemo, useState } from 'react'
// The hero: the story of payments, running, and the three things to do with it.
import { openSession } from '@/lib/session/session'
import { Steps } from '../controls/transport'
import { Stage } from '../embed/stage'
import { RunProvider, useRun, useRunStore } from '../session/context'
import { linkTo } from '../session/documents'
import { useLookAhead, usePlayback } from '../session/playback'
import { createRunStore } from '../session/store'
import { seconds } from '../session/words'
import { Button } from '../ui/button'
import { ArrowIcon, PlainBoltIcon } from '../ui/icons'
import { useNarrow, useReducedMotion } from '../ui/media'
import { type Acts, useActs } from './acts'
import { calmStory } from './story'
import { Telling } from './telling'

export function Hero() {
  const [run] = useState(() => {
    const scenario = calmStory()
    return scenario === null ? null : createRunStore(openSession, scenario)
  })
  if (run === null) return null
  return (
    <RunProvider run={run}>
      <Scene />
    </RunProvider>
  )
}

/** A first frame with something to see, also where nothing may move. */
const OPENING = 4_200

function Scene() {
  const store = useRunStore()
  const still = useReducedMotion()
  const acts = useActs()
  usePlayback()
  useLookAhead()
  useEffect(() => {
    store.getState().seekTime(OPENING)
    if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches) store.getState().play()
  }, [store])
  return (
    <div className="home-hero">
      <div>
        <h1 className="home-title">
          See what <em>at least once</em> does to your system.
        </h1>
        <div className="mt-4 flex flex-wrap items-center gap-2">
          <Action acts={acts} />
        </div>
        <Telling act={acts.act} />
      </div>
      <div className="min-w-0">
        <Picture calm={acts.act === 'calm'} />
        <div className="mt-1 flex items-center justify-end gap-1">
          <Now />
          <Steps size="size-4.5" />
        </div>
        <p className="sr-only">{still ? 'The run is paused: play steps it twice a second.' : ''}</p>
      </div>
    </div>
  )
}

function Now() {
  const nowMs = useRun((run) => run.nowMs)
  return <span className="font-mono text-13 text-ink-3">{seconds(nowMs, 2)}</span>
}

function Action({ acts }: { readonly acts: Acts }) {
  switch (acts.act) {
    case 'calm':
    case 'crashing':
      return (
        // Not `disabled`, which would take the focus from who has just pressed it.
        <Button
          look="fault"
          aria-disabled={acts.act === 'crashing'}
          onClick={acts.act === 'crashing' ? undefined : acts.crash}
        >
          <PlainBoltIcon size={22} /> Crash the consumer
        </Button>
      )
    case 'crashed':
      return (
        <Button look="primary" className="h-6! px-3! text-18" onClick={acts.show}>
          See what happened
        </Button>
      )
    case 'shown':
      return (
        <Button look="primary" className="h-6! px-3! text-18" onClick={acts.keep}>
          Use an idempotency key, same seed
        </Button>
      )
    case 'kept':
      return (
        <>
          <OpenThis />
          <Button look="line" className="h-6! px-2!" onClick={acts.again}>
            Again
          </Button>
        </>
      )
  }
}

/** The run just seen, in the playground. */
function OpenThis() {
  const store = useRunStore()
  const session = useRun((run) => run.session)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session has another link
  const hash = useMemo(() => linkTo(store).split('#')[1] ?? '', [store, session])
  return (
    <Link
      href={`/play/#${hash}`}
      prefetch={false}
      className="inline-flex h-6 items-center gap-1 rounded-1 bg-accent px-3 text-18 font-semibold text-accent-on"
    >
      Open it in the playground <ArrowIcon size={16} />
    </Link>
  )
}

const GAP = { from: 'effect', to: 'commit', text: 'a crash here charges twice' } as const

function Picture({ calm }: { readonly calm: boolean }) {
  const narrow = useNarrow()
  const look = useMemo(
    () => ({ compact: true, ...(calm ? { hints: [{ card: 'payments-1', ...GAP }] } : {}) }),
    [calm],
  )
  const label =
    'Orders flow from a producer through three partitions to payments and its card charges'
  return <Stage label={label} look={look} least={narrow ? 1 : 440} />
}
