// The only place where rules are evaluated: which of them one actor may run now, for which arguments.
// Every driver goes through here.
import type { Actor, CompiledKind, CompiledRule, End } from './compile.ts'
import type { Envelope, Json, Me } from './types.ts'

/** One thing an actor may do now. `queue` is -1 and `nth` 0 for a rule that takes no envelope. */
export interface Local {
  readonly rule: CompiledRule
  readonly queue: number
  readonly nth: number
  readonly arg: Json | undefined
}

export function isActive(kind: CompiledKind, state: Json): boolean {
  for (const condition of kind.active) if (!condition(state)) return false
  return true
}

function isReady(rule: CompiledRule, state: Json, me: Me<unknown>): boolean {
  for (const condition of rule.ready) if (!condition(state, me)) return false
  return true
}

function holds(
  rule: CompiledRule,
  state: Json,
  envelope: Envelope | undefined,
  arg: Json | undefined,
  me: Me<unknown>,
): boolean {
  for (const condition of rule.when) if (!condition(state, envelope, arg, me)) return false
  return true
}

const NO_RULES: readonly CompiledRule[] = []
const NO_LOCALS: readonly Local[] = []

/** What these rules allow, in table order. The common answer, nothing, allocates nothing. */
function collect(
  rules: readonly CompiledRule[],
  active: boolean,
  state: Json,
  me: Me<unknown>,
  envelope: Envelope | undefined,
  queue: number,
  nth: number,
): readonly Local[] {
  let found: Local[] | null = null
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i] as CompiledRule
    if (!active && rule.rule.anytime !== true) continue
    if (!isReady(rule, state, me)) continue
    const each = rule.rule.each
    if (each === undefined) {
      if (!holds(rule, state, envelope, undefined, me)) continue
      found ??= []
      found.push({ rule, queue, nth, arg: undefined })
      continue
    }
    for (const arg of each(state, envelope, me)) {
      if (!holds(rule, state, envelope, arg, me)) continue
      found ??= []
      found.push({ rule, queue, nth, arg })
    }
  }
  return found ?? NO_LOCALS
}

/** Enabled rules that take no envelope, in table order. */
export function spontaneous(actor: Actor, state: Json, faults: boolean): readonly Local[] {
  const rules = faults ? actor.kind.spontaneousFaults : actor.kind.spontaneous
  return collect(rules, isActive(actor.kind, state), state, actor.me, undefined, -1, 0)
}

/** Enabled rules that take this envelope, which arrived at this end as number `nth` of its queue. */
export function reactions(
  actor: Actor,
  state: Json,
  end: End,
  envelope: Envelope,
  nth: number,
  faults: boolean,
): readonly Local[] {
  const table = faults ? actor.kind.reactionFaults : actor.kind.reactions
  const rules = table[envelope.kind] ?? NO_RULES
  if (rules.length === 0) return NO_LOCALS
  const active = isActive(actor.kind, state)
  return collect(rules, active, state, end.me, envelope, end.inbound, nth)
}

/** The first condition that fails, in words; null when the rule may run with this argument. */
export function failedCondition(
  actor: Actor,
  rule: CompiledRule,
  state: Json,
  me: Me<unknown>,
  envelope: Envelope | undefined,
  arg: Json | undefined,
): string | null {
  if (rule.rule.anytime !== true) {
    const inactive = actor.kind.active.findIndex((condition) => !condition(state))
    if (inactive >= 0) return actor.kind.activePhrases[inactive] as string
  }
  const unready = rule.ready.findIndex((condition) => !condition(state, me))
  if (unready >= 0) return rule.readyPhrases[unready] as string
  const offered = rule.rule.each?.(state, envelope, me)
  const args =
    offered === undefined ? [arg] : offered.filter((x: Json) => arg === undefined || same(x, arg))
  if (offered !== undefined && args.length === 0) {
    return arg === undefined
      ? 'there is something to do it to'
      : `${JSON.stringify(arg)} is on offer`
  }
  const failing = rule.when.findIndex((condition) => !condition(state, envelope, args[0], me))
  return failing >= 0 ? (rule.whenPhrases[failing] as string) : null
}

/** Structural equality of plain JSON. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return JSON.stringify(a) === JSON.stringify(b)
}
