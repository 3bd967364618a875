// Which rules claim to commute, so that a search for a proof need not try every order (lib/drivers/eager.ts). Each
// claim is about what may still come; lib/session/claims.test.ts looks for worlds in which one is wrong.
import type { Claims } from '../../engine/rule.ts'
import type { Kind, Me } from '../../engine/types.ts'
import { type ConsumerSettings, type ConsumerState, isEager } from './consumer-state.ts'
import type { ControllerSettings, ControllerState } from './controller-state.ts'
import type { CoordinatorSettings, CoordinatorState } from './coordinator-state.ts'
import type { ModernGroupState, ModernSettings } from './modern-state.ts'
import type { NodeSettings, NodeState } from './node-state.ts'
import {
  cannotLand,
  type PendingBatch,
  type ProducerSettings,
  type ProducerState,
} from './producer-state.ts'
import type { ShareConsumerSettings, ShareConsumerState } from './share-consumer-state.ts'
import type { ShareCoordinatorSettings, ShareCoordinatorState } from './share-coordinator.ts'

const P = 'in peace' as const

/** Where nobody else can lead, what a client knows of leaders does not change. */
const isAlone = ({ nodes }: { readonly nodes: readonly string[] }): boolean => nodes.length === 1
const alone = { given: isAlone }
/** Partitions that are kept through a rebalance are fetched from meanwhile. */
const eager = {
  given: (settings: ConsumerSettings) =>
    settings['group.protocol'] === 'classic' && isEager(settings),
}
/** The answer to its leaving may reach the next process. */
const classic = {
  given: (settings: ConsumerSettings) => settings['group.protocol'] === 'classic',
}
/** With several workers, which of them is done first decides what is committed. */
const single = { given: ({ handler }: ConsumerSettings) => handler.workers === 1 }

/** A message that fails goes to another topic. */
export const writesAside = ({ handler }: ConsumerSettings): boolean =>
  handler.onFailure === 'retry-topic' || handler.onFailure === 'dead-letter-topic'

/** By these a rebalance comes about, in either protocol; while none of them can come, every member keeps its partitions. */
export const REBALANCING = [
  'ConnectionClosed',
  'ConsumerGroupHeartbeat',
  'ConsumerGroupHeartbeatResponse',
  'Heartbeat',
  'HeartbeatResponse',
  'HeartbeatsStop',
  'JoinGroup',
  'JoinGroupResponse',
  'LeaveGroup',
  'SyncGroup',
  'SyncGroupResponse',
] as const

/** A member with its partitions, which will leave them to nobody unless it is told to. */
export function isSettled(s: ConsumerState, settings: ConsumerSettings): boolean {
  const { phase, rejoin, lost, fatal } = s.group
  const { handler, 'max.poll.records': most, 'max.poll.interval.ms': interval } = settings
  return (
    s.process === 'running' &&
    !s.paused &&
    !s.stalled &&
    !s.closing &&
    phase === 'stable' &&
    !rejoin &&
    !lost &&
    fatal === '' &&
    isAlone(settings) &&
    handler.workers === 1 &&
    most * handler.ms[1] < interval &&
    !s.work.workers.some((worker) => worker.phase === 'blocked')
  )
}

/** Every member has its partitions and has said that it lives. */
export const isCalm = ({ phase, delays, members, host }: CoordinatorState): boolean =>
  phase === 'Stable' &&
  delays < 0 &&
  host === null &&
  members.every(({ parked, silent, unsynced }) => parked === 'Heartbeat' && !silent && !unsynced)

/** The same of a group whose members follow by themselves. */
export const isModernCalm = ({ epoch, targetEpoch, members }: ModernGroupState): boolean =>
  epoch === targetEpoch &&
  members.every(
    (member) =>
      member.state === 'STABLE' && member.epoch === epoch && member.parked && !member.silent,
  )

/** Silent about each of these kinds where that holds. */
export function silentAbout<S, C>(
  kinds: readonly string[],
  holds: (s: S, me: Me<C>) => boolean,
): NonNullable<Kind<S, C>['silent']> {
  return Object.fromEntries(kinds.map((kind) => [kind, holds]))
}

const settled = { except: REBALANCING }

/** Who has no partitions has nothing to come that would tell before from after. */
const withoutLanes = { ...eager, where: ({ lanes }: ConsumerState) => lanes.length === 0 }

export const consumerClaims: Claims<ConsumerState, ConsumerSettings> = {
  ApplyEffect: P,
  CallBroken: P,
  CheckSeen: P,
  EffectAnswer: single,
  EffectPostponed: P,
  // One that commits by itself commits what it polls.
  FetchResponse: {
    ...settled,
    given: (settings) => !settings['enable.auto.commit'],
  },
  // An answer from before the last assignment may be taken for one that is being asked for now.
  IgnoreFetchResponse: {
    ...settled,
    where: (s) => s.lanes.every(({ state }) => state === 'ready'),
  },
  HeartbeatRebalancing: withoutLanes,
  HeartbeatRefused: withoutLanes,
  IgnoreBrokenCall: P,
  IgnoreHeartbeatResponse: eager,
  IgnoreLateAnswer: P,
  IgnoreOffsetFetchResponse: eager,
  JoinGroup: withoutLanes,
  JoinGroupRefused: eager,
  JoinGroupResponse: eager,
  ListOffsetsResponse: settled,
  MarkAnswer: single,
  MarkSeen: P,
  MetadataResponse: alone,
  OffsetCommitResponse: P,
  OffsetCommit: settled,
  ReconnectToController: P,
  // What it had sent aside it sends again, and does not know whether that is written twice.
  ReconnectToNode: { given: (settings) => isAlone(settings) && !writesAside(settings) },
  Restart: classic,
  Resume: P,
  RetryCall: P,
  SeenAnswer: single,
  SyncGroupRebalancing: eager,
  SyncGroupRefused: eager,
  SyncGroupResponse: eager,
}

const ofOne = { given: ({ cluster }: NodeSettings) => cluster === undefined }
/** What is read depends on what has been written by then, and on which transactions have ended. */
const reading = { ...ofOne, except: ['Produce', 'WriteTxnMarkers'] }

export const nodeClaims: Claims<NodeState, NodeSettings> = {
  ConnectionClosed: ofOne,
  Fetch: reading,
  ListOffsets: reading,
  ParkFetch: reading,
}

const withoutReplicas = {
  given: (settings: ControllerSettings) => settings['broker.session.timeout.ms'] === undefined,
}

export const controllerClaims: Claims<ControllerState, ControllerSettings> = {
  ConnectionClosed: withoutReplicas,
  Metadata: withoutReplicas,
  ParkMetadata: withoutReplicas,
}

const unhosted = { given: ({ replicas }: CoordinatorSettings) => replicas === undefined }

export const coordinatorClaims: Claims<CoordinatorState, CoordinatorSettings> = {
  ConnectionClosed: unhosted,
  Heartbeat: unhosted,
  HeartbeatsStop: unhosted,
  OffsetCommit: settled,
  OffsetFetch: settled,
}

/** With several workers, which of them is done first decides what is acknowledged. */
const shareSingle = { given: ({ handler }: ShareConsumerSettings) => handler.workers === 1 }
/** Where there is but one partition, who reads at all reads that. */
const ofOnePartition = {
  given: isAlone,
  where: (s: ShareConsumerState, { settings: { topic } }: Me<ShareConsumerSettings>) =>
    s.metadata[topic]?.leaders.length === 1,
}

export const shareConsumerClaims: Claims<ShareConsumerState, ShareConsumerSettings> = {
  ApplyEffect: shareSingle,
  CallBroken: P,
  EffectAnswer: shareSingle,
  EffectPostponed: P,
  IgnoreBrokenCall: P,
  IgnoreLateAnswer: P,
  // What is fetched already keeps its thread from polling.
  JoinShareGroup: {
    given: isAlone,
    where: ({ fetching, buffer }) => fetching.length + buffer.length === 0,
  },
  MetadataResponse: alone,
  Poll: alone,
  Resume: P,
  RetryCall: shareSingle,
  ShareAcknowledge: alone,
  ShareAcknowledgeResponse: alone,
  ShareFetch: ofOnePartition,
  ShareFetchResponse: alone,
  ShareGroupHeartbeatResponse: ofOnePartition,
}

/** Each that is silent has begun anew under another id, and so will never be heard of again. */
const areReplaced = ({ members }: ShareCoordinatorState): boolean =>
  members.every(({ silent, port, id }) => {
    const last = members.findLast((each) => each.port === port)
    return silent === false || last?.id !== id
  })

export const shareCoordinatorClaims: Claims<ShareCoordinatorState, ShareCoordinatorSettings> = {
  ConnectionClosed: P,
  SessionTimeoutExpires: { where: areReplaced },
  ShareGroupHeartbeat: P,
  ShareGroupHeartbeatsStop: P,
}

/** Nobody is about to be put out, of which those would be told who still seem to be there. */
const allAlive = { where: ({ members }: ModernGroupState) => !members.some(({ silent }) => silent) }

export const modernCoordinatorClaims: Claims<ModernGroupState, ModernSettings> = {
  ConnectionClosed: allAlive,
  HeartbeatsStop: allAlive,
  OffsetCommit: settled,
  OffsetFetch: settled,
}

/** Nothing has gone wrong, and so nothing will as long as nothing befalls anybody. */
function isSound(
  s: ProducerState,
  { 'max.in.flight.requests.per.connection': most }: ProducerSettings,
) {
  const sound = (batch: PendingBatch) =>
    batch.status === 'in flight' && batch.attempts === 1 && !cannotLand(s, batch.id)
  return (
    s.life === 'running' &&
    !s.stale &&
    s.transaction === null &&
    s.outbox.length === 0 &&
    s.lanes.every(({ queue, unresolved }) => queue.length === 0 && !unresolved) &&
    s.inFlight.every((flights) => flights.length < most && flights.every(sound))
  )
}

const sound: Claims<ProducerState, ProducerSettings>[string] = {
  given: (settings) => isAlone(settings) && settings.acks !== '0',
  where: (s, me) => isSound(s, me.settings),
  despite: ['crash', 'deploy', 'force-rebalance', 'stall-handler'],
}

export const producerClaims: Claims<ProducerState, ProducerSettings> = {
  ControllerDisconnected: P,
  MetadataResponse: alone,
  ProduceResponse: sound,
  Restart: P,
  SendNext: sound,
}

/** It has published all that it has to, and every answer is in: it has no reason to send anything again. */
export function hasFinished(s: ProducerState, settings: ProducerSettings): boolean {
  return (
    s.transaction === null &&
    s.outbox.length === 0 &&
    !settings.inService &&
    s.next >= settings.workload.count &&
    s.lanes.every(({ queue }) => queue.length === 0) &&
    s.inFlight.every((flights) => flights.length === 0)
  )
}
