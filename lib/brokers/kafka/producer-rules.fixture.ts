// How long a rule of the producer takes, and how its connections end.
import type { Envelope } from '../../engine/types.ts'
import { ruleOf } from './producer.fixture.ts'

export const closed: Envelope = { kind: 'ConnectionClosed' }

export const rangeOf = (rule: string, settings: unknown, s?: unknown, x?: unknown) =>
  ruleOf(rule).takes?.(settings, s, undefined, x)
