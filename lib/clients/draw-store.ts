// How a dedup store looks, whichever broker its service reads from.
import type { Actor } from '../engine/compile.ts'
import type { CardPart } from '../picture/types.ts'

/** A dedup store stands beside the service that asks it. */
export function drawStore(actor: Actor, up: boolean): CardPart {
  return {
    kind: 'card',
    id: actor.id,
    role: 'dedup store',
    title: 'dedup table',
    subtitle: actor.id,
    notes: [],
    group: '',
    letter: '',
    assignment: [],
    state: up ? 'running' : 'crashed',
    said: up ? '' : 'Down',
  }
}
