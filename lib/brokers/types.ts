// What every broker brings, so that whoever builds, draws and explains a run needs to know none of them.
import type { Message } from '../clients/types.ts'
import type { Actor, System } from '../engine/compile.ts'
import type { Envelope, Json, World } from '../engine/types.ts'
import type { Look } from '../picture/look.ts'
import type { Picture } from '../picture/types.ts'

export type Drawn = Omit<Picture, 'flights' | 'sinceMs'>

/** Where a worker's work stands: which stop (-1: none), and the event it is about ('': none). */
export interface Stand {
  readonly at: number
  readonly message: string
}

/** Where an envelope travels in the picture. */
export interface OnWire {
  readonly wire: string
  /** From the wire's `to` back to its `from`. */
  readonly back: boolean
}

export interface Described {
  readonly title: string
  readonly role:
    | 'producer'
    | 'consumer'
    | 'topic'
    | 'coordinator'
    | 'broker'
    | 'sink'
    | 'dedup store'
  /** 'running', 'crashed', 'paused', … */
  readonly status: string
  readonly faulty: boolean
  /** What it believes, and what is so, in sentences. */
  readonly facts: readonly string[]
}

/** One setting by the manual's name. */
export interface SettingInfo {
  readonly name: string
  readonly default: string | number | boolean
  readonly unit: string
  readonly meaning: string
  readonly kind: 'boolean' | 'integer' | 'decimal' | 'choice' | 'text'
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly source: string
}

/** What this broker's people call what all of them have. */
export interface Terms {
  /** A lane of a stream, told among those of other streams, or where there is only one stream. */
  readonly lane: (stream: string, lane: number, among: 'others' | 'its own') => string
  /** A message comes to stand in a lane: 'appends it to orders/P0, at offset 3'. */
  readonly stores: (message: string, lane: string, offset: number) => string
  /** A consumer gets it: 'polls it from orders/P0, offset 3'. */
  readonly gets: (message: string, lane: string, offset: number) => string
  /** A publisher is told that the broker has it: 'hears that it is stored'. */
  readonly confirmed: (message: string) => string
  /** What a consumer does with what is done: 'commit', 'acknowledge'. */
  readonly settle: string
}

export type Choice = readonly [value: string, words: string]

/** What forms and tables offer of what all brokers have, in this one's words; null: it has no such thing. */
export interface Forms {
  /** When a handler settles what it has done. */
  readonly settling: string
  /** Which of several finished positions is told. */
  readonly position: string | null
  /** What becomes of a message whose effect fails for good. */
  readonly failing: readonly Choice[]
  /** Where a crash can strike a handler: stages of its work. */
  readonly stages: readonly Choice[]
  /** What a consumer is told apart by in a table: what it reads, or how much it may hold. */
  readonly share: string
  /** Of a log: what one is called in a table, who has come past a message, how far readers are, and none at all. */
  readonly log: {
    readonly one: string
    readonly passed: string
    readonly positions: string
    readonly none: string
  }
  /** What a stream is divided into, and how a producer chooses among it. */
  readonly lanes: {
    readonly one: string
    readonly several: string
    readonly choosing: string
    readonly keyless: string
    readonly always: (lane: number) => string
  } | null
}

export interface BrokerModel {
  readonly id: string
  readonly title: string
  readonly draw: (system: System, world: World, look: Look) => Drawn
  /** Where the work of each of its workers stands; nothing for an actor that has none. */
  readonly stands: (actor: Actor, state: Json) => readonly Stand[]
  /** The application's events inside an envelope, in order. */
  readonly carried: (envelope: Envelope) => readonly Message[]
  readonly onWire: (
    link: { readonly from: string; readonly to: string },
    envelope: Envelope,
  ) => OnWire | null
  /** By actor kind and rule: the predicate of a step's sentence. */
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly terms: Terms
  readonly forms: Forms
  readonly describe: (system: System, world: World, actor: string) => Described
  readonly settings: {
    readonly producer: readonly SettingInfo[]
    readonly consumer: readonly SettingInfo[]
    readonly broker: readonly SettingInfo[]
    /** Of what holds messages: a topic, or a service's queue. */
    readonly topic: readonly SettingInfo[]
    /** Of share groups, and of their consumers, which have settings of their own. */
    readonly shareGroup: readonly SettingInfo[]
    readonly shareConsumer: readonly SettingInfo[]
  }
  /** A consumer's progress is a position, which covers all before it; or each message is settled by itself. */
  readonly progress: 'positions' | 'messages'
  /** The rule by which a producer publishes one more event of its application. */
  readonly publishing: string
  /** Names of the settings of few values that decide what a service is promised: worth trying all. */
  readonly deciding: { readonly producer: readonly string[]; readonly consumer: readonly string[] }
}
