// How questions about a breach name events and effects.
import type { EffectKind } from '../clients/types.ts'
import { eventIn } from '../clients/words.ts'
import type { Subject } from './types.ts'

/** To a group that acts upon one type of event an order's number says which is meant. */
export function nameIn(subject: Subject, group: string, id: string): string {
  const named = subject.groups.find((each) => each.id === group)
  return named?.handles.length === 1 ? (id.split('/')[0] as string) : eventIn(id)
}

const PASSIVE: Readonly<Record<EffectKind, (event: string) => string>> = {
  charge: (event) => `${event} charged`,
  email: (event) => `the e-mail for ${event} sent`,
  decrement: (event) => `${event} taken out of stock`,
  upsert: (event) => `${event} written`,
  count: (event) => `${event} counted`,
}

/** 'order-42 charged': follows 'was'. */
export const happened = (effect: EffectKind, event: string): string => PASSIVE[effect](event)
