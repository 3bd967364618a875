'use client'
import { Stage } from '../embed/stage'
// The graph. In the first moments, and where there is no graph library, the same scene is drawn still.
import { useRun } from '../session/context'

export function CanvasPane() {
  const title = useRun((run) => run.session.scenario.title)
  return <Stage label={`${title}, drawn as a graph`} selectable />
}
