// The controller and the nodes: who lives, who leads, who is in sync (ClusterControlManager,
// ReplicationControlManager). A killed process is noticed only when its session is over.
import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import {
  andThen,
  type BrokerState,
  type Change,
  type ControllerState,
  factsOf,
  NO_PARTITIONS,
  rule,
  type Self,
  type Sends,
  stateOfPartition,
  tellClients,
  unchanged,
  withBroker,
} from './controller-state.ts'
import { type LaneOf, laneName, laneOf } from './node-state.ts'
import {
  elect,
  type Facts,
  type Partition,
  withAsked,
  withoutFenced,
  withoutUnclean,
} from './partition-registration.ts'
import type {
  AlterPartition,
  AlterPartitionResponse,
  BrokerRegistrationResponse,
  MetadataFetchResponse,
  PartitionState,
  WriteShareGroupState,
} from './protocol-cluster.ts'

export const nodeAt = (me: Self): number => me.settings.nodes.indexOf(me.port)
const isNode = (_s: ControllerState, me: Self): boolean => nodeAt(me) >= 0
const brokerAt = (s: ControllerState, me: Self): BrokerState | undefined => s.brokers[nodeAt(me)]

function tellingOf(p: PartitionState, me: Self): Seen {
  const { topic: stream, partition: lane, leader, isr: nodes } = p
  return { kind: 'inSync', actor: me.id, stream, lane, leader, nodes }
}

/** Every node that holds a replica hears of the change, at once or as soon as it asks. */
function tellNodes(s: ControllerState, p: PartitionState, facts: Facts, me: Self): Change {
  const name = laneName(p.topic, p.partition)
  const answer: MetadataFetchResponse = {
    kind: 'MetadataFetchResponse',
    about: name,
    partitions: [p],
  }
  const told = facts.replicas.filter((node) => s.brokers[node]?.listening === true)
  const brokers = s.brokers.map((each, node) => {
    if (!facts.replicas.includes(node)) return each
    if (told.includes(node)) return { ...each, listening: false }
    return each.stale.includes(name) ? each : { ...each, stale: [...each.stale, name] }
  })
  const send: Sends = told.map((node) => [me.settings.nodes[node] as string, answer] as const)
  return { self: { ...s, brokers }, send, observe: [tellingOf(p, me)] }
}

type Changing = (p: Partition, facts: Facts) => Partition

function lanesOf(s: ControllerState): readonly LaneOf[] {
  return Object.entries(s.partitions).flatMap(([topic, all]) =>
    all.map((_, partition) => ({ topic, partition })),
  )
}

/** Partitions of which a node has a replica. */
function heldBy(s: ControllerState, node: number, me: Self): readonly LaneOf[] {
  return lanesOf(s).filter(({ topic, partition }) =>
    factsOf(s, topic, partition, me).replicas.includes(node),
  )
}

type Next = (at: ControllerState, lane: LaneOf) => Change

/** One partition after the other. */
function forAll(s: ControllerState, lanes: readonly LaneOf[], next: Next): Change {
  return lanes.reduce((now, lane) => andThen(now, (at) => next(at, lane)), unchanged(s))
}

/** Whom a change concerns is told. */
function changeAll(s: ControllerState, change: Changing, me: Self): Change {
  return forAll(s, lanesOf(s), (at, lane) => changeOne(at, lane, change, me))
}

function changeOne(
  s: ControllerState,
  { topic, partition }: LaneOf,
  change: Changing,
  me: Self,
): Change {
  const all = s.partitions[topic] ?? NO_PARTITIONS
  const before = all[partition] as Partition
  const facts = factsOf(s, topic, partition, me)
  const after = change(before, facts)
  if (isSame(before, after)) return unchanged(s)
  const self = { ...s, partitions: { ...s.partitions, [topic]: all.with(partition, after) } }
  const isOld = before.epoch === after.epoch && isSameList(before.isr, after.isr)
  if (isOld) return unchanged(self)
  const told = tellNodes(self, stateOfPartition(self, topic, partition, me), facts, me)
  return before.epoch === after.epoch ? told : andThen(told, (at) => tellClients(at, topic))
}

const isSameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i])

function isSame(a: Partition, b: Partition): boolean {
  return (
    a.epoch === b.epoch &&
    a.lastKnownLeader === b.lastKnownLeader &&
    isSameList(a.isr, b.isr) &&
    isSameList(a.elr, b.elr)
  )
}

/** Its session is over: it is fenced. A process of it that waited to register does so now. */
function fence(s: ControllerState, node: number, me: Self): Change {
  const { registering } = s.brokers[node] as BrokerState
  const fenced = withBroker(s, node, { fenced: true })
  const without = changeAll(fenced, (p, facts) => withoutFenced(p, node, facts), me)
  return registering ? andThen(without, (at) => register(at, node, me)) : without
}

/** What was placed on fenced nodes: they lead nothing and are in no ISR (buildPartitionRegistration). */
export function withoutAllFenced(s: ControllerState, me: Self): Change {
  const fenced = s.brokers.flatMap((each, node) => (each.fenced ? [node] : []))
  if (fenced.length === 0) return unchanged(s)
  const change: Changing = (before, facts) =>
    fenced.reduce((p, node) => withoutFenced(p, node, facts), before)
  return changeAll(s, change, me)
}

/** Whether it is fenced or not, it may lead from now on what has no leader. */
function unfence(s: ControllerState, node: number, me: Self): Change {
  const active = withBroker(s, node, { fenced: false, silent: false, registering: false })
  return changeAll(active, elect, me)
}

/**
 * A fenced node is refused when a leader wants it in the ISR. That it is none any more the leaders read in the metadata log
 * (BrokerRegistrationChangeRecord), and ask again: its fetch, which comes again and again, waits there already.
 */
function tellLeaders(s: ControllerState, node: number, me: Self): Change {
  return forAll(s, heldBy(s, node, me), (at, { topic, partition }) => {
    const { isr, leader } = (at.partitions[topic] ?? NO_PARTITIONS)[partition] as Partition
    if (isr.includes(node)) return unchanged(at)
    const facts = factsOf(at, topic, partition, me)
    const p = stateOfPartition(at, topic, partition, me)
    const { self, send } = tellNodes(at, p, { ...facts, replicas: [leader] }, me)
    return { self, send, observe: [] }
  })
}

/** It is told of everything that it holds, so that nothing is new to it after that. */
function register(s: ControllerState, node: number, me: Self): Change {
  const cleaned = changeAll(s, (p, facts) => withoutUnclean(p, node, facts), me)
  const back = andThen(cleaned, (at) => unfence(at, node, me))
  const partitions = heldBy(back.self, node, me).map(({ topic, partition }) =>
    stateOfPartition(back.self, topic, partition, me),
  )
  const answer: BrokerRegistrationResponse = { kind: 'BrokerRegistrationResponse', partitions }
  return {
    self: withBroker(back.self, node, { stale: [], listening: false }),
    send: [...back.send, [me.settings.nodes[node] as string, answer]],
    observe: back.observe,
  }
}

/** Told at once of what it has missed; else its question waits. A node that was fenced beats again. */
function listen(s: ControllerState, me: Self): Change {
  const node = nodeAt(me)
  const beating = withBroker(s, node, { silent: false })
  const wasFenced = brokerAt(s, me)?.fenced === true
  const { self, send, observe } = wasFenced
    ? andThen(unfence(beating, node, me), (at) => tellLeaders(at, node, me))
    : unchanged(beating)
  const { stale } = self.brokers[node] as BrokerState
  if (stale.length === 0) {
    return { self: withBroker(self, node, { listening: true }), send, observe }
  }
  const partitions = stale.map((name) => {
    const { topic, partition } = laneOf(name)
    return stateOfPartition(self, topic, partition, me)
  })
  const answer: MetadataFetchResponse = { kind: 'MetadataFetchResponse', partitions }
  return {
    self: withBroker(self, node, { listening: false, stale: [] }),
    send: [...send, [me.port, answer]],
    observe,
  }
}

function silence(s: ControllerState, node: number): ControllerState {
  return withBroker(s, node, { silent: true, listening: false, registering: false })
}

/** What was on its way to it may be lost: it is told everything once more. */
function disconnect(s: ControllerState, node: number, me: Self): ControllerState {
  const stale = heldBy(s, node, me).map((lane) => laneName(lane.topic, lane.partition))
  return silence(withBroker(s, node, { stale }), node)
}

type AlterError = NonNullable<AlterPartitionResponse['error']>

/** ReplicationControlManager.validateAlterPartitionData. */
function alterErrorOf(s: ControllerState, e: AlterPartition, me: Self): AlterError | null {
  const now = stateOfPartition(s, e.topic, e.partition, me)
  if (now.epoch !== e.leaderEpoch || now.leader !== me.port) return 'FENCED_LEADER_EPOCH'
  return now.isr.join() === e.before.join() ? null : 'INVALID_UPDATE_VERSION'
}

function answerTo(s: ControllerState, e: AlterPartition, me: Self): AlterPartitionResponse {
  const { topic, partition, leaderEpoch } = e
  const { isr } = stateOfPartition(s, topic, partition, me)
  const about = laneName(topic, partition)
  return { kind: 'AlterPartitionResponse', about, topic, partition, leaderEpoch, isr }
}

/** Only the leader acts upon an ISR, and it is answered; the others hear of elections alone. */
function alter(s: ControllerState, e: AlterPartition, me: Self): Out<ControllerState> {
  const { topic, partition } = e
  const all = s.partitions[topic] ?? NO_PARTITIONS
  const isr = e.isr.map((id) => me.settings.nodes.indexOf(id))
  const facts = factsOf(s, topic, partition, me)
  const active = isr.filter(facts.isActive)
  const after = withAsked(all[partition] as Partition, active, facts)
  const self = { ...s, partitions: { ...s.partitions, [topic]: all.with(partition, after) } }
  const seen = tellingOf(stateOfPartition(self, topic, partition, me), me)
  return { self, reply: answerTo(self, e, me), observe: [seen] }
}

type LedBy = Pick<WriteShareGroupState, 'topic' | 'partition' | 'leaderEpoch'>

function isOfLeader(s: ControllerState, e: LedBy, me: Self): boolean {
  const now = stateOfPartition(s, e.topic, e.partition, me)
  return now.leader === me.port && now.epoch === e.leaderEpoch
}

/** What is not in the request the leader has forgotten: a group that left no trace. */
function writeShares(s: ControllerState, e: WriteShareGroupState): ControllerState {
  return { ...s, shares: { ...s.shares, [laneName(e.topic, e.partition)]: e.shares } }
}

const NONE: readonly number[] = []

/** Nodes whose session runs out. */
function running(s: ControllerState): readonly number[] {
  let found: number[] | undefined
  for (let node = 0; node < s.brokers.length; node++) {
    const { silent, fenced } = s.brokers[node] as BrokerState
    if (!silent || fenced) continue
    if (found === undefined) found = [node]
    else found.push(node)
  }
  return found ?? NONE
}

const sessionIsOver = (s: ControllerState, me: Self): boolean => brokerAt(s, me)?.fenced === true

export const clusterRules = [
  rule({
    name: 'MetadataFetch',
    on: 'MetadataFetch',
    cites: 'BrokerHeartbeatManager; brokers replicate the metadata log',
    then: (s, _e, _x, me) => listen(s, me),
  }),
  rule({
    name: 'BrokerHeartbeatsStop',
    on: 'BrokerHeartbeatsStop',
    cites: 'A paused process sends no heartbeat; its connection stays open',
    then: (s, _e, _x, me) => ({ self: silence(s, nodeAt(me)) }),
  }),
  rule({
    name: 'BrokerRegistration',
    on: 'BrokerRegistration',
    cites:
      'ClusterControlManager.registerBroker; KIP-966: after an unclean end it is no longer eligible',
    ready: { 'the session of its last process is over': sessionIsOver },
    then: (s, _e, _x, me) => register(s, nodeAt(me), me),
  }),
  rule({
    name: 'ParkRegistration',
    on: 'BrokerRegistration',
    cites: 'DUPLICATE_BROKER_REGISTRATION, after which a broker tries again',
    ready: { 'the session of its last process runs': (s, me) => !sessionIsOver(s, me) },
    then: (s, _e, _x, me) => ({ self: withBroker(s, nodeAt(me), { registering: true }) }),
  }),
  rule({
    name: 'AlterPartition',
    on: 'AlterPartition',
    reads: ['min.insync.replicas'],
    cites: 'ReplicationControlManager.alterPartition; KIP-966',
    when: {
      'it leads, and knows the present ISR': (s, e, _x, me) => alterErrorOf(s, e, me) === null,
    },
    then: (s, e, _x, me) => alter(s, e, me),
  }),
  rule({
    name: 'RefuseAlterPartition',
    on: 'AlterPartition',
    cites: 'FENCED_LEADER_EPOCH; INVALID_UPDATE_VERSION',
    when: {
      'it leads no more, or the ISR was changed meanwhile': (s, e, _x, me) =>
        alterErrorOf(s, e, me) !== null,
    },
    then: (s, e, _x, me) => ({
      reply: { ...answerTo(s, e, me), error: alterErrorOf(s, e, me) as AlterError },
    }),
  }),
  rule({
    name: 'WriteShareGroupState',
    on: 'WriteShareGroupState',
    cites: 'ShareCoordinatorShard.writeState, part of the controller here; KIP-932',
    when: { 'it comes from the leader': (s, e, _x, me) => isOfLeader(s, e, me) },
    then: (s, e) => ({ self: writeShares(s, e) }),
  }),
  rule({
    name: 'FenceShareGroupState',
    on: 'WriteShareGroupState',
    cites: 'ShareCoordinatorShard: FENCED_LEADER_EPOCH',
    when: { 'somebody else leads by now': (s, e, _x, me) => !isOfLeader(s, e, me) },
    then: () => ({}),
  }),
  rule({
    name: 'NodeDisconnected',
    on: 'ConnectionClosed',
    cites: 'A closed socket is no end of a session',
    ready: { 'it was a node': isNode },
    then: (s, _e, _x, me) => ({ self: disconnect(s, nodeAt(me), me) }),
  }),
  rule({
    name: 'BrokerSessionTimeoutExpires',
    timer: true,
    reads: ['broker.session.timeout.ms', 'unclean.leader.election.enable'],
    cites: 'ReplicationControlManager.handleBrokerFenced; PartitionChangeBuilder',
    each: running,
    takes: (settings) => {
      const ms = settings['broker.session.timeout.ms'] ?? 0
      return [ms, ms]
    },
    then: (s, _e, node, me) => fence(s, node, me),
  }),
]
