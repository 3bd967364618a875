// What the test client asks on a connection, and which of the answers it has heard is that of a step.
import type { Envelope, Json } from '../../engine/types.ts'
import { asJson } from './clock.ts'
import { knowing, type Moment, ofStep, type Setup, stateOf, withState } from './moment.ts'
import { type Done, NO_ANSWER } from './steps.ts'
import { CLIENT } from './system.ts'
import type { TestClient } from './test-client.ts'

/** What a later step may still await, by the step that asked. */
const isKept = (moment: Moment, step: number): boolean =>
  Object.values(moment.known.pending).includes(step)

/** Asks on a connection, having forgotten what was asked and heard on it before, except what a later step awaits. */
export function ask(
  setup: Setup,
  moment: Moment,
  port: string,
  ...envelopes: readonly object[]
): Moment {
  const client = stateOf<TestClient>(setup, moment, CLIENT)
  const kept = <T extends { readonly port: string; readonly step: number }>(all: readonly T[]) =>
    all.filter((each) => each.port !== port || isKept(moment, each.step))
  const asked = envelopes.map((envelope) => envelope as Envelope)
  const waiting = asked.map((envelope) => ({ port, envelope, step: moment.at }))
  const state: TestClient = {
    ...client,
    inbox: kept(client.inbox),
    waiting: [...kept(client.waiting), ...waiting],
    outbox: [...client.outbox, ...asked.map((envelope) => [port, envelope] as const)],
  }
  return withState(setup, moment, CLIENT, state as unknown as Json)
}

interface Asking {
  readonly as?: string
}

/** The answers to this very step, by port: several steps may be under way on one connection. */
export function answersTo<E>(setup: Setup, moment: Moment, step: Asking, kind: string) {
  const asked = ofStep(moment.known.pending, step) ?? moment.at
  const { inbox } = stateOf<TestClient>(setup, moment, CLIENT)
  const own = inbox.filter((each) => each.step === asked && each.envelope.kind === kind)
  return own.map(({ port, envelope }) => ({ port, answer: envelope as unknown as E }))
}

export function heard<E>(setup: Setup, moment: Moment, step: Asking, kind: string): E | null {
  return answersTo<E>(setup, moment, step, kind)[0]?.answer ?? null
}

/** Whether the connection was closed since it was asked on last. */
export function isClosed(setup: Setup, moment: Moment, port: string): boolean {
  const { inbox } = stateOf<TestClient>(setup, moment, CLIENT)
  return inbox.some((each) => each.port === port && each.envelope.kind === 'ConnectionClosed')
}

export const done = (moment: Moment, result: unknown): Done => ({ moment, result: asJson(result) })
export const noAnswer = (moment: Moment): Done => done(moment, NO_ANSWER)

/** A step that goes on `later` is done at once; `await` asks its meaning again. */
export function notedLater(moment: Moment, step: { readonly as?: string; readonly later?: true }) {
  if (step.later !== true) return null
  return done(knowing(moment, 'pending', step.as ?? '', moment.at), null)
}
