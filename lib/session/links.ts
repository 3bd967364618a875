// Links of runs. A scenario without a script travels whole ("v1.", lib/scenario/codec.ts). One with a script is
// "s1.NAME.CUT.CHANGES.STEPS.CHOICES.END": a published scenario is named, with what was cut from it and what was
// changed in it besides; any other travels whole in place of the changes, and has no name. STEPS, CHOICES and END
// are explained in lib/share/script.ts.
import type { Action, Json } from '../engine/types.ts'
import { build } from '../scenario/build.ts'
import { starterScenario } from '../scenario/catalogue.ts'
import { decodeLink, encodeLink } from '../scenario/codec.ts'
import { type Parsed, refusal } from '../scenario/errors.ts'
import { limits } from '../scenario/limits.ts'
import { show, thousands } from '../scenario/show.ts'
import type { Scenario } from '../scenario/types.ts'
import { type Change, withChanges } from '../scenario/with-value.ts'
import { changesBetween } from '../share/changes.ts'
import { jsonOfText, textOfJson } from '../share/json.ts'
import { pack, unpack } from '../share/script.ts'
import { scopeFrom, scopeOf, scopeText } from './cut-in-links.ts'
import { cutTo, type Scope } from './scope.ts'

const WHOLE = 'v1.'
const SCRIPTED = 's1.'

/** The fragment of a link that opens this scenario, and its script if it has one. */
export function linkOf(scenario: Scenario): string {
  const { script, ...rest } = scenario
  const packed = script === undefined ? null : pack(build(rest).system, script)
  if (packed === null) return encodeLink(scenario)
  return `${SCRIPTED}${nameOf(rest)}.${packed.steps}.${packed.choices}.${packed.end}`
}

/** Name, cut and changes, or the whole of it where that is shorter. */
function nameOf(scenario: Scenario): string {
  const whole = `..${encodeLink(scenario).slice(WHOLE.length)}`
  const published = starterScenario(scenario.id)
  if (published === null) return whole
  const scope = scopeOf(published, scenario)
  const base = cutTo(published, scope).scenario
  const changes = changesBetween(base as unknown as Json, scenario as unknown as Json)
  const told = changes.length === 0 ? '' : textOfJson(changes)
  const named = `${scenario.id}.${scopeText(published, scope)}.${told}`
  return named.length < whole.length ? named : whole
}

/** Takes the fragment of a link of either kind, with or without its '#'. */
export function readLink(fragment: string): Parsed {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment
  const version = /^s(\d+)\./.exec(text)
  if (version === null) return decodeLink(fragment)
  if (text.length > limits.linkCharacters)
    return refusal(
      `at most ${thousands(limits.linkCharacters)} characters`,
      `The link is too long: ${thousands(text.length)} characters.`,
    )
  if (!text.startsWith(SCRIPTED))
    return refusal(`"${SCRIPTED}"`, 'The link was made by a newer At Least Once.', show(version[0]))
  const parts = text.slice(SCRIPTED.length).split('.')
  const [name = '', cut = '', changes = '', steps = '', choices = '', end = ''] = parts
  if (parts.length !== PARTS.length)
    return refusal(
      PARTS.join(', '),
      `The link has ${parts.length} parts, expected 6. Is it cut short?`,
    )
  const base = name === '' ? decodeLink(WHOLE + changes) : publishedAs(name, cut, changes)
  if (!base.ok) return base
  const count = /^[1-9]\d{0,6}$/.test(steps) ? Number(steps) : 0
  if (count < 1 || count > limits.script)
    return refusal(
      `1 to ${thousands(limits.script)} steps`,
      `The link has ${show(steps)} steps, expected 1 to ${thousands(limits.script)}.`,
      show(steps),
    )
  return withScript(base.scenario, { steps: count, choices, end })
}

const PARTS = ['name', 'cut', 'changes', 'steps', 'choices', 'end'] as const

function publishedAs(name: string, cut: string, told: string): Parsed {
  const published = starterScenario(name)
  if (published === null)
    return refusal(
      'the id of a published scenario',
      `The link is of a scenario ${show(name.slice(0, limits.nameLength))} that is not published here.`,
      show(name),
    )
  const scope = scopeFrom(published, cut)
  if (scope === null)
    return refusal(
      'a cut such as "m1c2"',
      `The link cuts ${name} by ${show(cut)}, which says nothing.`,
      show(cut),
    )
  const changes = told === '' ? [] : jsonOfText(told)
  if (!isChanges(changes))
    return refusal(
      'a list of changes',
      `The link is damaged: what it changes in ${name} cannot be read.`,
    )
  return withChanges(cutTo(published, scope).scenario, changes)
}

const isChanges = (value: unknown): value is readonly Change[] =>
  Array.isArray(value) && value.every((each) => Array.isArray(each) && typeof each[0] === 'string')

function withScript(scenario: Scenario, packed: Parameters<typeof unpack>[1]): Parsed {
  const { script: _, ...whole } = scenario
  if (whole.faults.length > 0)
    return refusal('no faults beside a script', 'The link holds faults beside its script.')
  const found = unpack(build(whole).system, packed)
  if ('script' in found) return { ok: true, scenario: { ...whole, script: found.script } }
  return refusal('a script of this scenario', `The link cannot be followed: ${found.refusal}`)
}

/**
 * What was cut from the published scenario of the same id, a sentence each; nothing for one that is not
 * published, or that is whole.
 */
export function cutFrom(scenario: Scenario): readonly string[] {
  const published = starterScenario(scenario.id)
  if (published === null) return []
  return cutTo({ ...published, faults: [] }, scopeOf(published, scenario)).said
}

export interface Counterexample {
  /** The scenario that was searched: published (with other settings or not), or any other. */
  readonly scenario: Scenario
  /** The scope it was searched in; without, the scenario is what was searched (`Answer.scenario`). */
  readonly cut?: Scope
  readonly script: readonly Action[]
}

/**
 * The address of the playground that plays a counterexample: '/play/#…', for next/link, which puts the site's
 * base path before it. Opened there it follows the script step by step up to the breach, and shows what was cut.
 * A published scenario is told by its `id`: keep the id when settings are changed, and the link stays short
 * (at most 250 characters when nothing but the cut differs).
 */
export function counterexampleHref({ scenario, cut = {}, script }: Counterexample): string {
  return `/play/#${linkOf({ ...cutTo(scenario, cut).scenario, script })}`
}
