'use client'
// Play, pause, step, where we are, how fast, with which seed.
import type { ReactNode } from 'react'
import { useRunFields } from '../session/context'
import { seconds } from '../session/words'
import { Button } from '../ui/button'
import { PauseIcon, PlayIcon, RestartIcon, StepBackIcon, StepForwardIcon } from '../ui/icons'
import { useCompact } from '../ui/media'
import { SeedField } from './seed-field'
import { SpeedChoice } from './speed-choice'

export function Transport({ children }: { readonly children?: ReactNode }) {
  const compact = useCompact()
  return (
    <section
      aria-label="Transport"
      className="flex h-7 min-w-0 shrink-0 items-center gap-2 border-t border-hair px-3 max-xl:gap-1 max-xl:px-2"
    >
      <Steps />
      <Clock />
      <SpeedChoice asList={compact} />
      <span className="flex-1" />
      {children}
      <SeedField />
      <Restart />
    </section>
  )
}

/** Step back, play or pause, step forward. */
export function Steps({ size = 'size-5' }: { readonly size?: string }) {
  const { playing, position, length, atRest, play, pause, stepBack, stepForward } = useRunFields(
    'playing',
    'position',
    'length',
    'atRest',
    'play',
    'pause',
    'stepBack',
    'stepForward',
  )
  return (
    <div className="flex items-center gap-0.5">
      <Button
        look="square"
        aria-label="Step back"
        title="Step back (←)"
        aria-disabled={position === 0}
        onClick={stepBack}
      >
        <StepBackIcon />
      </Button>
      <Button
        look="round"
        className={size}
        aria-label={playing ? 'Pause' : 'Play'}
        title={`${playing ? 'Pause' : 'Play'} (space)`}
        onClick={playing ? pause : play}
      >
        {playing ? <PauseIcon size={20} /> : <PlayIcon size={20} />}
      </Button>
      <Button
        look="square"
        aria-label="Step forward"
        title="Step forward (→)"
        aria-disabled={atRest && position === length}
        onClick={() => stepForward()}
      >
        <StepForwardIcon />
      </Button>
    </div>
  )
}

export function Clock() {
  const { nowMs, endMs, atRest } = useRunFields('nowMs', 'endMs', 'atRest')
  return (
    <p className="font-mono text-18 leading-[24px] font-medium whitespace-nowrap">
      <span className="sr-only">Simulated time </span>
      {seconds(nowMs, 2)}
      <span className="text-15 font-normal text-ink-3">
        {' '}
        / {seconds(endMs)}
        {atRest ? '' : '+'}
      </span>
    </p>
  )
}

function Restart() {
  const restart = useRunFields('restart').restart
  return (
    <Button
      look="square"
      aria-label="Restart with the same seed"
      title="Restart with the same seed (R)"
      onClick={restart}
    >
      <RestartIcon />
    </Button>
  )
}
