// Worlds and what an action does to them. `perform` writes into a cursor (a world held in arrays that its
// owner may change); `apply` is the pure form for those who keep worlds.
import type { Actor, End, System } from './compile.ts'
import { failedCondition, type Local, reactions, same, spontaneous } from './local.ts'
import type {
  Action,
  ActorAction,
  ConnectionClosedEnvelope,
  Envelope,
  Json,
  LinkAction,
  Observation,
  Out,
  Stage,
  World,
} from './types.ts'
import { ConnectionClosed } from './types.ts'

const CLOSED: ConnectionClosedEnvelope = { kind: ConnectionClosed }
const CUT: ConnectionClosedEnvelope = { kind: ConnectionClosed, cut: true }
const NOTHING: readonly Envelope[] = []
const UNSEEN: readonly Observation[] = []

/** A world whose arrays may be written; the states and queues inside them never are. */
export interface Cursor {
  readonly actors: Json[]
  readonly queues: (readonly Envelope[])[]
  readonly slow: number[]
}

/** Told of every change to a queue, in order, so that a driver can keep times beside it. */
export interface QueueListener {
  taken(queue: number, nth: number): void
  sent(queue: number, envelope: Envelope): void
  cleared(queue: number): void
}

export const SILENT: QueueListener = { taken() {}, sent() {}, cleared() {} }

export function init(system: System): World {
  return {
    actors: system.actors.map((actor) => actor.kind.kind.init(actor.me) as Json),
    queues: system.links.flatMap(() => [NOTHING, NOTHING]),
    slow: system.links.map(() => 1),
  }
}

export function cursorOf(world: World): Cursor {
  return { actors: [...world.actors], queues: [...world.queues], slow: [...world.slow] }
}

export function worldOf(cursor: Cursor): World {
  return { actors: [...cursor.actors], queues: [...cursor.queues], slow: [...cursor.slow] }
}

function isClosing(queue: readonly Envelope[]): boolean {
  for (const envelope of queue) if (envelope.kind === ConnectionClosed) return true
  return false
}

/** Whether the process at the other end has said its last: after a cut it may still die. */
function isOver(last: Envelope | undefined): boolean {
  return last?.kind === ConnectionClosed && (last as ConnectionClosedEnvelope).cut !== true
}

function push(cursor: Cursor, queue: number, envelope: Envelope, listener: QueueListener): void {
  const before = cursor.queues[queue] as readonly Envelope[]
  cursor.queues[queue] = before.length === 0 ? [envelope] : [...before, envelope]
  listener.sent(queue, envelope)
}

function clear(cursor: Cursor, queue: number, listener: QueueListener): void {
  if ((cursor.queues[queue] as readonly Envelope[]).length === 0) return
  cursor.queues[queue] = NOTHING
  listener.cleared(queue)
}

/**
 * Sends from one end. On a connection that the far side has closed, and whose closing this side has not
 * heard of yet, what is sent goes nowhere (it is still written to the old socket).
 */
function send(cursor: Cursor, end: End, envelope: Envelope, listener: QueueListener): void {
  if (end.connection && isClosing(cursor.queues[end.inbound] as readonly Envelope[])) return
  push(cursor, end.outbound, envelope, listener)
}

/** The process at this end is gone: what it sent arrives and then the closing; answers vanish. */
function hangUp(system: System, cursor: Cursor, end: End, listener: QueueListener): void {
  clear(cursor, end.inbound, listener)
  const sent = cursor.queues[end.outbound] as readonly Envelope[]
  if (!end.connection) {
    cursor.queues[end.outbound] = sent.map((envelope) => ({ ...envelope, orphan: true }))
    return
  }
  const peer = system.actors[(system.takers[end.outbound] as { actor: number }).actor] as Actor
  if (peer.kind.hearsClosing && !isOver(sent.at(-1))) push(cursor, end.outbound, CLOSED, listener)
}

/** Removes the nth envelope of a queue and returns it. */
function take(cursor: Cursor, queue: number, nth: number, listener: QueueListener): Envelope {
  const before = cursor.queues[queue] as readonly Envelope[]
  const envelope = before[nth] as Envelope
  if (before.length === 1) cursor.queues[queue] = NOTHING
  else if (nth === 0) cursor.queues[queue] = before.slice(1)
  else cursor.queues[queue] = before.filter((_, index) => index !== nth)
  listener.taken(queue, nth)
  return envelope
}

/** Runs one rule that is known to be enabled; returns what was observed. Writes the cursor. */
export function perform(
  system: System,
  cursor: Cursor,
  actor: Actor,
  local: Local,
  listener: QueueListener,
): readonly Observation[] {
  const state = cursor.actors[actor.index] as Json
  const end = local.queue < 0 ? null : (system.takers[local.queue] as { end: End }).end
  const envelope = end === null ? undefined : take(cursor, local.queue, local.nth, listener)
  const me = end === null ? actor.me : end.me
  const out: Out<Json> = local.rule.rule.then(state, envelope, local.arg, me)
  if (out.self !== undefined) cursor.actors[actor.index] = out.self
  if (out.begins === true) {
    for (const each of actor.ends) clear(cursor, each.inbound, listener)
  }
  if (out.hangUp !== undefined) {
    for (const each of actor.ends) {
      if (out.hangUp === true || out.hangUp.includes(each.port))
        hangUp(system, cursor, each, listener)
    }
  }
  if (out.reply !== undefined && end !== null && envelope?.orphan !== true) {
    send(cursor, end, out.reply, listener)
  }
  if (out.send !== undefined) {
    for (const [port, each] of out.send) send(cursor, endAt(actor, port), each, listener)
  }
  return out.observe ?? UNSEEN
}

function endAt(actor: Actor, port: string): End {
  const end = actor.endByPort[port]
  if (end === undefined) throw new Error(`${actor.id} has no port ${port}`)
  return end
}

/** A misfortune of the line. A cut takes everything in flight both ways; both ends hear the closing. */
export function performOnLink(
  system: System,
  cursor: Cursor,
  action: LinkAction,
  listener: QueueListener,
): readonly Observation[] {
  const link = system.linkById.get(action.link)
  if (link === undefined) throw new Error(`there is no link ${action.link}`)
  if (action.rule === 'CutConnection') {
    for (const queue of [2 * link.index, 2 * link.index + 1]) {
      clear(cursor, queue, listener)
      const taker = system.actors[(system.takers[queue] as { actor: number }).actor] as Actor
      if (taker.kind.hearsClosing) push(cursor, queue, CUT, listener)
    }
  } else {
    cursor.slow[link.index] = action.rule === 'SlowLink' ? (action.arg ?? 10) : 1
  }
  return UNSEEN
}

/** Everything one actor may do in this world; faults apart. */
export function localsOf(world: World, actor: Actor, faults: boolean): Local[] {
  const state = world.actors[actor.index] as Json
  const found = [...spontaneous(actor, state, faults)]
  for (const end of actor.ends) {
    const queue = world.queues[end.inbound] as readonly Envelope[]
    const reach = end.connection ? Math.min(1, queue.length) : queue.length
    for (let nth = 0; nth < reach; nth++) {
      found.push(...reactions(actor, state, end, queue[nth] as Envelope, nth, faults))
    }
  }
  return found
}

export function actionOf(system: System, actor: Actor, local: Local): ActorAction {
  const end = local.queue < 0 ? null : (system.takers[local.queue] as { end: End }).end
  return {
    actor: actor.id,
    rule: local.rule.rule.name,
    ...(local.arg === undefined ? {} : { arg: local.arg }),
    ...(end === null ? {} : { via: end.port }),
    ...(local.nth === 0 ? {} : { nth: local.nth }),
  }
}

/** Every enabled action of every actor, faults included, and cuts of connections. */
export function enabled(system: System, world: World): Action[] {
  const actions: Action[] = system.actors.flatMap((actor) =>
    [false, true].flatMap((faults) =>
      localsOf(world, actor, faults).map((local) => actionOf(system, actor, local)),
    ),
  )
  for (const link of system.links) {
    const action: Action = { link: link.id, rule: 'CutConnection' }
    if (linkRefusal(system, world, action) === null) actions.push(action)
  }
  return actions
}

/** Whether an action is one of the environment's misfortunes; its catalogue slug, or ''. */
export function faultOf(system: System, action: Action): string {
  if ('link' in action) {
    if (action.rule === 'RestoreLink') return ''
    return action.rule === 'CutConnection' ? 'cut-connection' : 'slow-link'
  }
  const kind = system.actorById.get(action.actor)?.kind
  return kind?.rules.find((rule) => rule.rule.name === action.rule)?.rule.fault?.kind ?? ''
}

/** A line can be cut unless its ends have yet to hear of the last closing. */
function linkRefusal(system: System, world: World, action: LinkAction): string | null {
  const link = system.linkById.get(action.link)
  if (link === undefined) return `there is a line ${action.link}`
  if (action.rule === 'SlowLink')
    return world.slow[link.index] === 1 ? null : 'the line is not slow yet'
  if (action.rule === 'RestoreLink') return world.slow[link.index] !== 1 ? null : 'the line is slow'
  if (link.mode !== 'connection') return 'the line is a connection'
  const closing = [2 * link.index, 2 * link.index + 1].some((queue) =>
    isClosing(world.queues[queue] ?? NOTHING),
  )
  return closing ? 'both ends have heard of the last closing' : null
}

function resolve(system: System, world: World, action: ActorAction): Local | string {
  const actor = system.actorById.get(action.actor)
  if (actor === undefined) return `there is an actor ${action.actor}`
  const rule = actor.kind.rules.find((each) => each.rule.name === action.rule)
  if (rule === undefined) return `${actor.id} has a rule ${action.rule}`
  const state = world.actors[actor.index] as Json
  const faults = rule.rule.fault !== undefined
  if (rule.rule.on === undefined) {
    const found = spontaneous(actor, state, faults).find(
      (local) => local.rule === rule && (action.arg === undefined || same(local.arg, action.arg)),
    )
    return (
      found ??
      failedCondition(actor, rule, state, actor.me, undefined, action.arg) ??
      'it is on offer'
    )
  }
  const ends = actor.ends.filter((end) => action.via === undefined || end.port === action.via)
  let reason = 'an envelope of that kind has arrived'
  for (const end of ends) {
    const queue = world.queues[end.inbound] as readonly Envelope[]
    const nth = end.connection ? 0 : (action.nth ?? 0)
    const envelope = queue[nth]
    if (envelope === undefined || ![rule.rule.on].flat().includes(envelope.kind)) continue
    const found = reactions(actor, state, end, envelope, nth, faults).find(
      (local) => local.rule === rule && (action.arg === undefined || same(local.arg, action.arg)),
    )
    if (found !== undefined) return found
    reason = failedCondition(actor, rule, state, end.me, envelope, action.arg) ?? reason
  }
  return reason
}

/** The local transition an action names in this world, or the condition that fails, in words. */
export function localOf(system: System, world: World, action: ActorAction): Local | string {
  return resolve(system, world, action)
}

/** Null when the action may happen now; else the named condition that does not hold. */
export function whyNot(system: System, world: World, action: Action): string | null {
  if ('link' in action) return linkRefusal(system, world, action)
  const found = resolve(system, world, action)
  return typeof found === 'string' ? found : null
}

/** The pure form: the world after the action and what was observed. Throws when it is not enabled. */
export function apply(
  system: System,
  world: World,
  action: Action,
): { readonly world: World; readonly observations: readonly Observation[] } {
  const cursor = cursorOf(world)
  if ('link' in action) {
    const refusal = linkRefusal(system, world, action)
    if (refusal !== null)
      throw new Error(`${action.rule} on ${action.link} is not enabled: not so that ${refusal}`)
    const observations = performOnLink(system, cursor, action, SILENT)
    return { world: cursor, observations }
  }
  const local = resolve(system, world, action)
  if (typeof local === 'string') {
    throw new Error(`${action.rule} of ${action.actor} is not enabled: not so that ${local}`)
  }
  const actor = system.actorById.get(action.actor) as Actor
  return { world: cursor, observations: perform(system, cursor, actor, local, SILENT) }
}

export function stagesOf(actor: Actor, state: Json): readonly Stage[] {
  return actor.kind.kind.stages?.(state) ?? []
}
