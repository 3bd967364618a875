// Expectations that were written from manuals and sources and that the real broker did not keep. It rules: the
// model does what the broker did.
import type { Measured } from './types.ts'

export const measured: readonly Measured[] = [
  {
    subject: 'Retention and compaction',
    expected: 'Only closed segments are deleted (the manual’s usual words).',
    broker:
      'When the newest record of the active segment is older than retention.ms, another segment is rolled and the old one deleted: a quiet partition empties. Compaction does leave the active segment alone. (active-segment-expires, open-segment-stays)',
  },
  {
    subject: 'Retention and compaction',
    expected: 'A tombstone goes delete.retention.ms after it was written.',
    broker:
      'The time runs from the first cleaning that met it, and it goes in a later cleaning, for which there must be new records: without any it stays for ever. (tombstone-is-read-then-gone)',
  },
  {
    subject: 'Retention and compaction',
    expected: 'Deleting a producer’s records makes the broker forget its numbers.',
    broker:
      'Since KIP-360 it does not: entries expire by producer.id.expiration.ms alone. (numbers-outlive-their-records)',
  },
  {
    subject: 'Producers and logs',
    expected: 'A fetch returns what there is, up to its size.',
    broker:
      'One answer holds records of one segment at most, however small they are. Scripts read on until the high watermark.',
  },
]
