// Add partitions.
// The partitioner takes the remainder by the number of partitions, so most keys move; what was written stays.
import type { Fault } from './types.ts'

export const addPartitions: Fault = {
  id: 'add-partitions',
  title: 'Add partitions',
  sentence: 'The topic is given more partitions: a key may now live in another one than before.',
  target: 'broker',
  intents: ['reorder'],
  stages: [],
  needs: 'a topic is here',
  searched: false,
}
