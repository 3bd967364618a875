// The small cast of the scripts that every invariant brings: two facts of one key, one group, one sink.
import type { EffectKind, Message, Place, Seen } from '../clients/types.ts'
import type { Subject } from './types.ts'

export const TYPES = ['OrderCreated', 'PaymentReceived', 'OrderShipped']

export function fact(n: number, key: string | null = 'user-1'): Message {
  return {
    id: `e${n}`,
    n,
    source: 'order-service',
    type: TYPES[n % TYPES.length] as string,
    subject: 'user-1',
    key,
    seq: n + 1,
    order: 41 + n,
  }
}

export const place = (offset: number, lane = 0): Place => ({ stream: 'orders', lane, offset })

export function subjectOf(
  effect: EffectKind = 'charge',
  group: Partial<Subject['groups'][number]> = {},
): Subject {
  return {
    groups: [
      {
        id: 'payments',
        stream: 'orders',
        sink: 'card',
        effect,
        handles: [],
        replays: false,
        orderPromised: true,
        hearsAll: true,
        ...group,
      },
    ],
  }
}

export const sent = (n: number): Seen => ({
  kind: 'sent',
  actor: 'order-service',
  message: fact(n),
  stream: 'orders',
  lane: 0,
  attempt: 1,
})
export const stored = (n: number, offset = n): Seen => ({
  kind: 'stored',
  actor: 'broker-0',
  message: fact(n),
  place: place(offset),
})
export const acknowledged = (n: number, offset = n): Seen => ({
  kind: 'acknowledged',
  actor: 'order-service',
  message: fact(n),
  place: place(offset),
})
export const delivered = (n: number, by = 'payments-0'): Seen => ({
  kind: 'delivered',
  actor: by,
  group: 'payments',
  message: fact(n),
  place: place(n),
})
export const applied = (n: number, effect: EffectKind = 'charge', by = 'payments-0'): Seen => ({
  kind: 'effectApplied',
  actor: 'card',
  group: 'payments',
  by,
  sink: 'card',
  message: fact(n),
  place: place(n),
  effect,
})
export const committed = (offset: number, by = 'payments-0'): Seen => ({
  kind: 'committed',
  actor: 'coordinator-0',
  group: 'payments',
  stream: 'orders',
  lane: 0,
  offset,
  by,
})
export const assigned = (generation: number, owner: string): Seen => ({
  kind: 'assigned',
  actor: 'coordinator-0',
  group: 'payments',
  generation,
  owners: { 'orders/0': owner },
})
export const rewound = (offset: number): Seen => ({
  kind: 'rewound',
  actor: 'coordinator-0',
  group: 'payments',
  stream: 'orders',
  lane: 0,
  offset,
})
/** One fact from the log to its committed effect. */
export const handled = (n: number, effect: EffectKind = 'charge'): readonly Seen[] => [
  delivered(n),
  applied(n, effect),
  committed(n + 1),
]
/** One fact from the application to the log. */
export const published = (n: number): readonly Seen[] => [sent(n), stored(n), acknowledged(n)]
