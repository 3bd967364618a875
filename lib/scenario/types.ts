// The scenario document, version 1: what a lesson, a link, a test and a run are made of.
// `story` has no broker word in it; `deployment` speaks the broker's own.
import type { Publishes } from '../clients/publish.ts'
import type { HandlerEffect, OnFailure, SinkKind, Strategy } from '../clients/types.ts'
import type { Action, Range } from '../engine/types.ts'
import type { RunVerdict } from '../invariants/types.ts'

export interface Producer {
  readonly id: string
  readonly title: string
  /** The stream it publishes to. */
  readonly publishes: string
  readonly count: number
  /** Time between two events. */
  readonly everyMs: Range
  readonly keys: readonly string[]
  readonly eventTypes: readonly string[]
  /** Number of the first order; orders count up from here. */
  readonly firstOrder: number
  /** 'key': by the event's key; 'none': keyless; a number: always that lane. */
  readonly keyChoice: 'key' | 'none' | number
  /** The application sends an event it got no confirmation for again, under a new event id. */
  readonly resendsWithNewId: boolean
  /** How many of its events belong together: published as one, where the deployment offers that. */
  readonly together: number
  /** Starts only at this time; 0 = from the start. */
  readonly startsAtMs: number
  /** Event types that say that what their key names is gone; they carry no data. */
  readonly removes?: readonly string[]
}

export interface Service {
  readonly id: string
  readonly title: string
  readonly listensTo: string
  readonly instances: number
  /** 'none' and '' for a service that only publishes. */
  readonly effect: HandlerEffect
  readonly sink: string
  /** The event that it publishes for each one it acts upon. */
  readonly publishes?: Publishes
  /** Event types it acts upon; it passes over the others. Empty: all. */
  readonly handles: readonly string[]
  readonly strategy: Strategy
  readonly ackPoint: 'before' | 'after'
  readonly workers: number
  readonly commitOf: 'lowest-contiguous' | 'highest-finished'
  readonly handlerMs: Range
  readonly onFailure: OnFailure
  readonly maxAttempts: number
  /** Joins only at this time; 0 = from the start. */
  readonly joinsAtMs: number
  /** Exists to rebuild its sink by replaying the stream. */
  readonly replays: boolean
}

export interface Sink {
  readonly id: string
  readonly title: string
  readonly kind: SinkKind
  readonly answerMs: Range
  /** Accepts a request first and answers later; meanwhile its idempotency key is in progress. */
  readonly slow: boolean
}

export interface Story {
  readonly streams: readonly string[]
  readonly producers: readonly Producer[]
  readonly services: readonly Service[]
  readonly sinks: readonly Sink[]
}

export type SettingValue = string | number | boolean
export type Settings = Readonly<Record<string, SettingValue>>

/** Settings by the broker's own names. `services` overrides `consumer` for one service, `producers` likewise. */
export interface KafkaDeployment {
  readonly broker: 'kafka'
  readonly version: '4.1'
  /** Broker nodes; partition p is placed from node p modulo nodes on. */
  readonly nodes: number
  readonly topics: Readonly<
    Record<string, { readonly partitions: number; readonly settings: Settings }>
  >
  readonly brokerSettings: Settings
  readonly producer: Settings
  readonly consumer: Settings
  readonly producers: Readonly<Record<string, Settings>>
  readonly services: Readonly<Record<string, Settings>>
  /**
   * Services that read as a share group (KIP-932), with the group's settings. Their clients are share consumers:
   * `services` has those settings, and `consumer` does not concern them.
   */
  readonly shareGroups?: Readonly<Record<string, Settings>>
  /** One way latency of every line. */
  readonly latencyMs: Range
}
/** `queue` are arguments of every service's queue, `queues` those of one service's; they override. */
export interface RabbitmqDeployment {
  readonly broker: 'rabbitmq'
  readonly version: '4.3' | '4.0'
  readonly brokerSettings: Settings
  readonly producer: Settings
  readonly consumer: Settings
  readonly producers: Readonly<Record<string, Settings>>
  readonly services: Readonly<Record<string, Settings>>
  readonly queue: Settings
  readonly queues: Readonly<Record<string, Settings>>
  /** Services whose queue nobody has bound to its exchange. */
  readonly unbound: readonly string[]
  /** One way latency of every line. */
  readonly latencyMs: Range
}
export type Deployment = KafkaDeployment | RabbitmqDeployment

/**
 * A fault anchored to a moment that is the same under other settings: the `nth` time that `actor` (an
 * actor, or a service: whichever instance) stands at `stage` of `message` (an event id; absent: any).
 * Or, for misfortunes tied to no message, `atMs`.
 */
export interface Anchor {
  readonly actor: string
  readonly stage?: string
  readonly message?: string
  readonly nth?: number
  readonly atMs?: number
}
export interface FaultPlan {
  /** Catalogue slug. */
  readonly fault: string
  readonly at: Anchor
  /** The line concerned, for faults of lines: the peer's actor id. */
  readonly line?: string
  /** How long it lasts before it heals, for those that heal. */
  readonly forMs?: number
  /** What some faults need besides: an offset to rewind to, a number of partitions. */
  readonly arg?: number
}

export interface Moment {
  readonly title: string
  readonly text: string
  readonly atMs: number
}

export interface Scenario {
  readonly version: 1
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly seed: string
  readonly story: Story
  readonly deployment: Deployment
  readonly faults: readonly FaultPlan[]
  /** Invariant ids shown and judged; in this order. */
  readonly checks: readonly string[]
  /** Verdicts this scenario claims at rest, where 'holds so far' is no longer one. */
  readonly expect: Readonly<Record<string, Exclude<RunVerdict, 'holds so far'>>>
  readonly moments: readonly Moment[]
  /**
   * What happens first, step by step: a counterexample, or a run that was forked from one. Its faults are among
   * its actions. Whatever follows it is left to the seed.
   */
  readonly script?: readonly Action[]
}

/** One whose broker is Kafka. */
export type KafkaScenario = Scenario & { readonly deployment: KafkaDeployment }
