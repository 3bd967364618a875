// Which of the five shapes stands for a key: the order in which the story's producers name them.
import type { Scenario } from '@/lib/scenario/types'

export function shapesOf(scenario: Scenario): ReadonlyMap<string, number> {
  const keys = scenario.story.producers.flatMap((producer) => producer.keys)
  return new Map([...new Set(keys)].map((key, index) => [key, index]))
}

export function shapeOfKey(shapes: ReadonlyMap<string, number>, key: string | null): number {
  return key === null ? -1 : (shapes.get(key) ?? -1)
}
