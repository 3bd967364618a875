// The agenda of the timed driver: when each enabled action is due. An action gets its due time when it
// becomes enabled and loses it when it stops being so. Every delay is a hash of (seed, actor, rule,
// subject, occurrence), so changing one setting leaves every other delay as it was.
import type { Actor, CompiledRule, System } from '../engine/compile.ts'
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
}

interface Scheduled {
  readonly local: Local
  readonly dueMs: number
}

export interface Agenda extends QueueListener {
  readonly metas: readonly Meta[][]
  /** Simulated ms; set by the driver before it performs a step. */
  nowMs: number
  /** Index of the step being performed. */
  step: number
  /** Recomputes what the actors touched since the last call may do. */
  refresh(touched: number): void
  /** Actor with the earliest due action, or -1 at rest. */
  earliest(): number
  dueOf(actor: number): number
  chosen(actor: number): Local
  /** The next healing rule (restart, resume, …) of this actor is due after so many ms. */
  healAfter(actor: number, ms: number): void
}

const OCCURRENCES = 1 << 18
const NO_RANGE: Range = [0, 0]
const NEVER = Number.POSITIVE_INFINITY

export function agendaOf(system: System, cursor: Cursor, seed: string): Agenda {
  const seedHash = hashString(seed)
  const seen = new Uint16Array(OCCURRENCES)
  const plans: Scheduled[][] = system.actors.map(() => [])
  const metas: Meta[][] = cursor.queues.map(() => [])
  const heads: (Local | null)[] = cursor.queues.map(() => null)
  const due = new Float64Array(system.actors.length).fill(NEVER)
  const best: (Local | null)[] = system.actors.map(() => null)
  const heal = new Float64Array(system.actors.length).fill(-1)
  const dirty: number[] = []

  function draw(range: Range, who: number, what: number, about: number): number {
    const [lo, hi] = range
    if (hi <= lo) return lo
    const subject = hashInt(about, hashInt(what, hashInt(who, seedHash)))
    const slot = finish(subject) & (OCCURRENCES - 1)
    const nth = (seen[slot] as number) + 1
    seen[slot] = nth
    const share = finish(hashInt(nth, subject)) / 0x1_0000_0000
    return Math.round((lo + share * (hi - lo)) * 100) / 100
  }

  function subjectOf(
    rule: CompiledRule,
    state: Json,
    envelope: Envelope | undefined,
    arg: Json | undefined,
  ) {
    const told = rule.rule.about?.(state, envelope, arg)
    if (told !== undefined) return hashString(told)
    if (typeof arg === 'string') return hashString(arg)
    if (typeof arg === 'number') return arg
    if (envelope?.about !== undefined) return hashString(envelope.about)
    return arg === undefined ? 0 : hashString(JSON.stringify(arg))
  }

  function duration(actor: Actor, local: Local, envelope: Envelope | undefined): number {
    const takes = local.rule.rule.takes
    if (takes === undefined) return 0
    const state = cursor.actors[actor.index] as Json
    const range = takes(actor.me.settings, state, envelope, local.arg) ?? NO_RANGE
    if (range[1] <= range[0]) return range[0]
    return draw(
      range,
      actor.hash,
      local.rule.hash,
      subjectOf(local.rule, state, envelope, local.arg),
    )
  }

  function planSpontaneous(actor: Actor): void {
    const old = plans[actor.index] as Scheduled[]
    const locals = spontaneous(actor, cursor.actors[actor.index] as Json, false)
    if (locals.length === 0 && old.length === 0) return
    plans[actor.index] = locals.map((local) => {
      const kept = old.find(
        (each) => each.local.rule === local.rule && same(each.local.arg, local.arg),
      )
      if (kept !== undefined) return { local, dueMs: kept.dueMs }
      const healing = heal[actor.index] as number
      if (healing >= 0 && local.rule.rule.anytime === true) {
        heal[actor.index] = -1
        return { local, dueMs: agenda.nowMs + healing }
      }
      return { local, dueMs: agenda.nowMs + duration(actor, local, undefined) }
    })
  }

  /** The reaction to one waiting envelope, if any; several possible ones are a choice made by the seed. */
  function reactionTo(actor: Actor, queue: number, nth: number, meta: Meta): Local | null {
    const end = (system.takers[queue] as { end: Actor['ends'][number] }).end
    const envelope = (cursor.queues[queue] as readonly Envelope[])[nth] as Envelope
    const locals = reactions(actor, cursor.actors[actor.index] as Json, end, envelope, nth, false)
    const first = locals[0]
    if (first === undefined) {
      meta.dueMs = -1
      return null
    }
    const local =
      locals.length === 1
        ? first
        : (locals[finish(hashInt(meta.step, hashInt(queue, seedHash))) % locals.length] as Local)
    if (meta.dueMs < 0) {
      meta.dueMs = Math.max(meta.arrivesMs, agenda.nowMs) + duration(actor, local, envelope)
    }
    return local
  }

  function planHead(actor: Actor, queue: number, connection: boolean): void {
    const waiting = metas[queue] as Meta[]
    heads[queue] = null
    const reach = connection ? Math.min(1, waiting.length) : waiting.length
    let earliestMs = NEVER
    for (let nth = 0; nth < reach; nth++) {
      const meta = waiting[nth] as Meta
      const local = reactionTo(actor, queue, nth, meta)
      if (local !== null && meta.dueMs < earliestMs) {
        earliestMs = meta.dueMs
        heads[queue] = local
      }
    }
  }

  function choose(actor: Actor): void {
    let soonest = NEVER
    let local: Local | null = null
    for (const plan of plans[actor.index] as Scheduled[]) {
      if (plan.dueMs < soonest) {
        soonest = plan.dueMs
        local = plan.local
      }
    }
    for (const end of actor.ends) {
      const head = heads[end.inbound]
      if (head === null || head === undefined) continue
      const dueMs = ((metas[end.inbound] as Meta[])[head.nth] as Meta).dueMs
      if (dueMs < soonest) {
        soonest = dueMs
        local = head
      }
    }
    due[actor.index] = soonest
    best[actor.index] = local
  }

  function refreshActor(index: number): void {
    const actor = system.actors[index] as Actor
    planSpontaneous(actor)
    for (const end of actor.ends) {
      if ((metas[end.inbound] as Meta[]).length > 0) planHead(actor, end.inbound, end.connection)
      else heads[end.inbound] = null
    }
    choose(actor)
  }

  /** An envelope joined a queue; only a new head can change what its taker does next. */
  function refreshQueue(queue: number): void {
    const taker = system.takers[queue] as { actor: number; end: Actor['ends'][number] }
    const actor = system.actors[taker.actor] as Actor
    if (taker.end.connection && (metas[queue] as Meta[]).length > 1 && heads[queue] !== null) return
    planHead(actor, queue, taker.end.connection)
    choose(actor)
  }

  const agenda: Agenda = {
    metas,
    nowMs: 0,
    step: 0,
    taken(queue, nth) {
      const waiting = metas[queue] as Meta[]
      if (nth === 0) waiting.shift()
      else waiting.splice(nth, 1)
    },
    sent(queue, envelope) {
      const link = system.links[queue >> 1] as System['links'][number]
      const waiting = metas[queue] as Meta[]
      const about = envelope.about === undefined ? 0 : hashString(envelope.about)
      const latency =
        draw(link.latency, link.hash, queue & 1, about) * (cursor.slow[link.index] as number)
      const arrives = agenda.nowMs + latency
      const last = link.mode === 'connection' ? waiting.at(-1) : undefined
      waiting.push({
        sentMs: agenda.nowMs,
        arrivesMs: last === undefined ? arrives : Math.max(arrives, last.arrivesMs),
        step: agenda.step,
        dueMs: -1,
      })
      dirty.push(queue)
    },
    cleared(queue) {
      ;(metas[queue] as Meta[]).length = 0
      dirty.push(queue)
    },
    refresh(touched) {
      if (touched >= 0) refreshActor(touched)
      for (const queue of dirty) {
        if ((system.takers[queue] as { actor: number }).actor !== touched) refreshQueue(queue)
      }
      dirty.length = 0
    },
    earliest() {
      let index = -1
      let soonest = NEVER
      for (let i = 0; i < due.length; i++) {
        if ((due[i] as number) < soonest) {
          soonest = due[i] as number
          index = i
        }
      }
      return index
    },
    dueOf: (actor) => due[actor] as number,
    chosen: (actor) => best[actor] as Local,
    healAfter(actor, ms) {
      heal[actor] = ms
    },
  }
  for (const actor of system.actors) refreshActor(actor.index)
  return agenda
}
