// Turns a system's specification into tables with indices: which rules an actor has, which queues it
// reads and writes. Done once; every driver works on the result.

import { hashString } from './hash.ts'
import type { ActorSpec, Kind, LinkSpec, Me, Rule, SystemSpec } from './types.ts'
import { ConnectionClosed } from './types.ts'

// biome-ignore lint/suspicious/noExplicitAny: conditions of every actor kind alike
type Condition = (a: any, b?: any, c?: any, d?: any) => boolean

/** A rule with its conditions as arrays, in the order they are written. */
export interface CompiledRule {
  readonly rule: Rule
  readonly index: number
  readonly hash: number
  readonly readyPhrases: readonly string[]
  readonly ready: readonly Condition[]
  readonly whenPhrases: readonly string[]
  readonly when: readonly Condition[]
}

export interface CompiledKind {
  readonly kind: Kind
  readonly rules: readonly CompiledRule[]
  /** Rules that take no envelope: ordinary ones and faults apart. */
  readonly spontaneous: readonly CompiledRule[]
  readonly spontaneousFaults: readonly CompiledRule[]
  readonly reactions: Readonly<Record<string, readonly CompiledRule[]>>
  readonly reactionFaults: Readonly<Record<string, readonly CompiledRule[]>>
  readonly activePhrases: readonly string[]
  readonly active: readonly Condition[]
  readonly hearsClosing: boolean
}

/** One end of a link as its actor sees it. */
export interface End {
  readonly port: string
  readonly link: number
  /** Queue this actor takes from, and the one it sends into. */
  readonly inbound: number
  readonly outbound: number
  readonly connection: boolean
  readonly me: Me<unknown>
}

export interface Actor {
  readonly index: number
  readonly id: string
  readonly hash: number
  readonly group: string
  readonly kind: CompiledKind
  readonly me: Me<unknown>
  readonly ends: readonly End[]
  readonly endByPort: Readonly<Record<string, End>>
}

export interface Link extends LinkSpec {
  readonly index: number
  readonly fromIndex: number
  readonly toIndex: number
  readonly hash: number
}

export interface System {
  readonly actors: readonly Actor[]
  readonly links: readonly Link[]
  readonly actorById: ReadonlyMap<string, Actor>
  readonly linkById: ReadonlyMap<string, Link>
  /** Per queue: index of the actor that takes from it, and that actor's end. */
  readonly takers: readonly { readonly actor: number; readonly end: End }[]
}

/**
 * Rules are written down with the fields that each needs. Here all have the same ones in the same order: every step
 * looks at many rules, and objects of one shape are read faster.
 */
function uniform(rule: Rule): Rule {
  const { name, reads, cites, on, each, ready, when, fault, commutes, never } = rule
  const { anytime, timer, usual, about, takes, then } = rule
  const first = { name, reads, cites, on, each, ready, when, fault, commutes, never }
  const all = { ...first, anytime, timer, usual, about, takes, then }
  // A field that a rule may have and that is missing here is a type error.
  return all satisfies Record<keyof Rule, unknown> as Rule
}

function compileRule(rule: Rule, index: number): CompiledRule {
  return {
    rule: uniform(rule),
    index,
    hash: hashString(rule.name),
    readyPhrases: Object.keys(rule.ready ?? {}),
    ready: Object.values(rule.ready ?? {}),
    whenPhrases: Object.keys(rule.when ?? {}),
    when: Object.values(rule.when ?? {}),
  }
}

function byEnvelope(rules: readonly CompiledRule[]): Record<string, CompiledRule[]> {
  const table: Record<string, CompiledRule[]> = {}
  for (const compiled of rules) {
    const on = compiled.rule.on ?? []
    for (const kind of typeof on === 'string' ? [on] : on) {
      table[kind] ??= []
      table[kind].push(compiled)
    }
  }
  return table
}

export function compileKind(kind: Kind): CompiledKind {
  const rules = kind.rules.map(compileRule)
  const names = new Set(rules.map((compiled) => compiled.rule.name))
  if (names.size !== rules.length) throw new Error(`${kind.name}: two rules share a name`)
  const taking = rules.filter((compiled) => compiled.rule.on !== undefined)
  const own = rules.filter((compiled) => compiled.rule.on === undefined)
  const isFault = (compiled: CompiledRule) => compiled.rule.fault !== undefined
  const reactions = byEnvelope(taking.filter((compiled) => !isFault(compiled)))
  return {
    kind,
    rules,
    spontaneous: own.filter((compiled) => !isFault(compiled)),
    spontaneousFaults: own.filter(isFault),
    reactions,
    reactionFaults: byEnvelope(taking.filter(isFault)),
    activePhrases: Object.keys(kind.active ?? {}),
    active: Object.values(kind.active ?? {}),
    hearsClosing: reactions[ConnectionClosed] !== undefined,
  }
}

/** Without the rules that claim that they never run with these settings. */
function ofActor(kind: CompiledKind, settings: unknown): CompiledKind {
  const spontaneous = kind.spontaneous.filter(({ rule }) => rule.never?.(settings) !== true)
  return spontaneous.length === kind.spontaneous.length ? kind : { ...kind, spontaneous }
}

function endsOf(spec: ActorSpec, links: readonly LinkSpec[]): End[] {
  const ports = links.flatMap((link) => [
    ...(link.from === spec.id ? [link.port] : []),
    ...(link.to === spec.id ? [link.at] : []),
  ])
  if (new Set(ports).size !== ports.length) throw new Error(`${spec.id}: two links share a port`)
  return links.flatMap((link, index) => {
    const forward = link.from === spec.id
    if (!forward && link.to !== spec.id) return []
    const port = forward ? link.port : link.at
    const requests = 2 * index
    return {
      port,
      link: index,
      inbound: forward ? requests + 1 : requests,
      outbound: forward ? requests : requests + 1,
      connection: link.mode === 'connection',
      me: { id: spec.id, settings: spec.settings, port, ports },
    }
  })
}

/** Checks that ids and ports are unique and that links join actors that exist. Throws on a bad spec. */
export function compile(spec: SystemSpec): System {
  const kinds = new Map<Kind, CompiledKind>()
  const actors = spec.actors.map((actor, index): Actor => {
    const kind = kinds.get(actor.kind) ?? compileKind(actor.kind)
    kinds.set(actor.kind, kind)
    const ends = endsOf(actor, spec.links)
    const ports = ends.map((end) => end.port)
    return {
      index,
      id: actor.id,
      hash: hashString(actor.id),
      group: actor.group ?? '',
      kind: ofActor(kind, actor.settings),
      me: { id: actor.id, settings: actor.settings, port: '', ports },
      ends,
      endByPort: Object.fromEntries(ends.map((end) => [end.port, end])),
    }
  })
  const actorById = new Map(actors.map((actor) => [actor.id, actor]))
  if (actorById.size !== actors.length) throw new Error('two actors share an id')
  const find = (id: string) => {
    const actor = actorById.get(id)
    if (actor === undefined) throw new Error(`a link names ${id}, which is not an actor`)
    return actor.index
  }
  const links = spec.links.map(
    (link, index): Link => ({
      ...link,
      index,
      fromIndex: find(link.from),
      toIndex: find(link.to),
      hash: hashString(link.id),
    }),
  )
  const linkById = new Map(links.map((link) => [link.id, link]))
  if (linkById.size !== links.length) throw new Error('two links share an id')
  const takers = links.flatMap((link) => {
    const server = actors[link.toIndex] as Actor
    const client = actors[link.fromIndex] as Actor
    return [
      { actor: server.index, end: server.endByPort[link.at] as End },
      { actor: client.index, end: client.endByPort[link.port] as End },
    ]
  })
  return { actors, links, actorById, linkById, takers }
}
