// A model node with test clients, and the time they live in: whatever is due happens, the earliest first.
import { nodeKind } from '../../brokers/rabbitmq/node.ts'
import type { FromClient } from '../../brokers/rabbitmq/protocol.ts'
import type { Actor } from '../../engine/compile.ts'
import { compile, type System } from '../../engine/compile.ts'
import type { Action, Envelope, Json, LinkSpec, World } from '../../engine/types.ts'
import { actionOf, apply, init, localsOf } from '../../engine/world.ts'
import { type TestClient, testClient } from './_client.ts'
import type { Experiment, Step, Variant } from './types.ts'

const AT_ONCE = [0, 0] as const
const MOST_STEPS = 200_000
export const RESTART_MS = 1000

/** Every connection the script may open: those it names, and one for each look at a queue. */
function connectionsOf(steps: readonly Step[]): readonly string[] {
  const named = steps.flatMap((step) => {
    if (step.do === 'open') return [step.connection ?? step.channel]
    return 'channel' in step && step.channel !== undefined ? [step.channel] : []
  })
  const looks = steps.filter((step) => step.do === 'drain' || step.do === 'count')
  const own = looks.flatMap((_, i) => [`drain-${i + 1}`, `count-${i + 1}`])
  return [...new Set(['main', ...named, ...own])]
}

function systemOf(experiment: Experiment, { version }: Variant): System {
  const connections = connectionsOf(experiment.steps)
  const settings = {
    version,
    consumer_timeout: experiment.consumerTimeoutMs ?? 1_800_000,
    heartbeat: 60,
    restartMs: [RESTART_MS, RESTART_MS],
    exchanges: {},
    queues: [],
    groups: {},
  }
  return compile({
    actors: [
      { id: 'node', kind: nodeKind, settings },
      ...connections.map((id) => ({ id, kind: testClient, settings: null })),
    ],
    links: connections.map(
      (id): LinkSpec => ({
        id,
        from: id,
        port: 'node',
        to: 'node',
        at: id,
        mode: 'connection',
        push: true,
        requests: [],
        replies: [],
        latency: AT_ONCE,
      }),
    ),
  })
}

export interface Simulated {
  readonly nowMs: () => number
  /** Lets everything happen that is due by now, and then what is due until then. */
  readonly advance: (ms: number) => void
  readonly send: (connection: string, envelope: FromClient) => void
  readonly kill: (connection: string) => void
  readonly restart: () => void
  readonly later: (ms: number, act: () => void) => void
}

interface Due {
  readonly action: Action
  readonly atMs: number
}

/** `hear`: what arrives at a client, at once. */
export function simulated(
  experiment: Experiment,
  variant: Variant,
  hear: (connection: string, envelope: Envelope) => void,
): Simulated {
  const system = systemOf(experiment, variant)
  let world: World = init(system)
  let now = 0
  let due = new Map<string, Due>()
  let tasks: { readonly atMs: number; readonly act: () => void }[] = []

  function stateOf(actor: Actor): TestClient {
    return world.actors[actor.index] as unknown as TestClient
  }
  function setState(actor: Actor, state: TestClient): void {
    world = { ...world, actors: world.actors.with(actor.index, state as unknown as Json) }
  }
  function clientOf(connection: string): Actor {
    const actor = system.actorById.get(connection)
    if (actor === undefined) throw new Error(`there is no connection ${connection}`)
    return actor
  }
  /** What is enabled keeps its due time; what is so no more loses it. */
  function timed(): void {
    const next = new Map<string, Due>()
    for (const actor of system.actors) {
      for (const local of localsOf(world, actor, false)) {
        const action = actionOf(system, actor, local)
        const key = JSON.stringify(action)
        const { takes } = local.rule.rule
        const state = world.actors[actor.index]
        const lasts = takes?.(actor.me.settings, state, undefined, local.arg)[0] ?? 0
        next.set(key, due.get(key) ?? { action, atMs: now + lasts })
      }
    }
    due = next
  }
  function earliest(): Due | undefined {
    let found: Due | undefined
    for (const each of due.values()) if (found === undefined || each.atMs < found.atMs) found = each
    return found
  }
  function act(action: Action): void {
    world = apply(system, world, action).world
    for (const actor of system.actors) {
      if (actor.kind.kind !== testClient || stateOf(actor).inbox.length === 0) continue
      const { inbox } = stateOf(actor)
      setState(actor, { ...stateOf(actor), inbox: [] })
      for (const envelope of inbox) hear(actor.id, envelope)
    }
  }
  function advance(ms: number): void {
    const untilMs = now + ms
    for (let i = 0; i < MOST_STEPS; i++) {
      timed()
      const next = earliest()
      const task = tasks.toSorted((a, b) => a.atMs - b.atMs)[0]
      const atMs = Math.min(
        next?.atMs ?? Number.POSITIVE_INFINITY,
        task?.atMs ?? Number.POSITIVE_INFINITY,
      )
      if (atMs > untilMs) {
        now = untilMs
        return
      }
      now = Math.max(now, atMs)
      if (next !== undefined && next.atMs === atMs) act(next.action)
      else if (task !== undefined) {
        tasks = tasks.filter((each) => each !== task)
        task.act()
      }
    }
    throw new Error(`${experiment.id} comes to no end in ${MOST_STEPS} steps`)
  }
  return {
    nowMs: () => now,
    advance,
    send: (connection, envelope) => {
      const client = clientOf(connection)
      const state = stateOf(client)
      setState(client, { ...state, outbox: [...state.outbox, envelope] })
    },
    kill: (connection) => {
      const client = clientOf(connection)
      setState(client, { ...stateOf(client), dies: true })
      advance(0)
    },
    restart: () => {
      timed()
      act({ actor: 'node', rule: 'RestartNode' })
      advance(RESTART_MS)
    },
    later: (ms, act) => void tasks.push({ atMs: now + ms, act }),
  }
}
