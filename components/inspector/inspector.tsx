'use client'
// The panel beside the canvas: the actor or message selected, else the run as a whole.
import { useRun } from '../session/context'
import { useFacts, usePicture } from '../session/views'
import { ActorPanel } from './actor-panel'
import { MessagePanel, useToken } from './message-panel'
import { OverviewPanel } from './overview-panel'
import { QueuePanel, queueOf } from './queue-panel'
import { TapePanel, tapeOf } from './tape-panel'

export function Inspector() {
  const selected = useRun((run) => run.selected)
  const facts = useFacts(selected)
  const token = useToken(selected)
  const picture = usePicture()
  const tape = tapeOf(picture, selected)
  const queue = queueOf(picture, selected)
  if (facts !== null) return <ActorPanel facts={facts} />
  if (token !== null) return <MessagePanel token={token} />
  if (tape !== null) return <TapePanel tape={tape} />
  if (queue !== null) return <QueuePanel queue={queue} />
  return <OverviewPanel />
}
