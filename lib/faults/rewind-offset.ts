// Rewind the offset.
// The usual way to mend a sink by replay, and a sure way to double effects that only add.
import type { Fault } from './types.ts'

export const rewindOffset: Fault = {
  id: 'rewind-offset',
  title: 'Rewind the offset',
  sentence:
    'An operator resets the group, or the committed offset has expired: reading starts again further back.',
  target: 'broker',
  intents: ['redeliver'],
  stages: [],
  needs: 'a consumer group is here',
  searched: false,
}
