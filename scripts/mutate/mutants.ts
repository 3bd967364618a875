// Mechanical mutation of rules: drop each rule, let each named condition always hold, and let each of an
// actor's `active` conditions never hold. A condition of a rule that never holds is that rule dropped.
import type { Kind, Rule } from '../../lib/engine/types.ts'

export interface Mutant {
  readonly kind: string
  /** '' for a condition that all rules of the kind share. */
  readonly rule: string
  /** '' when the rule is dropped. */
  readonly condition: string
  readonly change: 'dropped' | 'always holds' | 'never holds'
}

export function nameOf({ kind, rule, condition, change }: Mutant): string {
  return [kind, rule, condition, change].filter((part) => part !== '').join(' / ')
}

export function mutantsOf(kinds: readonly Kind[]): Mutant[] {
  return kinds.flatMap((kind) => [
    ...Object.keys(kind.active ?? {}).flatMap((condition) => [
      { kind: kind.name, rule: '', condition, change: 'always holds' as const },
      { kind: kind.name, rule: '', condition, change: 'never holds' as const },
    ]),
    ...kind.rules.flatMap((rule) => ofRule(kind.name, rule)),
  ])
}

function ofRule(kind: string, rule: Rule): Mutant[] {
  const conditions = [...Object.keys(rule.ready ?? {}), ...Object.keys(rule.when ?? {})]
  return [
    { kind, rule: rule.name, condition: '', change: 'dropped' },
    ...conditions.map((condition) => ({
      kind,
      rule: rule.name,
      condition,
      change: 'always holds' as const,
    })),
  ]
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }
/** The same conditions with one of them decided; undefined when it is none of them. */
function decided<T>(
  conditions: Readonly<Record<string, T>> | undefined,
  phrase: string,
  condition: T,
): Readonly<Record<string, T>> | undefined {
  if (conditions === undefined || !(phrase in conditions)) return undefined
  return { ...conditions, [phrase]: condition }
}

/** Changes the kinds themselves, as a test that imports them will find them. Throws on an unknown one. */
export function mutate(kinds: readonly Kind[], mutant: Mutant): void {
  const kind: Writable<Kind> | undefined = kinds.find((each) => each.name === mutant.kind)
  if (kind === undefined) throw new Error(`there is no kind ${mutant.kind}`)
  const holds = () => mutant.change === 'always holds'
  if (mutant.rule === '') {
    const active = decided(kind.active, mutant.condition, holds)
    if (active === undefined) throw new Error(`there is no mutant ${nameOf(mutant)}`)
    kind.active = active
    return
  }
  const at = kind.rules.findIndex((each) => each.name === mutant.rule)
  const rule = kind.rules[at] as Writable<Rule> | undefined
  if (rule === undefined) throw new Error(`there is no mutant ${nameOf(mutant)}`)
  if (mutant.change === 'dropped') {
    ;(kind.rules as Rule[]).splice(at, 1)
    return
  }
  const ready = decided(rule.ready, mutant.condition, holds)
  const when = decided(rule.when, mutant.condition, holds)
  if (ready === undefined && when === undefined) {
    throw new Error(`there is no mutant ${nameOf(mutant)}`)
  }
  if (ready !== undefined) rule.ready = ready
  if (when !== undefined) rule.when = when
}
