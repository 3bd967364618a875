// The coordinator of one share group (KIP-932): who is a member, and which partitions each may read. There is no
// rebalance: members hear of another assignment by their heartbeats, and nobody waits for anybody.
import type { Seen } from '../../clients/types.ts'
import { claiming, ruleFor } from '../../engine/rule.ts'
import type { Envelope, Kind, Me, Out } from '../../engine/types.ts'
import { shareCoordinatorClaims } from './commuting.ts'
import type { Assignment, KafkaEnvelope, Metadata, MetadataResponse } from './protocol.ts'
import type { ShareGroupHeartbeat, ShareGroupHeartbeatResponse } from './protocol-share.ts'
import { assignSimple } from './share-assignor.ts'

export interface ShareCoordinatorSettings {
  readonly group: string
  readonly 'share.session.timeout.ms': number
}

export interface ShareMember {
  readonly id: string
  readonly port: string
  readonly topics: readonly string[]
  /** The assignment it was told last; null while a heartbeat of it has yet to be answered. */
  readonly knows: Assignment | null
  /** Its heartbeats have ceased: its process stopped or is gone, or its line was cut. */
  readonly silent: false | 'stopped' | 'cut off'
}

export interface ShareCoordinatorState {
  /** In the order in which they came. */
  readonly members: readonly ShareMember[]
  readonly assignments: Readonly<Record<string, Assignment>>
  /** By topic, the leader epochs of its partitions: what the metadata said last. */
  readonly topics: Readonly<Record<string, readonly number[]>>
}

type Self = Me<ShareCoordinatorSettings>
type Sends = (readonly [port: string, envelope: Envelope])[]

const rule = ruleFor<ShareCoordinatorState, ShareCoordinatorSettings, KafkaEnvelope>()

const EMPTY: ShareCoordinatorState = { members: [], assignments: {}, topics: {} }

const memberOf = (s: ShareCoordinatorState, id: string): ShareMember | undefined =>
  s.members.find((member) => member.id === id)

function isSame(a: Assignment, b: Assignment): boolean {
  const topics = Object.keys(a)
  if (topics.length !== Object.keys(b).length) return false
  return topics.every((topic) => String(a[topic]) === String(b[topic]))
}

function answerFor(member: string, assigned: Assignment): ShareGroupHeartbeatResponse {
  return { kind: 'ShareGroupHeartbeatResponse', about: member, member, assigned }
}

const metadataFor = (topic: string, known: readonly number[]): Metadata => ({
  kind: 'Metadata',
  about: topic,
  topic,
  known,
})

/** The partitions are dealt anew, and every member with another assignment than the one it knows hears of it. */
function dealt(s: ShareCoordinatorState): Out<ShareCoordinatorState> {
  const ids = s.members.map(({ id }) => id)
  const counts = Object.fromEntries(
    Object.entries(s.topics).map(([topic, epochs]) => [topic, epochs.length]),
  )
  const assignments = assignSimple(ids, counts, s.assignments)
  const send: Sends = []
  const members = s.members.map((member): ShareMember => {
    const now = assignments[member.id] as Assignment
    if (member.knows === null || isSame(member.knows, now)) return member
    send.push([member.port, answerFor(member.id, now)])
    return { ...member, knows: null }
  })
  return { self: { ...s, members, assignments }, send }
}

/** A process that comes under a new id beats no more under its old one. */
function joined(s: ShareCoordinatorState, e: ShareGroupHeartbeat, port: string) {
  const others = s.members.map((each): ShareMember => {
    return each.port === port ? { ...each, silent: 'stopped' } : each
  })
  const { member: id, topics, assigned } = e
  return {
    ...s,
    members: [...others, { id, port, topics, knows: assigned, silent: false } as const],
  }
}

function join(
  s: ShareCoordinatorState,
  e: ShareGroupHeartbeat,
  me: Self,
): Out<ShareCoordinatorState> {
  const { self, send = [] } = dealt(joined(s, e, me.port))
  const unknown = e.topics.filter((topic) => s.topics[topic] === undefined)
  const asked = unknown.map((topic) => ['controller', metadataFor(topic, [])] as const)
  return { self: self as ShareCoordinatorState, send: [...send, ...asked] }
}

/** One that is answered at once, or kept until there is news. */
function beat(s: ShareCoordinatorState, e: ShareGroupHeartbeat): Out<ShareCoordinatorState> {
  const now = s.assignments[e.member] as Assignment
  const isNews = !isSame(e.assigned, now)
  const knows = isNews ? null : e.assigned
  const members = s.members.map((each): ShareMember => {
    return each.id === e.member ? { ...each, knows, silent: false } : each
  })
  const self = { ...s, members }
  return isNews ? { self, reply: answerFor(e.member, now) } : { self }
}

function learn(s: ShareCoordinatorState, e: MetadataResponse): Out<ShareCoordinatorState> {
  const changed = dealt({ ...s, topics: { ...s.topics, [e.topic]: e.epochs } })
  return { ...changed, reply: metadataFor(e.topic, e.epochs) }
}

function remove(s: ShareCoordinatorState, id: string): Out<ShareCoordinatorState> {
  return dealt({ ...s, members: s.members.filter((member) => member.id !== id) })
}

function quieten(s: ShareCoordinatorState, id: string): ShareCoordinatorState {
  const members = s.members.map((each): ShareMember => {
    return each.id === id ? { ...each, silent: 'stopped' } : each
  })
  return { ...s, members }
}

function loseConnection(s: ShareCoordinatorState, port: string, cut: boolean) {
  const members = s.members.map((each): ShareMember => {
    if (each.port !== port || each.silent === 'stopped') return each
    return { ...each, silent: cut ? 'cut off' : 'stopped' }
  })
  return { ...s, members }
}

function timeOut(s: ShareCoordinatorState, member: string, me: Self): Out<ShareCoordinatorState> {
  const reason = 'no heartbeat within share.session.timeout.ms'
  const seen: Seen = {
    kind: 'memberRemoved',
    actor: me.id,
    group: me.settings.group,
    member,
    reason,
  }
  return { ...remove(s, member), observe: [seen] }
}

export const shareCoordinatorKind: Kind<ShareCoordinatorState, ShareCoordinatorSettings> = {
  name: 'kafka share group coordinator',
  init: () => EMPTY,
  rules: claiming(shareCoordinatorClaims, [
    rule({
      name: 'JoinShareGroup',
      on: 'ShareGroupHeartbeat',
      cites: 'KIP-932: a heartbeat with member epoch 0; assignor simple',
      when: { 'it is no member yet': (s, e) => memberOf(s, e.member) === undefined },
      then: (s, e, _x, me) => join(s, e, me),
    }),
    rule({
      name: 'ShareGroupHeartbeat',
      on: 'ShareGroupHeartbeat',
      cites: 'GroupMetadataManager.shareGroupHeartbeat; beats without news are left out',
      when: { 'it is a member': (s, e) => memberOf(s, e.member) !== undefined },
      then: (s, e) => beat(s, e),
    }),
    rule({
      name: 'ShareGroupHeartbeatsStop',
      on: 'ShareGroupHeartbeatsStop',
      cites: 'A paused process sends no heartbeat; its connection stays open',
      then: (s, e) => ({ self: quieten(s, e.member) }),
    }),
    rule({
      name: 'LeaveShareGroup',
      on: 'LeaveShareGroup',
      cites: 'KIP-932: a heartbeat with member epoch -1',
      then: (s, e) => remove(s, e.member),
    }),
    rule({
      name: 'MetadataResponse',
      on: 'MetadataResponse',
      cites: 'The metadata image: partitions that were added are assigned too',
      then: (s, e) => learn(s, e),
    }),
    rule({
      name: 'ConnectionClosed',
      on: 'ConnectionClosed',
      cites:
        'A coordinator takes no notice of a closed socket of a member: its session has to run out',
      ready: { 'it was a member’s': (_s, me) => me.port !== 'controller' },
      then: (s, e, _x, me) => ({ self: loseConnection(s, me.port, e.cut === true) }),
    }),
    rule({
      name: 'ReconnectToController',
      on: 'ConnectionClosed',
      ready: { 'it was the controller': (_s, me) => me.port === 'controller' },
      then: (s) => ({
        send: Object.entries(s.topics).map(([topic, epochs]) => [
          'controller',
          metadataFor(topic, epochs),
        ]),
      }),
    }),
    rule({
      name: 'SessionTimeoutExpires',
      timer: true,
      reads: ['share.session.timeout.ms'],
      cites: 'GroupMetadataManager.scheduleShareGroupSessionTimeout',
      each: (s) => s.members.map(({ id }) => id),
      when: {
        'its heartbeats have ceased': (s, _e, id) => memberOf(s, id)?.silent !== false,
      },
      // One whose line was cut is back within retry.backoff.ms.
      usual: (s, _e, id) => memberOf(s, id)?.silent === 'stopped',
      takes: (settings) => [
        settings['share.session.timeout.ms'],
        settings['share.session.timeout.ms'],
      ],
      then: (s, _e, id, me) => timeOut(s, id, me),
    }),
  ]),
}
