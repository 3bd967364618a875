// The dedup store actor: which event ids a service has seen. A store of its own, so its calls can fail and
// its write and the effect's are two writes with a crash window between them.
import { ruleFor } from '../engine/rule.ts'
import { emptyTrie, has, set, type Trie } from '../engine/trie.ts'
import type { ConnectionClosedEnvelope, Kind, Range } from '../engine/types.ts'
import type { CheckSeen, MarkAnswer, MarkSeen, SeenAnswer } from './types.ts'

export interface DedupStoreSettings {
  readonly answerMs: Range
  readonly downMs: Range
  /** The dedup window: how many ids are kept. All, where it does not say. */
  readonly keeps?: number
}

export interface DedupStoreState {
  readonly up: boolean
  /** All that was marked, where everything is kept; else nothing. */
  readonly seen: Trie<true>
  /** The newest ids, the oldest of them first, where only so many are kept; else nothing. */
  readonly window: readonly string[]
}

type Store = Pick<DedupStoreState, 'seen' | 'window'>

const EMPTY: Store = { seen: emptyTrie(), window: [] }

const holds = ({ seen, window }: Store, id: string) => has(seen, id) || window.includes(id)
const sizeOf = ({ seen, window }: Store) => seen.size + window.length

/** With this id marked. The oldest makes room for it, where only so many are kept. */
function withMark(s: DedupStoreState, id: string, { keeps }: DedupStoreSettings): DedupStoreState {
  if (keeps === undefined) return { ...s, seen: set(s.seen, id, true) }
  return { ...s, window: [...s.window.filter((each) => each !== id), id].slice(-keeps) }
}

const rule = ruleFor<DedupStoreState, DedupStoreSettings, CheckSeen | MarkSeen>()

function answerCheck(request: CheckSeen, seen: SeenAnswer['seen']): SeenAnswer {
  return { kind: 'SeenAnswer', about: request.id, call: request.call, seen }
}

function answerMark(request: MarkSeen, ok: boolean): MarkAnswer {
  return { kind: 'MarkAnswer', about: request.id, call: request.call, ok }
}

export const dedupStore: Kind<DedupStoreState, DedupStoreSettings> = {
  name: 'dedup store',
  init: () => ({ up: true, ...EMPTY }),
  active: { 'the store is up': (s) => s.up },
  silent: { ConnectionClosed: () => true },
  rules: [
    rule({
      name: 'CheckSeen',
      on: 'CheckSeen',
      takes: (settings) => settings.answerMs,
      then: (s, request) => ({ reply: answerCheck(request, holds(s, request.id)) }),
    }),
    rule({
      name: 'MarkSeen',
      on: 'MarkSeen',
      takes: (settings) => settings.answerMs,
      then: (s, request, _x, me) => ({
        self: withMark(s, request.id, me.settings),
        reply: answerMark(request, true),
      }),
    }),
    rule({
      name: 'AnswerUnavailable',
      on: ['CheckSeen', 'MarkSeen'],
      anytime: true,
      ready: { 'the store is down': (s) => !s.up },
      then: (_s, request) => ({
        reply:
          request.kind === 'CheckSeen'
            ? answerCheck(request, 'unavailable')
            : answerMark(request, false),
      }),
    }),
    rule({
      name: 'EmptyStore',
      fault: { kind: 'empty-dedup-store' },
      when: { 'it holds something': (s) => sizeOf(s) > 0 },
      then: (s, _e, _x, me) => ({
        self: { ...s, ...EMPTY },
        observe: [{ kind: 'forgotten', actor: me.id, what: `${sizeOf(s)} seen event ids` }],
      }),
    }),
    rule({
      name: 'StoreDown',
      fault: { kind: 'sink-down' },
      then: (s) => ({ self: { ...s, up: false } }),
    }),
    rule({
      name: 'StoreUp',
      anytime: true,
      ready: { 'the store is down': (s) => !s.up },
      takes: (settings) => settings.downMs,
      then: (s) => ({ self: { ...s, up: true } }),
    }),
    rule({
      name: 'LoseAnswer',
      on: 'MarkSeen',
      fault: { kind: 'lose-answer' },
      then: (s, request, _x, me) => ({
        self: withMark(s, request.id, me.settings),
        reply: { kind: 'ConnectionClosed', about: request.call } as ConnectionClosedEnvelope,
      }),
    }),
  ],
}
