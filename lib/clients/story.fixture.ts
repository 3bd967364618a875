// Messages and handlers for tests of clients.
import type { HandlerSettings, Message } from './types.ts'

/** The nth event of the story: its id is `e<n>`, its key `k<n mod 3>`. */
export function message(n: number, change: Partial<Message> = {}): Message {
  return {
    id: `e${n}`,
    n,
    source: 'shop',
    type: 'OrderCreated',
    subject: `order ${n}`,
    key: `k${n % 3}`,
    seq: 1 + Math.floor(n / 3),
    order: 100 + n,
    ...change,
  }
}

export const plainHandler: HandlerSettings = {
  effect: 'charge',
  sink: 'card-api',
  handles: [],
  strategy: { kind: 'none' },
  ackPoint: 'after',
  workers: 1,
  commitOf: 'lowest-contiguous',
  ms: [10, 20],
  onFailure: 'retry-in-place',
  maxAttempts: 3,
}
