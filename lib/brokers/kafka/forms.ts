// What forms and tables offer, in Kafka's words.
import type { Forms } from '../types.ts'

export const forms: Forms = {
  settling: 'Commit offset',
  position: 'Offset to commit',
  failing: [
    ['retry-in-place', 'retry in place'],
    ['retry-topic', 'retry topic'],
    ['dead-letter-topic', 'dead-letter topic'],
    ['skip', 'skip'],
  ],
  stages: [
    ['polled', 'after poll, before the effect'],
    ['effect sent', 'while the effect is under way'],
    ['effect applied', 'after the effect, before the commit'],
    ['committing', 'while the commit is under way'],
    ['committed', 'after the commit'],
  ],
  share: 'partitions',
  log: {
    one: 'partition',
    passed: 'committed by',
    positions: 'Committed offsets',
    none: 'nothing committed',
  },
  lanes: {
    one: 'partition',
    several: 'Partitions',
    choosing: 'Partition by',
    keyless: 'No key: any partition may take it.',
    always: (lane) => `always P${lane}`,
  },
}
