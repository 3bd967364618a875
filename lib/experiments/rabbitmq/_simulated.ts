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

/** The connection that speaks the stream protocol; it begins anew with each use. */
export const STREAM = 'stream protocol'

/** Every connection the script may open: those it names, and one for each look at a queue. */
function connectionsOf(steps: readonly Step[]): readonly string[] {
  const named = steps.flatMap((step) => {
    if (step.do === 'open') return [step.connection ?? step.channel]
    if (step.do === 'silence' || step.do === 'destroy') return [step.connection]
    return 'channel' in step && step.channel !== undefined ? [step.channel] : []
  })
  const looks = steps.filter((step) => step.do === 'drain' || step.do === 'count')
  const own = looks.flatMap((_, i) => [`drain-${i + 1}`, `count-${i + 1}`])
  const streams = steps.some((step) => step.do === 'publishNumbered') ? [STREAM] : []
  return [...new Set(['main', ...named, ...own, ...streams])]
}

function systemOf(experiment: Experiment, { version }: Variant): System {
  const connections = connectionsOf(experiment.steps)
  const settings = {
    version,
    consumer_timeout: experiment.consumerTimeoutMs ?? 1_800_000,
    heartbeat: experiment.heartbeatSeconds ?? 60,
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

/** Where it stands: the world, the time, what is due, and what the script does later. */
interface Stand {
  readonly system: System
  world: World
  nowMs: number
  due: Map<string, Due>
  tasks: { readonly atMs: number; readonly act: () => void }[]
}

const clientState = (at: Stand, actor: Actor): TestClient =>
  at.world.actors[actor.index] as unknown as TestClient

function setClient(at: Stand, actor: Actor, state: TestClient): void {
  const actors = at.world.actors.with(actor.index, state as unknown as Json)
  at.world = { ...at.world, actors }
}

function clientOf(at: Stand, connection: string): Actor {
  const actor = at.system.actorById.get(connection)
  if (actor === undefined) throw new Error(`there is no connection ${connection}`)
  return actor
}

/** What is enabled keeps its due time; what is so no more loses it. The longest a rule may take. */
function timed(at: Stand): void {
  const next = new Map<string, Due>()
  for (const actor of at.system.actors) {
    for (const local of localsOf(at.world, actor, false)) {
      const action = actionOf(at.system, actor, local)
      const key = JSON.stringify(action)
      const { takes } = local.rule.rule
      const state = at.world.actors[actor.index]
      const lasts = takes?.(actor.me.settings, state, undefined, local.arg)[1] ?? 0
      next.set(key, at.due.get(key) ?? { action, atMs: at.nowMs + lasts })
    }
  }
  at.due = next
}

function earliest<T extends { readonly atMs: number }>(all: Iterable<T>): T | undefined {
  let found: T | undefined
  for (const each of all) if (found === undefined || each.atMs < found.atMs) found = each
  return found
}

type Hear = (connection: string, envelope: Envelope) => void

function perform(at: Stand, action: Action, hear: Hear): void {
  at.world = apply(at.system, at.world, action).world
  for (const actor of at.system.actors) {
    if (actor.kind.kind !== testClient) continue
    const { inbox } = clientState(at, actor)
    if (inbox.length === 0) continue
    setClient(at, actor, { ...clientState(at, actor), inbox: [] })
    for (const envelope of inbox) hear(actor.id, envelope)
  }
}

function advance(at: Stand, ms: number, hear: Hear): void {
  const untilMs = at.nowMs + ms
  for (let i = 0; i < MOST_STEPS; i++) {
    timed(at)
    const next = earliest(at.due.values())
    const task = earliest(at.tasks)
    const never = Number.POSITIVE_INFINITY
    const atMs = Math.min(next?.atMs ?? never, task?.atMs ?? never)
    if (atMs > untilMs) {
      at.nowMs = untilMs
      return
    }
    at.nowMs = Math.max(at.nowMs, atMs)
    if (next !== undefined && next.atMs === atMs) perform(at, next.action, hear)
    else if (task !== undefined) {
      at.tasks = at.tasks.filter((each) => each !== task)
      task.act()
    }
  }
  throw new Error(`a script comes to no end in ${MOST_STEPS} steps`)
}

/** `hear`: what arrives at a client, at once. */
export function simulated(experiment: Experiment, variant: Variant, hear: Hear): Simulated {
  const system = systemOf(experiment, variant)
  const at: Stand = { system, world: init(system), nowMs: 0, due: new Map(), tasks: [] }
  const change = (connection: string, changed: (state: TestClient) => TestClient) => {
    const client = clientOf(at, connection)
    setClient(at, client, changed(clientState(at, client)))
  }
  return {
    nowMs: () => at.nowMs,
    advance: (ms) => advance(at, ms, hear),
    send: (connection, envelope) =>
      change(connection, (state) => ({ ...state, outbox: [...state.outbox, envelope] })),
    kill: (connection) => {
      change(connection, (state) => ({ ...state, dies: true }))
      advance(at, 0, hear)
    },
    restart: () => {
      timed(at)
      perform(at, { actor: 'node', rule: 'RestartNode' }, hear)
      advance(at, RESTART_MS, hear)
    },
    later: (ms, act) => void at.tasks.push({ atMs: at.nowMs + ms, act }),
  }
}
