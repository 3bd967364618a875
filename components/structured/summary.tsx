'use client'
// The moment shown in a few sentences: where we are, what is broken, who is down, what is expected.
import type { Verdict } from '@/lib/invariants/types'
import type { CardPart, Picture } from '@/lib/picture/types'
import type { Expected } from '@/lib/session/types'
import { useRunFields } from '../session/context'
import { useAtEnd, useExpected, usePicture, useVerdicts } from '../session/views'
import { seconds } from '../session/words'

export function Summary() {
  const { nowMs, playing } = useRunFields('nowMs', 'playing')
  const state = useAtEnd() ? 'At rest' : playing ? 'Playing' : 'Paused'
  const facts = { verdicts: useVerdicts(), picture: usePicture(), expected: useExpected() }
  const sentences = [`${state} at ${seconds(nowMs)}.`, ...summary(facts, nowMs)]
  return <p className="text-ink-2">{sentences.join(' ')}</p>
}

interface Facts {
  readonly verdicts: readonly Verdict[]
  readonly picture: Picture
  readonly expected: readonly Expected[]
}

export function summary({ verdicts, picture, expected }: Facts, nowMs: number): readonly string[] {
  return [...broken(verdicts), ...down(picture), ...awaited(expected, nowMs)]
}

function broken(verdicts: readonly Verdict[]): readonly string[] {
  const found = verdicts.filter(({ verdict }) => verdict === 'broken')
  if (found.length === 0) return ['Nothing is broken.']
  const how = found.map(({ detail }) => sentence(detail)).join(' ')
  return [
    `${found.length === 1 ? 'One guarantee is' : `${found.length} guarantees are`} broken: ${how}`,
  ]
}

function down(picture: Picture): readonly string[] {
  const cards = picture.parts.filter((part): part is CardPart => part.kind === 'card')
  return cards
    .filter(({ state }) => state === 'crashed' || state === 'paused')
    .map(({ title, state, said }) =>
      sentence(`${title} is ${state}${said === '' ? '' : `: ${said.replaceAll('\n', ' ')}`}`),
    )
}

function awaited(expected: readonly Expected[], nowMs: number): readonly string[] {
  return expected
    .slice(0, 2)
    .map(({ actor, setting, dueMs }) => `${setting} of ${actor} ends in ${seconds(dueMs - nowMs)}.`)
}

const sentence = (text: string): string => `${text.trim().replace(/\.$/, '')}.`
