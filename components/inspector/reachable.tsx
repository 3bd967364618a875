'use client'
import { useMemo } from 'react'
// What can be made to happen to whoever has a message in hand, or keeps a partition.
import { reachOf } from '../session/choices'
import { useRunFields } from '../session/context'
import { usePicture } from '../session/views'
import { Section } from '../ui/section'
import { FaultList } from './fault-list'

export function Reachable({ target }: { readonly target: string }) {
  const session = useRunFields('session').session
  const picture = usePicture()
  const reach = useMemo(() => reachOf(session, picture, target), [session, picture, target])
  return reach.map(({ heading, id, choices }) => (
    <Section key={heading} title={heading}>
      <FaultList faults={choices} id={id} />
    </Section>
  ))
}
