'use client'
// The panel beside the canvas: the actor or message selected, else the run as a whole.
import { useRun } from '../session/context'
import { useFacts } from '../session/views'
import { ActorPanel } from './actor-panel'
import { MessagePanel, useToken } from './message-panel'
import { OverviewPanel } from './overview-panel'

export function Inspector() {
  const selected = useRun((run) => run.selected)
  const facts = useFacts(selected)
  const token = useToken(selected)
  if (facts !== null) return <ActorPanel facts={facts} />
  if (token !== null) return <MessagePanel token={token} />
  return <OverviewPanel />
}
