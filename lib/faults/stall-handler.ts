// Stall the handler.
// Heartbeats go on from their own thread, so the session lives; only the poll comes too late.
import type { Fault } from './types.ts'

export const stallHandler: Fault = {
  id: 'stall-handler',
  title: 'Stall the handler',
  sentence: 'A slow query, a lock, an API that hangs: the thread works on one record for too long.',
  target: 'process',
  intents: ['redeliver', 'break-down'],
  stages: ['polled', 'deduped', 'effect sent', 'effect applied'],
  needs: 'a handler runs here',
  searched: true,
}
