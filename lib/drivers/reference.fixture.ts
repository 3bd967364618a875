// The system of the Promela reference models, under the one law: senders write numbered items to two logs,
// workers take them one at a time, book them in a ledger and tell the clerk how far they are. An answer to a
// sender can be lost (it writes again), a worker can crash (its log goes to the other, and comes back when it
// does). What was taken before a log changed hands is still booked: nobody can call it back.
//
// The ledger knows every item it has booked (`all`), none (`none`), or the last one of each log (`last`).
import { ruleFor } from '../engine/rule.ts'
import type { Kind, LinkSpec, Observation, SystemSpec } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import type {
  Book,
  Booked,
  Done,
  DoneHeard,
  Item,
  Join,
  Take,
  Write,
  Written,
  Yours,
} from './reference-words.fixture.ts'

export type Ledger = 'all' | 'none' | 'last'
export interface ReferenceOptions {
  readonly senders: number
  readonly items: number
  readonly ledger: Ledger
}

interface SenderState {
  readonly next: number
  readonly waits: boolean
}
interface SenderSettings {
  readonly items: number
  readonly number: number
}
const senderRule = ruleFor<SenderState, SenderSettings, Written>()
const sender: Kind<SenderState, SenderSettings> = {
  name: 'sender',
  init: () => ({ next: 0, waits: false }),
  rules: [
    senderRule({
      name: 'Write',
      ready: { 'no answer is awaited': (s) => !s.waits },
      when: { 'there is more to write': (s, _e, _x, me) => s.next < me.settings.items },
      commutes: true,
      then: (s, _e, _x, { settings: { items, number } }) => {
        const write: Write = { kind: 'Write', item: number * items + s.next }
        return { self: { ...s, waits: true }, send: [[`log-${(number + s.next) % 2}`, write]] }
      },
    }),
    senderRule({
      name: 'HearWritten',
      on: 'Written',
      commutes: 'in peace',
      then: (s) => ({ self: { next: s.next + 1, waits: false } }),
    }),
    senderRule({
      name: 'LoseAnswer',
      on: 'Written',
      fault: { kind: 'lost-answer' },
      then: (s) => ({ self: { ...s, waits: false } }),
    }),
  ],
}

interface LogState {
  readonly items: readonly number[]
  /** Ports whose request waits for the next item. */
  readonly parked: readonly string[]
}
const logRule = ruleFor<LogState, { readonly number: number }, Write | Take>()
/** Who writes alone is not overtaken by anybody. */
const logOf = (writers: number): Kind<LogState, { readonly number: number }> => ({
  name: 'log',
  init: () => ({ items: [], parked: [] }),
  rules: [
    logRule({
      name: 'Append',
      on: 'Write',
      ...(writers === 1 ? ({ commutes: true } as const) : {}),
      then: (s, e, _x, { settings }) => {
        const offset = s.items.length
        const item: Item = { kind: 'Item', log: settings.number, offset, item: e.item }
        return {
          self: { items: [...s.items, e.item], parked: [] },
          reply: { kind: 'Written' },
          send: s.parked.map((port) => [port, item] as const),
        }
      },
    }),
    logRule({
      name: 'Hand',
      on: 'Take',
      when: { 'there is an item': (s, e) => e.offset < s.items.length },
      commutes: true,
      then: (s, e, _x, { settings }) => {
        const item = s.items[e.offset] as number
        const found: Item = { kind: 'Item', log: settings.number, offset: e.offset, item }
        return { reply: found }
      },
    }),
    logRule({
      name: 'Park',
      on: 'Take',
      commutes: true,
      when: { 'there is none yet': (s, e) => e.offset >= s.items.length },
      then: (s, _e, _x, me) => ({ self: { ...s, parked: [...s.parked, me.port].sort() } }),
    }),
    logRule({
      name: 'Forget',
      on: 'ConnectionClosed',
      commutes: 'in peace',
      then: (s, _e, _x, me) => ({
        self: { ...s, parked: s.parked.filter((port) => port !== me.port) },
      }),
    }),
  ],
})

interface ClerkState {
  readonly done: readonly number[]
  readonly owner: readonly number[]
  readonly up: readonly boolean[]
}
const clerkRule = ruleFor<ClerkState, null, Done | Join>()
const numberOf = (port: string): number => Number(port.slice(-1))

/** What a worker is told: where to go on in its logs. */
function yours(s: ClerkState, worker: number): readonly [string, Yours] {
  const from = s.owner.map((owner, at) => (owner === worker ? (s.done[at] as number) : -1))
  return [`worker-${worker}`, { kind: 'Yours', from }]
}

const clerk: Kind<ClerkState, null> = {
  name: 'clerk',
  init: () => ({ done: [0, 0], owner: [0, 1], up: [true, true] }),
  rules: [
    clerkRule({
      name: 'NoteDone',
      on: 'Done',
      then: (s, e, _x, me) => {
        const ok = s.owner[e.log] === numberOf(me.port)
        const answer: DoneHeard = { kind: 'DoneHeard', ok }
        return ok
          ? { self: { ...s, done: s.done.with(e.log, e.offset + 1) }, reply: answer }
          : { reply: answer }
      },
    }),
    clerkRule({
      name: 'HandOver',
      on: 'ConnectionClosed',
      then: (s, _e, _x, me) => {
        const gone = numberOf(me.port)
        const other = 1 - gone
        const up = s.up.with(gone, false)
        if (!s.up[other]) return { self: { ...s, up } }
        const self = { ...s, up, owner: s.owner.map(() => other) }
        return { self, send: [yours(self, other)] }
      },
    }),
    clerkRule({
      name: 'GiveBack',
      on: 'Join',
      then: (s, _e, _x, me) => {
        const back = numberOf(me.port)
        const other = 1 - back
        const up = s.up.with(back, true)
        const owner = s.owner.map((was, at) => (at === back || !up[was] ? back : was))
        const self = { ...s, up, owner }
        return {
          self,
          send: up[other] ? [yours(self, back), yours(self, other)] : [yours(self, back)],
        }
      },
    }),
  ],
}

interface Hand {
  readonly log: number
  readonly offset: number
  readonly phase: 'booking' | 'telling'
  readonly stale: boolean
}
interface WorkerState {
  readonly up: boolean
  /** Per log the next offset; -1: not its own. */
  readonly from: readonly number[]
  /** Per log: whether its next item has been asked for. */
  readonly asked: readonly boolean[]
  readonly hand: Hand | null
}
const workerRule = ruleFor<
  WorkerState,
  { readonly number: number },
  Item | Booked | DoneHeard | Yours
>()
const down = { up: false, from: [-1, -1], asked: [false, false], hand: null } as const
const isNext = (s: WorkerState, e: Item) => s.from[e.log] === e.offset

function takeOver(s: WorkerState, from: readonly number[]): WorkerState {
  const { hand } = s
  const lost = hand !== null && (from[hand.log] as number) < 0
  const kept = from.map((offset, at) =>
    offset >= 0 && (s.from[at] as number) >= 0 ? (s.from[at] as number) : offset,
  )
  const asked = s.asked.map(
    (was, at) => was && (s.from[at] as number) >= 0 && kept[at] === s.from[at],
  )
  return { ...s, from: kept, asked, hand: lost ? { ...hand, stale: true } : hand }
}

const worker: Kind<WorkerState, { readonly number: number }> = {
  name: 'worker',
  init: ({ settings: { number } }) => ({
    ...down,
    up: true,
    from: [0, 1].map((at) => (at === number ? 0 : -1)),
  }),
  active: { 'it is up': (s) => s.up },
  rules: [
    workerRule({
      name: 'Ask',
      ready: { 'its hand is empty': (s) => s.hand === null },
      each: (s) => [0, 1].filter((at) => (s.from[at] as number) >= 0 && !s.asked[at]),
      then: (s, _e, at) => {
        const take: Take = { kind: 'Take', offset: s.from[at] as number }
        return { self: { ...s, asked: s.asked.with(at, true) }, send: [[`log-${at}`, take]] }
      },
    }),
    workerRule({
      name: 'Hold',
      on: 'Item',
      ready: { 'its hand is empty': (s) => s.hand === null },
      when: { 'it is the next': isNext },
      then: (s, e) => {
        const book: Book = { kind: 'Book', log: e.log, item: e.item }
        const hand = { log: e.log, offset: e.offset, phase: 'booking', stale: false } as const
        return { self: { ...s, asked: s.asked.with(e.log, false), hand }, send: [['ledger', book]] }
      },
    }),
    workerRule({
      name: 'PassOver',
      on: 'Item',
      commutes: true,
      when: { 'it is not the next': (s, e) => !isNext(s, e) },
      then: () => ({}),
    }),
    workerRule({
      name: 'Tell',
      on: 'Booked',
      then: (s) => {
        const { log: at, offset, stale } = s.hand as Hand
        if (stale) return { self: { ...s, hand: null } }
        const done: Done = { kind: 'Done', log: at, offset }
        const hand = { log: at, offset, phase: 'telling', stale } as const
        return { self: { ...s, hand }, send: [['clerk', done]] }
      },
    }),
    workerRule({
      name: 'GoOn',
      on: 'DoneHeard',
      commutes: true,
      then: (s, e) => {
        const { log: at, offset, stale } = s.hand as Hand
        const from = e.ok && !stale ? s.from.with(at, offset + 1) : s.from
        return { self: { ...s, from, hand: null } }
      },
    }),
    workerRule({
      name: 'TakeOver',
      on: 'Yours',
      then: (s, e) => ({ self: takeOver(s, e.from) }),
    }),
    workerRule({
      name: 'Crash',
      fault: { kind: 'crash' },
      then: () => ({ self: down, hangUp: true }),
    }),
    workerRule({
      name: 'Restart',
      anytime: true,
      commutes: true,
      ready: { 'it is down': (s) => !s.up },
      then: () => ({ self: { ...down, up: true }, send: [['clerk', { kind: 'Join' }]] }),
    }),
  ],
}

interface LedgerState {
  /** What it remembers: every item booked, in order, or the last of each log; -1 for none. */
  readonly known: readonly number[]
}
const ledgerRule = ruleFor<LedgerState, Ledger, Book>()
function isKnown(s: LedgerState, e: Book, remembers: Ledger): boolean {
  return remembers === 'last' ? s.known[e.log] === e.item : s.known.includes(e.item)
}
function booked(s: LedgerState, e: Book, remembers: Ledger): LedgerState {
  if (remembers === 'none') return s
  if (remembers === 'last') return { known: s.known.with(e.log, e.item) }
  return { known: [...s.known, e.item].sort((a, b) => a - b) }
}
export interface BookedOnce extends Observation {
  readonly kind: 'booked'
  readonly item: number
}
/** Two entries may change places unless the ledger remembers which was the last. */
const ledgerOf = (remembers: Ledger): Kind<LedgerState, Ledger> => ({
  name: 'ledger',
  init: ({ settings }) => ({ known: settings === 'last' ? [-1, -1] : [] }),
  rules: [
    ledgerRule({
      name: 'Enter',
      on: 'Book',
      ...(remembers === 'last' ? {} : ({ commutes: true } as const)),
      then: (s, e, _x, me) => {
        if (isKnown(s, e, me.settings)) return { reply: { kind: 'Booked' } }
        const seen: BookedOnce = { kind: 'booked', actor: me.id, item: e.item }
        return { self: booked(s, e, me.settings), reply: { kind: 'Booked' }, observe: [seen] }
      },
    }),
  ],
})

function line(from: string, to: string, more: Partial<LinkSpec>): LinkSpec {
  const carries = { requests: [], replies: [], ...more }
  return {
    id: `${from}/${to}`,
    from,
    port: to,
    to,
    at: from,
    mode: 'connection',
    latency: [1, 1],
    ...carries,
  }
}

const TWO = [0, 1]

export function reference({ senders, items, ledger: remembers }: ReferenceOptions): SystemSpec {
  const log = logOf(senders)
  const ledger = ledgerOf(remembers)
  const numbers = Array.from({ length: senders }, (_, number) => number)
  const writes = { requests: ['Write'], replies: ['Written'] }
  const takes = { requests: ['Take'], replies: ['Item'] }
  const tells = { requests: ['Done', 'Join'], replies: ['DoneHeard', 'Yours'], push: true } as const
  return {
    actors: [
      ...numbers.map((number) => ({
        id: `sender-${number}`,
        kind: sender,
        settings: { items, number },
      })),
      ...TWO.map((number) => ({ id: `log-${number}`, kind: log, settings: { number } })),
      { id: 'clerk', kind: clerk, settings: null },
      ...TWO.map((number) => ({ id: `worker-${number}`, kind: worker, settings: { number } })),
      { id: 'ledger', kind: ledger, settings: remembers },
    ],
    links: [
      ...numbers.flatMap((n) => TWO.map((at) => line(`sender-${n}`, `log-${at}`, writes))),
      ...TWO.flatMap((n) => [
        ...TWO.map((at) => line(`worker-${n}`, `log-${at}`, takes)),
        line(`worker-${n}`, 'clerk', tells),
        line(`worker-${n}`, 'ledger', { requests: ['Book'], replies: ['Booked'], mode: 'calls' }),
      ]),
    ],
  }
}

/** No item is booked twice: a count for each, which need not go beyond two. */
export const bookedOnce: Watch = {
  id: 'booked-once',
  reads: ['booked'],
  init: () => [],
  step: (acc, seen) => {
    const times = acc as number[]
    const { item } = seen as BookedOnce
    while (times.length <= item) times.push(0)
    times[item] = Math.min(2, (times[item] as number) + 1)
  },
  copy: (acc) => (acc as number[]).slice(),
  broken: (acc) => (acc as number[]).some((times) => times > 1),
}

/** What can befall it. Lines are not cut: the Promela models have none. */
export const REFERENCE_KINDS = ['lost-answer', 'crash']
