'use client'
import { useEffect, useRef, useState } from 'react'
// Says what happens to those who do not see it: politely, each step when stepping; when playing, only
// faults and breaches at once, and a digest every five seconds.
import type { StepRecord } from '@/lib/session/types'
import { useRunFields } from './context'
import { useVerdicts } from './views'
import { count } from './words'

const DIGEST_EVERY = 5_000

export function Announcer() {
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {useWords()}
    </p>
  )
}

function useWords(): string {
  const { session, position, playing, said } = useRunFields(
    'session',
    'position',
    'playing',
    'said',
  )
  const breaches = useVerdicts().flatMap(({ violations }) => violations)
  const [words, setWords] = useState('')
  const last = useRef({ position: 0, breaches: 0, digest: 0, since: 0 })
  useEffect(() => {
    const from = last.current
    const news: string[] = []
    if (position > 0 && position !== from.position) {
      const step = session.step(position)
      if (!playing) news.push(step.sentence)
      else news.push(...faultsBetween(session.step, from.position, position))
      if (breaches.length > from.breaches && position > from.position)
        news.push(...breaches.slice(from.breaches).map(({ sentence }) => `Broken: ${sentence}`))
      if (playing && performance.now() - from.digest > DIGEST_EVERY) {
        news.push(`${count(Math.max(0, position - from.since), 'step')} so far; ${step.sentence}`)
        from.digest = performance.now()
        from.since = position
      }
    }
    last.current = { ...from, position, breaches: breaches.length }
    if (news.length > 0) setWords(news.join(' '))
  }, [session, position, playing, breaches])
  useEffect(() => {
    if (said !== '') setWords(said)
  }, [said])
  return words
}

const MOST = 400

function faultsBetween(step: (index: number) => StepRecord, from: number, to: number): string[] {
  const found: string[] = []
  for (let index = Math.max(from, to - MOST) + 1; index <= to; index++)
    if (step(index).fault !== '') found.push(step(index).sentence)
  return found
}
