// A topic of an experiment is the number of its partitions, or that and its settings.
import type { Experiment } from './types.ts'

type Topic = Experiment['topics'][string]

export const partitionsOf = (topic: Topic | undefined): number =>
  typeof topic === 'object' ? topic.partitions : (topic ?? 0)

export const settingsOfTopic = (topic: Topic | undefined) =>
  typeof topic === 'object' ? topic.settings : {}

/** How a record without a value is told. */
export const NO_VALUE = '<null>'
