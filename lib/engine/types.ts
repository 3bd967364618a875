// The vocabulary of the engine: actors, links, rules, worlds, actions. It knows no messaging word.
// The one law: a rule reads ONE actor and at most one envelope that has arrived for it; it writes
// that actor, sends envelopes and emits observations. No rule sees another actor's state.

/** State is plain JSON: no Map, Set, Date, class, function or undefined inside it. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/** Milliseconds of simulated time, from the shortest to the longest; [5, 5] is exactly five. */
export type Range = readonly [minMs: number, maxMs: number]

/** One request, reply or delivery in flight. `about` names its subject, for hashing delays and anchors. */
export interface Envelope {
  readonly kind: string
  readonly about?: string
  /** Set by the engine on a call whose caller died: it still executes, its answer vanishes. */
  readonly orphan?: true
}

/** What the far end of a connection sees when the other side closed it or the line was cut. */
export const ConnectionClosed = 'ConnectionClosed'
export interface ConnectionClosedEnvelope extends Envelope {
  readonly kind: 'ConnectionClosed'
  /**
   * Set by the engine when the line was cut while both processes live. Neither end can know that: it is there
   * for a timer's `usual` alone, since a live peer connects again long before a timeout.
   */
  readonly cut?: true
}

/** Something a client could have seen. Monitors fold over these and over nothing else. */
export interface Observation {
  readonly kind: string
  readonly actor: string
}

/** Who is acting: its id, its settings, and the port by which the envelope in hand arrived. */
export interface Me<C> {
  readonly id: string
  readonly settings: C
  /** Port on this actor through which the envelope came; '' for a rule that takes no envelope. */
  readonly port: string
  /** All ports of this actor, in link order; use to address a particular peer. */
  readonly ports: readonly string[]
}

export interface Out<S> {
  readonly self?: S
  /** An envelope back on the link that brought the one in hand. */
  readonly reply?: Envelope
  readonly send?: readonly (readonly [port: string, envelope: Envelope])[]
  readonly observe?: readonly Observation[]
  /**
   * Close this process's end of its links, before sending (the process died or left): what it sent still
   * arrives, then ConnectionClosed; what was on its way to it vanishes. Only some ports, if given.
   */
  readonly hangUp?: true | readonly string[]
  /** A process begins where one has died: what came for that one meanwhile is gone. */
  readonly begins?: true
}

/** A real-world misfortune. It costs one from a budget that is kept outside the state. */
export interface FaultInfo {
  /** Slug of the entry in the fault catalogue (lib/faults/<kind>.ts). */
  readonly kind: string
}

export type Commutes<S, C> = true | 'in peace' | Commuting<S, C>

/** A claim to commute in peace (see `RuleOf.commutes`), and where it holds. */
export interface Commuting<S, C> {
  /** Only with such settings. */
  readonly given?: (settings: C) => boolean
  /** Only in such states of the actor, which stay such until it is taken, as long as nothing befalls anybody. */
  readonly where?: (s: S, me: Me<C>) => boolean
  /** Kinds of misfortunes of others through which they stay such all the same. */
  readonly despite?: readonly string[]
  /** Not with what envelopes of these kinds bring about: it holds where none can come any more (`Kind.silent`). */
  readonly except?: readonly string[]
}

/**
 * true: as long as nothing befalls anybody and none of the kinds reaches it that are excepted together with this one.
 * 'for good': whatever happens.
 */
export type Silent = boolean | 'for good'

export interface RuleOf<S, C, E, X> {
  /** PascalCase, the manual's own word. */
  readonly name: string
  /** Real setting names, verbatim. */
  readonly reads?: readonly string[]
  /** Manual section, KIP or paper. */
  readonly cites?: string
  /** The kind (or kinds) of envelope this rule takes; absent for a spontaneous rule. */
  readonly on?: string | readonly string[]
  /** For which arguments the rule may run; absent: once, without an argument. Plain JSON, bounded. */
  readonly each?: (s: S, e: E, me: Me<C>) => readonly X[]
  /** Conditions on the actor alone; reductions may read these. */
  readonly ready?: Readonly<Record<string, (s: S, me: Me<C>) => boolean>>
  /** Named conditions: documentation, the reason on a disabled button, a row in the rule table. */
  readonly when?: Readonly<Record<string, (s: S, e: E, x: X, me: Me<C>) => boolean>>
  readonly fault?: FaultInfo
  /**
   * Claims that whatever may come before it is taken leads to the same as after it, in this actor or in another:
   * misfortunes of its own too (true), or not those. Checked by diamonds.
   */
  readonly commutes?: Commutes<S, C>
  /** Claims that with these settings it never runs, so that it is not looked at; checked in lib/session/never.test.ts. */
  readonly never?: (settings: C) => boolean
  /** Runs also where the kind's `active` conditions fail (restart, resume, refusing while down). */
  readonly anytime?: true
  /** A timeout. Play lets it fire when due; search needs `usual` to be true here, or pays one `pause`. */
  readonly timer?: true
  /** For a timer: whether the scenario's own durations let it fire with nothing paused. Default true. */
  readonly usual?: (s: S, e: E, x: X, me: Me<C>) => boolean
  /** What it is about (an event id), where neither the envelope nor the argument says; for hashing. */
  readonly about?: (s: S, e: E, x: X) => string
  /** How long it takes from becoming enabled (or, with `on`, from arrival) to happening. Default [0,0]. */
  readonly takes?: (settings: C, s: S, e: E, x: X) => Range
  readonly then: (s: S, e: E, x: X, me: Me<C>) => Out<S>
}

/** A rule with its types erased: the engine's one documented cast (see rule.ts). */
// biome-ignore lint/suspicious/noExplicitAny: the engine runs rules of every actor kind alike
export type Rule = RuleOf<any, any, any, any>

/** A place in an actor's work where a fault can be anchored, and what it is working on. */
export interface Stage {
  readonly stage: string
  readonly about: string
}

// biome-ignore lint/suspicious/noExplicitAny: as above
export interface Kind<S = any, C = any> {
  readonly name: string
  readonly init: (me: Me<C>) => S
  readonly rules: readonly Rule[]
  /** Named conditions shared by every rule not marked `anytime`. */
  readonly active?: Readonly<Record<string, (s: S) => boolean>>
  /** Where this actor stands now. Read by the anchoring of faults, never by a rule. */
  readonly stages?: (s: S) => readonly Stage[]
  /** By kind of envelope: whether it will send none of these any more. Read by reductions, never by a rule. */
  readonly silent?: Readonly<Record<string, (s: S, me: Me<C>) => Silent>>
  /** Kinds of envelopes of which it may bring something about long after it has had them; silent once it will not. */
  readonly heeds?: readonly string[]
}

export interface ActorSpec {
  readonly id: string
  readonly kind: Kind
  readonly settings: unknown
  /** A name anchors may use for "whichever of these": the group an instance belongs to. */
  readonly group?: string
}

/**
 * `connection`: FIFO both ways, cut as a whole (TCP). `calls`: each request on its own, answered in any
 * order (HTTP). The `from` actor calls it by `port`, the `to` actor by `at`; ports are unique per actor.
 */
export interface LinkSpec {
  readonly id: string
  readonly from: string
  readonly port: string
  readonly to: string
  readonly at: string
  readonly mode: 'connection' | 'calls'
  readonly requests: readonly string[]
  readonly replies: readonly string[]
  readonly push?: true
  readonly latency: Range
}

export interface SystemSpec {
  readonly actors: readonly ActorSpec[]
  readonly links: readonly LinkSpec[]
}

/** Everything that is so at one moment. `queues[2*l]` runs from→to of link l, `queues[2*l+1]` back. */
export interface World {
  readonly actors: readonly Json[]
  readonly queues: readonly (readonly Envelope[])[]
  /** Per link, by how much its latency is multiplied now; 1 when healthy. Untimed search ignores it. */
  readonly slow: readonly number[]
}

/** An action of an actor: `via` is the port the envelope came by, `nth` its place in a calls queue. */
export interface ActorAction {
  readonly actor: string
  readonly rule: string
  readonly arg?: Json
  readonly via?: string
  readonly nth?: number
}
/** A misfortune of the line itself. */
export interface LinkAction {
  readonly link: string
  readonly rule: 'CutConnection' | 'SlowLink' | 'RestoreLink'
  readonly arg?: number
}
/** Plain data: logged, put in a link, replayed, shrunk, sent to a worker. */
export type Action = ActorAction | LinkAction
