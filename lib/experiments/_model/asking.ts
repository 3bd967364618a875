// What the test client asks on a connection, and which of the answers it has heard is that of a step.
import type { Envelope, Json } from '../../engine/types.ts'
import { asJson } from './clock.ts'
import { knowing, type Moment, type Setup, stateOf, withState } from './moment.ts'
import { type Done, NO_ANSWER } from './steps.ts'
import { CLIENT } from './system.ts'
import type { TestClient } from './test-client.ts'

/** Asks on a connection, having forgotten what was heard on it before, except what a later step awaits. */
export function ask(
  setup: Setup,
  moment: Moment,
  port: string,
  ...envelopes: readonly object[]
): Moment {
  const client = stateOf<TestClient>(setup, moment, CLIENT)
  const inbox = client.inbox.filter((each) => each.port !== port || 'correlation' in each.envelope)
  const asked = envelopes.map((envelope) => [port, envelope as Envelope] as const)
  const state = { ...client, inbox, outbox: [...client.outbox, ...asked] }
  return withState(setup, moment, CLIENT, state as unknown as Json)
}

export function heard<E>(setup: Setup, moment: Moment, port: string, kind: string): E | null {
  const { inbox } = stateOf<TestClient>(setup, moment, CLIENT)
  const found = inbox.find((each) => each.port === port && each.envelope.kind === kind)
  return (found?.envelope as E | undefined) ?? null
}

/** The answer to this very step: several may be under way on one connection. */
export function heardOf<E extends { readonly correlation: number }>(
  setup: Setup,
  moment: Moment,
  kind: string,
  step: { readonly as?: string },
): E | null {
  const asked = moment.known.pending[step.as ?? ''] ?? moment.at
  const { inbox } = stateOf<TestClient>(setup, moment, CLIENT)
  const answers = inbox.filter(({ envelope }) => envelope.kind === kind)
  const found = answers.find(({ envelope }) => (envelope as unknown as E).correlation === asked)
  return (found?.envelope as E | undefined) ?? null
}

export const done = (moment: Moment, result: unknown): Done => ({ moment, result: asJson(result) })
export const noAnswer = (moment: Moment): Done => done(moment, NO_ANSWER)

/** A step that goes on `later` is done at once; `await` asks its meaning again. */
export function notedLater(moment: Moment, step: { readonly as?: string; readonly later?: true }) {
  if (step.later !== true) return null
  return done(knowing(moment, 'pending', step.as ?? '', moment.at), null)
}
