// What there is to see, as data, in a vocabulary shared by all brokers. Actors emit fragments; `picture`
// joins them; `scene` is their geometry. No coordinates here, no colours, no broker rules.

/** An application event as it is drawn: shape by key, order id inside, nth event of its key as pips. */
export interface Token {
  readonly message: string // event id
  readonly key: string | null
  /** Index into the five key shapes: circle, square, triangle, diamond, hexagon; -1: keyless. */
  readonly shape: number
  readonly label: string // order id, e.g. '42'
  readonly type: string
  readonly seq: number
  readonly redelivered: boolean
  /** How many times its effect stands in the place drawn; 2 or more is tagged ×n. */
  readonly times: number
  /** State lost in a crash. */
  readonly ghost: boolean
  /** When it came to stand there so many times, in simulated ms; absent where nobody asks. */
  readonly sinceMs?: number
}

/** How it stands with a message that a group's members lock one by one (a share group). */
export interface Taken {
  readonly group: string
  /** `returned`: it was handed out before, and may be again; `archived`: it never will be. */
  readonly state: 'acquired' | 'returned' | 'done' | 'archived'
  /** How often it was handed out; 1 is the first time. */
  readonly count: number
}

/** A message and its status, in a tape, queue or pool. */
export interface Slot {
  readonly offset: number
  readonly token: Token | null
  /** `pending`: written, and not yet by every replica in sync. */
  readonly status: 'stored' | 'pending' | 'unacked'
  /** Written inside a transaction that has not ended, or that was aborted. */
  readonly transaction?: 'open' | 'aborted'
  /** The end of a transaction: it takes an offset and is shown to no application. */
  readonly control?: 'commit' | 'abort'
  /** Compaction has taken it away; its offset stays. */
  readonly gone?: true
  /** By the groups that lock messages one by one; absent or empty where none does. */
  readonly taken?: readonly Taken[]
  /** When it was written. */
  readonly sinceMs?: number
  /** What the broker tells of it with each delivery, in its own words: 'x-delivery-count=2'. */
  readonly said?: string
}

/** An ordered log with offsets: open end torn where it grows. */
export interface TapePart {
  readonly kind: 'tape'
  readonly id: string // e.g. 'orders/0'
  readonly title: string // 'P0'
  readonly stream: string // 'orders'
  /** Only the last slots need be given; `first` is the offset of slots[0], `end` the next offset to be written. */
  readonly first: number
  readonly end: number
  readonly slots: readonly Slot[]
  /** Where it begins by now: what lies before was deleted, and its offsets with it. Absent: at 0. */
  readonly start?: number
  /** Groups whose members lock its messages one by one; absent where there is none. */
  readonly lockedBy?: readonly { readonly group: string; readonly letter: string }[]
  /** A word beside its name: 'no leader'. */
  readonly badge: string
  /** What it is, where not all of its stream are alike: 'stream'. */
  readonly note?: string
}

/** One node's copy of a tape. The tape itself is drawn as its leader has it. */
export interface ReplicaPart {
  readonly kind: 'replica'
  readonly id: string // 'orders/0@broker-1'
  readonly of: string // tape id
  readonly node: string // card id
  readonly title: string // the node's name
  readonly leads: boolean
  /** By the word of who decides about it. */
  readonly inSync: boolean
  readonly up: boolean
  readonly first: number
  readonly end: number
  readonly start?: number
  readonly slots: readonly Slot[]
  /** Up to where it knows that all in sync have it. */
  readonly watermark: number
  /** What it holds to be so, where that is not what is so: 'leads, epoch 0'. */
  readonly believes: string
  /** It holds that it leads itself, which it does not. */
  readonly claims: boolean
}

/**
 * One pole at an offset: committed positions (one letter a group), the high watermark, or the last stable
 * offset where it lies below that.
 */
export interface PointerPart {
  readonly kind: 'pointer'
  readonly of: string // tape id
  readonly at: number // the NEXT offset to read
  readonly flag: 'committed' | 'HW' | 'LSO'
  readonly groups: readonly {
    readonly id: string
    readonly letter: string /** lagging after a fault */
    readonly hot: boolean
  }[]
}

/** A process: it can die. */
export interface CardPart {
  readonly kind: 'card'
  readonly id: string // actor id
  readonly role: 'producer' | 'consumer' | 'dedup store' | 'broker'
  readonly title: string
  /** Second line of a producer ('producer'); setting lines under it in mono. */
  readonly subtitle: string
  readonly notes: readonly string[]
  readonly group: string // '' for none
  readonly letter: string // group letter, '' for none
  readonly assignment: readonly string[] // ['P0','P1']
  readonly state: 'running' | 'crashed' | 'paused' | 'rebalancing' | 'left'
  /** One or two lines when crashed or paused: 'Crashed after effect,', 'before commit'. */
  readonly said: string
  /** When it crashed or was paused. */
  readonly sinceMs?: number
  /** What ails a node, in a word that stands beside its row: 'down', 'cut off'. */
  readonly ails?: string
  /**
   * What lives on this node and falls with it: coordinators, by the letter of their group. Absent where they
   * live on no node in particular.
   */
  readonly holds?: readonly { readonly title: string; readonly letter: string }[]
}

/** A handler's stages; one a worker. */
export interface PipelinePart {
  readonly kind: 'pipeline'
  readonly of: string // card id
  readonly worker: number
  readonly stops: readonly { readonly id: string; readonly label: string; readonly off: boolean }[]
  /** Index of the current stop, or -1 when idle. */
  readonly at: number
  readonly token: Token | null
  /** True when a bolt stands where the work died. */
  readonly broken: boolean
  /** The last few ways its token came, oldest first: from which stop (-1: from outside), and when it set out. */
  readonly ways?: readonly { readonly from: number; readonly sinceMs: number }[]
}

/** A sink: what is written stays written. Rows are tokens (charges, e-mails) or names with numbers. */
export interface TablePart {
  readonly kind: 'table'
  readonly id: string
  readonly title: string
  readonly sinkKind: string // 'external API' | 'database' | ''
  readonly tokens: readonly Token[]
  readonly rows: readonly {
    readonly name: string
    readonly actual: string
    readonly expected: string
    readonly wrong: boolean
  }[]
  /** 'down', or '' */
  readonly state: string
}

export interface BadgePart {
  readonly kind: 'badge'
  readonly of: string
  readonly text: string
  readonly tone: 'plain' | 'fault' | 'accent' | 'broken' | 'hold'
}

/** A line between two parts that messages travel. `link` names the engine's link; many wires may share one. */
export interface WirePart {
  readonly kind: 'wire'
  readonly id: string
  readonly link: string
  readonly from: string // part id
  readonly to: string // part id
  readonly state: 'idle' | 'live' | 'lost' | 'rebalancing' | 'cause'
  /** A label that stands on the wire, e.g. 'no heartbeat'. */
  readonly label: string
  /** When what the label says comes to its end: what is left until then stands under it. */
  readonly dueMs?: number
}

/** Messages that wait, the next one first, and those in somebody's hands. */
export interface QueuePart {
  readonly kind: 'queue'
  readonly id: string
  /** The stream under which it stands. */
  readonly stream: string
  readonly title: string
  /** What it is: 'quorum queue, limit 20'; of two parts the second may be left out. */
  readonly note: string
  readonly ready: readonly Slot[]
  readonly unacked: readonly Slot[]
}
/** Reserved for SQS (a later issue): an unordered stadium. */
export interface PoolPart {
  readonly kind: 'pool'
  readonly id: string
  readonly title: string
  readonly slots: readonly Slot[]
}

export type Part =
  | TapePart
  | ReplicaPart
  | PointerPart
  | CardPart
  | PipelinePart
  | TablePart
  | BadgePart
  | WirePart
  | QueuePart
  | PoolPart

/** Tokens under way on a wire; times are simulated ms. */
export interface FlightPart {
  readonly wire: string
  /** True: travels from `to` back to `from`. */
  readonly back: boolean
  readonly tokens: readonly Token[]
  readonly sentMs: number
  readonly dueMs: number
}

export interface Picture {
  /** Since when it looks like this: the time of its step, in simulated ms. */
  readonly sinceMs: number
  readonly parts: readonly Part[]
  readonly flights: readonly FlightPart[]
  /** Columns from left to right for the layout: producers, streams, groups, sinks (part ids or group ids). */
  readonly streams: readonly {
    readonly id: string
    readonly title: string
    readonly note: string
    /** An exchange: it hands copies to lanes of their own. */
    readonly spreads?: true
  }[]
  readonly groups: readonly {
    readonly id: string
    readonly title: string
    readonly letter: string
    readonly cards: readonly string[]
  }[]
}
