// A toy system for the engine's own tests: clients ask a server, over a connection or by calls.
import { ruleFor } from './rule.ts'
import type { Envelope, Kind, SystemSpec } from './types.ts'

interface Ask extends Envelope {
  readonly kind: 'Ask'
  readonly item: number
}
interface Answer extends Envelope {
  readonly kind: 'Answer'
  readonly item: number
}
interface ClientState {
  readonly up: boolean
  readonly next: number
  readonly waiting: boolean
  readonly heard: number
  readonly closed: number
}
interface Wanted {
  readonly asks: number
}

const clientRule = ruleFor<ClientState, Wanted, Ask | Answer>()

export const client: Kind<ClientState, Wanted> = {
  name: 'client',
  init: () => ({ up: true, next: 0, waiting: false, heard: 0, closed: 0 }),
  active: { 'the client is up': (s) => s.up },
  stages: (s) => (s.waiting ? [{ stage: 'waiting', about: `item-${s.next}` }] : []),
  rules: [
    clientRule({
      name: 'AskNext',
      ready: { 'nothing is asked yet': (s) => !s.waiting },
      when: { 'there is more to ask': (s, _e, _x, me) => s.next < me.settings.asks },
      takes: () => [10, 20],
      then: (s) => ({
        self: { ...s, waiting: true, next: s.next + 1 },
        send: [['server', { kind: 'Ask', about: `item-${s.next + 1}`, item: s.next + 1 } as Ask]],
        observe: [{ kind: 'asked', actor: 'client' }],
      }),
    }),
    clientRule({
      name: 'TakeAnswer',
      on: 'Answer',
      then: (s) => ({ self: { ...s, waiting: false, heard: s.heard + 1 } }),
    }),
    clientRule({
      name: 'HearClosing',
      on: 'ConnectionClosed',
      then: (s) => ({ self: { ...s, waiting: false, closed: s.closed + 1 } }),
    }),
    clientRule({
      name: 'Crash',
      fault: { kind: 'crash' },
      then: (s) => ({ self: { ...s, up: false, waiting: false }, hangUp: true }),
    }),
    clientRule({
      name: 'Restart',
      anytime: true,
      ready: { 'the client is down': (s) => !s.up },
      takes: () => [100, 100],
      then: (s) => ({ self: { ...s, up: true } }),
    }),
  ],
}

interface ServerState {
  readonly served: number
  readonly closed: number
}
const serverRule = ruleFor<ServerState, null, Ask | Answer>()

export const server: Kind<ServerState, null> = {
  name: 'server',
  init: () => ({ served: 0, closed: 0 }),
  rules: [
    serverRule({
      name: 'Serve',
      on: 'Ask',
      then: (s, e) => ({
        self: { ...s, served: s.served + 1 },
        reply: { kind: 'Answer', about: `item-${e.item}`, item: e.item } as Answer,
        observe: [{ kind: 'served', actor: 'server' }],
      }),
    }),
    serverRule({
      name: 'Refuse',
      on: 'Ask',
      fault: { kind: 'refuse' },
      then: (_s, e) => ({ reply: { kind: 'Answer', item: e.item } as Answer }),
    }),
    serverRule({
      name: 'HearClosing',
      on: 'ConnectionClosed',
      then: (s) => ({ self: { ...s, closed: s.closed + 1 } }),
    }),
  ],
}

export function toy(
  asks: number,
  clients = 1,
  mode: 'connection' | 'calls' = 'connection',
): SystemSpec {
  const ids = Array.from({ length: clients }, (_, index) => `client-${index}`)
  return {
    actors: [
      ...ids.map((id) => ({ id, kind: client, settings: { asks }, group: 'clients' })),
      { id: 'server', kind: server, settings: null },
    ],
    links: ids.map((id) => ({
      id: `${id}/server`,
      from: id,
      port: 'server',
      to: 'server',
      at: id,
      mode,
      requests: ['Ask'],
      replies: ['Answer'],
      latency: [1, 3] as const,
    })),
  }
}
