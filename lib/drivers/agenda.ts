// The agenda of the timed driver: when each enabled action is due. An action gets its due time when it
// becomes enabled and loses it when it stops being so. Every delay is a hash of (seed, actor, rule,
// subject, occurrence), so changing one setting leaves every other delay as it was.
import type { Actor, CompiledRule, End, System } from '../engine/compile.ts'
import { finish, hashInt, hashString } from '../engine/hash.ts'
import { type Local, reactions, same, spontaneous } from '../engine/local.ts'
import type { Envelope, Json, Range } from '../engine/types.ts'
import type { Cursor, QueueListener } from '../engine/world.ts'

/** What the driver knows of an envelope besides its content. */
export interface Meta {
  readonly sentMs: number
  readonly arrivesMs: number
  /** The step that sent it. */
  readonly step: number
  /** When its reaction is due; -1 while nothing may take it. */
  dueMs: number
  /** Index of the rule that is to take it: with another rule its time is another. */
  rule: number
}

export interface Scheduled {
  readonly local: Local
  readonly dueMs: number
}

const OCCURRENCES = 1 << 16
const NEVER = Number.POSITIVE_INFINITY

/** Everything the agenda knows. It belongs to one driver, which alone writes it. */
export interface Agenda {
  readonly system: System
  readonly cursor: Cursor
  readonly seedHash: number
  /** Simulated ms; set by the driver before it performs a step. */
  nowMs: number
  /** Index of the step being performed. */
  step: number
  /** Per queue, in step with it: the times of what is under way. */
  readonly metas: readonly Meta[][]
  /** Per actor: what it will do of itself. Per queue: what its taker will do with the next envelope. */
  readonly plans: (readonly Scheduled[])[]
  readonly heads: (Local | null)[]
  /** Per actor: when it acts next, and how. */
  readonly dueMs: Float64Array
  readonly next: (Local | null)[]
  /** Per actor: after how long its next healing rule is due; -1: as the rule itself says. */
  readonly healMs: Float64Array
  /** Queues that changed since the last refresh. */
  readonly dirty: number[]
  /** How often each subject has been drawn for, by hash; a clash only shifts a delay. */
  readonly seen: Uint16Array
}

export function agendaOf(system: System, cursor: Cursor, seed: string): Agenda {
  const agenda: Agenda = {
    system,
    cursor,
    seedHash: hashString(seed),
    nowMs: 0,
    step: 0,
    metas: cursor.queues.map(() => []),
    plans: system.actors.map(() => []),
    heads: cursor.queues.map(() => null),
    dueMs: new Float64Array(system.actors.length).fill(NEVER),
    next: system.actors.map(() => null),
    healMs: new Float64Array(system.actors.length).fill(-1),
    dirty: [],
    seen: new Uint16Array(OCCURRENCES),
  }
  for (const actor of system.actors) refreshActor(agenda, actor.index)
  return agenda
}

/** Keeps the agenda's times beside the world's queues. */
export function listenerOf(agenda: Agenda): QueueListener {
  return {
    taken(queue, nth) {
      const waiting = agenda.metas[queue] as Meta[]
      if (nth === 0) waiting.shift()
      else waiting.splice(nth, 1)
    },
    sent(queue, envelope) {
      underWay(agenda, queue, envelope)
    },
    cleared(queue) {
      ;(agenda.metas[queue] as Meta[]).length = 0
      agenda.dirty.push(queue)
    },
  }
}

function draw(agenda: Agenda, range: Range, subject: number): number {
  const [lo, hi] = range
  if (hi <= lo) return lo
  const slot = finish(subject) & (OCCURRENCES - 1)
  const nth = (agenda.seen[slot] as number) + 1
  agenda.seen[slot] = nth
  const share = finish(hashInt(nth, subject)) / 0x1_0000_0000
  return Math.round((lo + share * (hi - lo)) * 100) / 100
}

function underWay(agenda: Agenda, queue: number, envelope: Envelope): void {
  const link = agenda.system.links[queue >> 1] as System['links'][number]
  const waiting = agenda.metas[queue] as Meta[]
  const about = envelope.about === undefined ? 0 : hashString(envelope.about)
  const subject = hashInt(about, hashInt(queue & 1, hashInt(link.hash, agenda.seedHash)))
  const latency = draw(agenda, link.latency, subject) * (agenda.cursor.slow[link.index] as number)
  const arrives = agenda.nowMs + latency
  const last = link.mode === 'connection' ? waiting.at(-1) : undefined
  waiting.push({
    sentMs: agenda.nowMs,
    arrivesMs: last === undefined ? arrives : Math.max(arrives, last.arrivesMs),
    step: agenda.step,
    dueMs: -1,
    rule: -1,
  })
  agenda.dirty.push(queue)
}

function aboutOf(
  rule: CompiledRule,
  state: Json,
  envelope: Envelope | undefined,
  arg: Json | undefined,
): number {
  const told = rule.rule.about?.(state, envelope, arg)
  if (told !== undefined) return hashString(told)
  if (typeof arg === 'string') return hashString(arg)
  if (typeof arg === 'number') return arg
  if (envelope?.about !== undefined) return hashString(envelope.about)
  return arg === undefined ? 0 : hashString(JSON.stringify(arg))
}

function duration(
  agenda: Agenda,
  actor: Actor,
  local: Local,
  envelope: Envelope | undefined,
): number {
  const takes = local.rule.rule.takes
  if (takes === undefined) return 0
  const state = agenda.cursor.actors[actor.index] as Json
  const range = takes(actor.me.settings, state, envelope, local.arg)
  if (!(range[0] <= range[1])) {
    throw new Error(`${local.rule.rule.name} of ${actor.id} takes ${range}, which is no range`)
  }
  if (range[1] === range[0]) return range[0]
  const about = aboutOf(local.rule, state, envelope, local.arg)
  const who = hashInt(local.rule.hash, hashInt(actor.hash, agenda.seedHash))
  return draw(agenda, range, hashInt(about, who))
}

/** When a newly enabled rule is due: a healing may have been given its time by the fault it heals. */
function firstDue(agenda: Agenda, actor: Actor, local: Local): number {
  const healing = agenda.healMs[actor.index] as number
  if (healing < 0 || local.rule.rule.anytime !== true) {
    return agenda.nowMs + duration(agenda, actor, local, undefined)
  }
  agenda.healMs[actor.index] = -1
  return agenda.nowMs + healing
}

const NO_PLANS: readonly Scheduled[] = []

function isSame(a: Local, b: Local): boolean {
  return a.rule === b.rule && (a.arg === b.arg || same(a.arg, b.arg))
}

/** What stays enabled keeps its time. */
function keptTime(old: readonly Scheduled[], local: Local): number | null {
  for (let i = 0; i < old.length; i++) {
    const plan = old[i] as Scheduled
    if (isSame(plan.local, local)) return plan.dueMs
  }
  return null
}

function planSpontaneous(agenda: Agenda, actor: Actor): void {
  const old = agenda.plans[actor.index] as readonly Scheduled[]
  const locals = spontaneous(actor, agenda.cursor.actors[actor.index] as Json, false)
  if (locals.length === 0) {
    agenda.plans[actor.index] = NO_PLANS
    return
  }
  const plans: Scheduled[] = []
  for (let i = 0; i < locals.length; i++) {
    const local = locals[i] as Local
    plans.push({ local, dueMs: keptTime(old, local) ?? firstDue(agenda, actor, local) })
  }
  agenda.plans[actor.index] = plans
}

/** The reaction to one waiting envelope, if any; several possible ones are a choice made by the seed. */
function reactionTo(agenda: Agenda, actor: Actor, queue: number, nth: number): Local | null {
  const meta = (agenda.metas[queue] as Meta[])[nth] as Meta
  const end = (agenda.system.takers[queue] as { end: End }).end
  const envelope = (agenda.cursor.queues[queue] as readonly Envelope[])[nth] as Envelope
  const state = agenda.cursor.actors[actor.index] as Json
  const locals = reactions(actor, state, end, envelope, nth, false)
  const first = locals[0]
  if (first === undefined) {
    meta.dueMs = -1
    return null
  }
  const choice = finish(hashInt(meta.step, hashInt(queue, agenda.seedHash))) % locals.length
  const local = locals.length === 1 ? first : (locals[choice] as Local)
  if (meta.dueMs < 0 || meta.rule !== local.rule.index) {
    meta.rule = local.rule.index
    const fromMs = Math.max(meta.arrivesMs, agenda.nowMs)
    meta.dueMs = fromMs + duration(agenda, actor, local, envelope)
  }
  return local
}

function planHead(agenda: Agenda, actor: Actor, end: End): void {
  const queue = end.inbound
  const waiting = agenda.metas[queue] as Meta[]
  agenda.heads[queue] = null
  const reach = end.connection ? Math.min(1, waiting.length) : waiting.length
  let earliestMs = NEVER
  for (let nth = 0; nth < reach; nth++) {
    const local = reactionTo(agenda, actor, queue, nth)
    const dueMs = (waiting[nth] as Meta).dueMs
    if (local !== null && dueMs < earliestMs) {
      earliestMs = dueMs
      agenda.heads[queue] = local
    }
  }
}

function choose(agenda: Agenda, actor: Actor): void {
  let soonest = NEVER
  let local: Local | null = null
  for (const plan of agenda.plans[actor.index] as readonly Scheduled[]) {
    if (plan.dueMs >= soonest) continue
    soonest = plan.dueMs
    local = plan.local
  }
  for (const end of actor.ends) {
    const head = agenda.heads[end.inbound] as Local | null
    if (head === null) continue
    const dueMs = ((agenda.metas[end.inbound] as Meta[])[head.nth] as Meta).dueMs
    if (dueMs >= soonest) continue
    soonest = dueMs
    local = head
  }
  agenda.dueMs[actor.index] = soonest
  agenda.next[actor.index] = local
}

function refreshActor(agenda: Agenda, index: number): void {
  const actor = agenda.system.actors[index] as Actor
  planSpontaneous(agenda, actor)
  for (const end of actor.ends) {
    if ((agenda.metas[end.inbound] as Meta[]).length > 0) planHead(agenda, actor, end)
    else agenda.heads[end.inbound] = null
  }
  choose(agenda, actor)
}

/** An envelope joined a queue; only a new head can change what its taker does next. */
function refreshQueue(agenda: Agenda, queue: number): void {
  const taker = agenda.system.takers[queue] as { actor: number; end: End }
  const behind = (agenda.metas[queue] as Meta[]).length > 1 && agenda.heads[queue] !== null
  if (taker.end.connection && behind) return
  const actor = agenda.system.actors[taker.actor] as Actor
  planHead(agenda, actor, taker.end)
  choose(agenda, actor)
}

/** Recomputes what may happen next, after a step of this actor (-1: of a line). */
export function refresh(agenda: Agenda, touched: number): void {
  if (touched >= 0) refreshActor(agenda, touched)
  for (const queue of agenda.dirty) {
    if ((agenda.system.takers[queue] as { actor: number }).actor !== touched) {
      refreshQueue(agenda, queue)
    }
  }
  agenda.dirty.length = 0
}

/** When something enabled is due; now, if nothing says so: a misfortune waits for nobody. */
export function dueOf(agenda: Agenda, actor: Actor, local: Local): number {
  if (local.queue >= 0) {
    const meta = (agenda.metas[local.queue] as Meta[])[local.nth] as Meta
    return Math.max(meta.arrivesMs, meta.dueMs)
  }
  return keptTime(agenda.plans[actor.index] as readonly Scheduled[], local) ?? agenda.nowMs
}

/** Index of the actor whose next action is due first; -1 at rest. */
export function earliest(agenda: Agenda): number {
  let index = -1
  let soonest = NEVER
  for (let i = 0; i < agenda.dueMs.length; i++) {
    if ((agenda.dueMs[i] as number) >= soonest) continue
    soonest = agenda.dueMs[i] as number
    index = i
  }
  return index
}
