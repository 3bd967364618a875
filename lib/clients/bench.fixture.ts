// A test bench for one actor: its peers are mute, so that a test speaks for them and reads what was sent.
// It goes through the engine, so conditions, `active` and arguments count as in any run.
import { type Actor, compile } from '../engine/compile.ts'
import { reactions, spontaneous } from '../engine/local.ts'
import type { Action, Envelope, Json, Kind, Observation, World } from '../engine/types.ts'
import { actionOf, apply, init, whyNot } from '../engine/world.ts'

const mute: Kind = {
  name: 'mute',
  init: () => null,
  rules: [
    {
      // Never to be run: it makes the peer one that hears of closings.
      name: 'HearClosing',
      on: 'ConnectionClosed',
      then: () => ({}),
    },
  ],
}

export interface Bench<S> {
  /** The actor's state; setting it puts the actor anywhere. */
  state: S
  /** Names of the spontaneous rules that are enabled, without and with faults. */
  can(): readonly string[]
  faults(): readonly string[]
  /** Why a rule cannot run, null when it can. */
  whyNot(rule: string, arg?: unknown): string | null
  /** Runs a spontaneous rule; returns what was observed. */
  does(rule: string, arg?: unknown): readonly Seen[]
  /** An envelope arrives and is taken; returns the name of the one rule that took it. */
  hears(port: string, envelope: Envelope): string
  /** Names of the rules that would take it; faults among them on request. */
  wouldTake(port: string, envelope: Envelope, faults?: boolean): readonly string[]
  /** As `hears`, by a rule of this name. */
  takes(rule: string, port: string, envelope: Envelope): readonly Seen[]
  /** What was observed last. */
  readonly seen: readonly Seen[]
  /** What has been sent on this port since the last call. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields of whatever was sent
  sent(port: string): readonly any[]
}
// biome-ignore lint/suspicious/noExplicitAny: as above
type Seen = Observation & Record<string, any>

export function benchOf<S>(
  kind: Kind<S>,
  id: string,
  settings: unknown,
  ports: Readonly<Record<string, 'connection' | 'calls'>>,
): Bench<S> {
  const names = Object.keys(ports)
  const system = compile({
    actors: [
      { id, kind, settings },
      ...names.map((name) => ({ id: `at ${name}`, kind: mute, settings: null })),
    ],
    links: names.map((name) => ({
      id: name,
      from: id,
      port: name,
      to: `at ${name}`,
      at: id,
      mode: ports[name] as 'connection' | 'calls',
      requests: [],
      replies: [],
      latency: [0, 0],
    })),
  })
  const actor = system.actorById.get(id) as Actor
  let world: World = init(system)
  let seen: readonly Seen[] = []

  function act(action: Action): readonly Seen[] {
    const done = apply(system, world, action)
    world = done.world
    seen = done.observations as readonly Seen[]
    return seen
  }

  function put(queue: number, envelopes: readonly Envelope[]): void {
    world = { ...world, queues: world.queues.with(queue, envelopes) }
  }

  function inbound(port: string) {
    const end = actor.endByPort[port]
    if (end === undefined) throw new Error(`no port ${port}`)
    return end
  }

  function takers(port: string, envelope: Envelope, faults: boolean) {
    const state = world.actors[actor.index] as Json
    return reactions(actor, state, inbound(port), envelope, 0, faults)
  }

  return {
    get state() {
      return world.actors[actor.index] as S
    },
    set state(state: S) {
      world = { ...world, actors: world.actors.with(actor.index, state as Json) }
    },
    can: () => [
      ...new Set(
        spontaneous(actor, world.actors[actor.index] as Json, false).map((l) => l.rule.rule.name),
      ),
    ],
    faults: () => [
      ...new Set(
        spontaneous(actor, world.actors[actor.index] as Json, true).map((l) => l.rule.rule.name),
      ),
    ],
    whyNot: (rule, arg) =>
      whyNot(system, world, {
        actor: id,
        rule,
        ...(arg === undefined ? {} : { arg: arg as Json }),
      }),
    does: (rule, arg) =>
      act({ actor: id, rule, ...(arg === undefined ? {} : { arg: arg as Json }) }),
    hears(port, envelope) {
      const found = takers(port, envelope, false)
      if (found.length !== 1) {
        const rules = found.map((local) => local.rule.rule.name).join(', ')
        throw new Error(`${envelope.kind} is taken by ${rules === '' ? 'no rule' : rules}`)
      }
      const end = inbound(port)
      put(end.inbound, [envelope])
      act(actionOf(system, actor, found[0] as (typeof found)[number]))
      return (found[0] as (typeof found)[number]).rule.rule.name
    },
    wouldTake: (port, envelope, faults = false) =>
      takers(port, envelope, faults).map((local) => local.rule.rule.name),
    takes(rule, port, envelope) {
      put(inbound(port).inbound, [envelope])
      return act({ actor: id, rule, via: port })
    },
    get seen() {
      return seen
    },
    sent(port) {
      const { outbound } = inbound(port)
      const envelopes = world.queues[outbound] ?? []
      put(outbound, [])
      return envelopes
    },
  }
}
