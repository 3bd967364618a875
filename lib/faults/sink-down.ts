// Take the sink down.
// An honest refusal: the caller knows that nothing happened and tries again.
import type { Fault } from './types.ts'

export const sinkDown: Fault = {
  id: 'sink-down',
  title: 'Take the sink down',
  sentence:
    'An outage of the API or the database: calls are answered with unavailable until it is back.',
  target: 'sink',
  intents: ['redeliver', 'break-down'],
  stages: [],
  needs: 'a sink is here',
  searched: true,
}
