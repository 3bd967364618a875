// How a rule is written down, and the one place where its types are erased.
import type { Commutes, ConnectionClosedEnvelope, Envelope, Rule, RuleOf } from './types.ts'

type Taken<Env extends Envelope, K extends string> = [K] extends [never]
  ? undefined
  : Extract<Env | ConnectionClosedEnvelope, { kind: K }>

/** Claims of rules that they never run with such settings, as far as they wait for no envelope. */
export function neverWhere<C>(never: (settings: C) => boolean, rules: readonly Rule[]): Rule[] {
  return rules.map((rule) => (rule.on === undefined ? { ...rule, never } : rule))
}

/** What rules claim, by their names. */
export type Claims<S, C> = Readonly<Record<string, Commutes<S, C>>>

/** The same rules with these claims. Throws where a claim names no rule: it would claim nothing. */
export function claiming<S, C>(claims: Claims<S, C>, rules: readonly Rule[]): Rule[] {
  const idle = Object.keys(claims).filter((name) => rules.every((rule) => rule.name !== name))
  if (idle.length > 0) throw new Error(`claims of rules that are not there: ${idle.join(', ')}`)
  return rules.map((rule) => {
    const commutes = claims[rule.name]
    return commutes === undefined ? rule : { ...rule, commutes }
  })
}

/**
 * `ruleFor<State, Settings, Envelopes>()` returns `rule`, which checks a rule against that actor: the
 * envelope's type follows from `on`, the argument's from `each` (write `each` before `when` and `then`).
 */
export function ruleFor<S, C, Env extends Envelope>() {
  type Kinds = Env['kind'] | 'ConnectionClosed'
  return function rule<const K extends Kinds = never, X = undefined>(
    shape: Omit<RuleOf<S, C, Taken<Env, K>, X>, 'on'> & { readonly on?: K | readonly K[] },
  ): Rule {
    // The documented cast: the engine runs rules of every actor kind alike and hands each one only
    // the state, the envelope and the argument that this builder has checked.
    return shape as unknown as Rule
  }
}
