// How many partitions a topic of an experiment has: what the script adds is known before it is run.
import { partitionsOf } from './_topics.ts'
import type { Experiment, Step } from './types.ts'

function grown(now: number, steps: readonly Step[], topic: string): number {
  return steps.reduce(
    (most, step) =>
      step.do === 'addPartitions' && step.topic === topic ? Math.max(most, step.partitions) : most,
    now,
  )
}

/** By the time of a step; without one, in the end. Null for a topic that is not there. */
export function partitionsBy(
  { topics, steps }: Experiment,
  topic: string,
  at = steps.length,
): number | null {
  if (!Object.hasOwn(topics, topic)) return null
  return grown(partitionsOf(topics[topic]), steps.slice(0, at), topic)
}
