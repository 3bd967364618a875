// Slow down a follower.
// acks=all waits for it until replica.lag.time.max.ms has put it out of sync.
import type { Fault } from './types.ts'

export const slowFollower: Fault = {
  id: 'slow-follower',
  title: 'Slow down a follower',
  sentence:
    'A full disk queue, a starved thread: the broker beats, but does not fetch from its leaders.',
  target: 'broker',
  intents: ['break-down'],
  stages: [],
  needs: 'partitions here have replicas on several nodes',
  searched: false,
}
