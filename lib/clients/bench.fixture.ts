// A test bench for one actor: its peers are mute, so that a test speaks for them and reads what was sent.
// It goes through the engine, so conditions, `active` and arguments count as in any run.
import { type Actor, compile, type End, type System } from '../engine/compile.ts'
import { type Local, reactions, spontaneous } from '../engine/local.ts'
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

type Ports = Readonly<Record<string, 'connection' | 'calls'>>

/** The actor under test and, at the other end of each of its ports, a mute peer. */
function systemOf<S>(kind: Kind<S>, id: string, settings: unknown, ports: Ports): System {
  const names = Object.keys(ports)
  const peer = (name: string) => `at ${name}`
  return compile({
    actors: [
      { id, kind, settings },
      ...names.map((name) => ({ id: peer(name), kind: mute, settings: null })),
    ],
    links: names.map((name) => ({
      id: name,
      from: id,
      port: name,
      to: peer(name),
      at: id,
      mode: ports[name] as 'connection' | 'calls',
      requests: [],
      replies: [],
      latency: [0, 0],
    })),
  })
}

function endOf(actor: Actor, port: string): End {
  const end = actor.endByPort[port]
  if (end === undefined) throw new Error(`no port ${port}`)
  return end
}

const nameOf = (local: Local) => local.rule.rule.name

export function benchOf<S>(kind: Kind<S>, id: string, settings: unknown, ports: Ports): Bench<S> {
  const system = systemOf(kind, id, settings, ports)
  const actor = system.actorById.get(id) as Actor
  let world: World = init(system)
  let seen: readonly Seen[] = []

  const stateNow = () => world.actors[actor.index] as Json
  const named = (rule: string, arg: unknown): Action =>
    arg === undefined ? { actor: id, rule } : { actor: id, rule, arg: arg as Json }
  const enabled = (faults: boolean) => [
    ...new Set(spontaneous(actor, stateNow(), faults).map(nameOf)),
  ]
  const takers = (port: string, envelope: Envelope, faults: boolean) =>
    reactions(actor, stateNow(), endOf(actor, port), envelope, 0, faults)

  function act(action: Action): readonly Seen[] {
    const done = apply(system, world, action)
    world = done.world
    seen = done.observations as readonly Seen[]
    return seen
  }

  function put(queue: number, envelopes: readonly Envelope[]): void {
    world = { ...world, queues: world.queues.with(queue, envelopes) }
  }

  return {
    get state() {
      return stateNow() as S
    },
    set state(state: S) {
      world = { ...world, actors: world.actors.with(actor.index, state as Json) }
    },
    can: () => enabled(false),
    faults: () => enabled(true),
    whyNot: (rule, arg) => whyNot(system, world, named(rule, arg)),
    does: (rule, arg) => act(named(rule, arg)),
    hears(port, envelope) {
      const [only, ...others] = takers(port, envelope, false)
      if (only === undefined || others.length > 0) {
        const rules = takers(port, envelope, false).map(nameOf)
        throw new Error(`${envelope.kind} is taken by [${rules.join(', ')}]`)
      }
      put(endOf(actor, port).inbound, [envelope])
      act(actionOf(system, actor, only))
      return nameOf(only)
    },
    wouldTake: (port, envelope, faults = false) => takers(port, envelope, faults).map(nameOf),
    takes(rule, port, envelope) {
      put(endOf(actor, port).inbound, [envelope])
      return act({ actor: id, rule, via: port })
    },
    get seen() {
      return seen
    },
    sent(port) {
      const { outbound } = endOf(actor, port)
      const envelopes = world.queues[outbound] ?? []
      put(outbound, [])
      return envelopes
    },
  }
}
