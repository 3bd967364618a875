// What can happen to a broker's process or machine, and how it comes back. Its disk stays: what it had
// appended is there again, and what it knew of its clients and followers is not.

import type { Seen } from '../../clients/types.ts'
import { neverWhere } from '../../engine/rule.ts'
import type { Envelope, Out } from '../../engine/types.ts'
import { onDisk } from './log-transactions.ts'
import { applyMetadata, askingAgain, METADATA_FETCH } from './node-metadata.ts'
import { fetchesFrom, loseFollower } from './node-replication.ts'
import { writingAgain } from './node-share-written.ts'
import {
  CONTROLLER,
  followerAt,
  isClustered,
  isConnected,
  type NodeState,
  ownLanes,
  portOfFollower,
  replicaOf,
  rule,
  type Self,
  type Sends,
  withReplica,
} from './node-state.ts'
import type { BrokerRegistrationResponse, NodeUp } from './protocol-cluster.ts'

const NODE_UP: NodeUp = { kind: 'NodeUp' }
const STOP: Envelope = { kind: 'BrokerHeartbeatsStop' }
const NO_FETCHES: Envelope = { kind: 'ReplicaFetchesStop' }
const REGISTER: Envelope = { kind: 'BrokerRegistration' }

const hostsOf = (me: Self): readonly string[] => me.settings.cluster?.hosts ?? []
const peersOf = (me: Self): readonly string[] => me.settings.nodes.filter((id) => id !== me.id)

/** Ports to the rest of the cluster: the controller, the other nodes in both roles, its coordinators. */
function clusterPorts(me: Self): readonly string[] {
  const wanted = [CONTROLLER, ...peersOf(me), ...peersOf(me).map(portOfFollower), ...hostsOf(me)]
  return me.ports.filter((port) => wanted.includes(port))
}

const hostPorts = (me: Self) => me.ports.filter((port) => hostsOf(me).includes(port))
const toHosts = (me: Self): Sends => hostPorts(me).map((port) => [port, NODE_UP] as const)

function seenAs(kind: 'crashed' | 'restarted' | 'paused' | 'resumed', me: Self): Seen {
  return { kind, actor: me.id, holding: [] }
}

/** The process is gone. Whom it led and who waited there, it does not know any more. */
function die(s: NodeState, life: 'killed' | 'lost', me: Self): Out<NodeState> {
  const forgotten = ownLanes(s, me).reduce((now, lane) => {
    const replica = replicaOf(now, lane, me)
    return withReplica(now, lane, {
      ...replica,
      log: onDisk(replica.log),
      leading: null,
      leader: '',
    })
  }, s)
  const memory = { isolated: false, slow: false, share: null, verifying: [] }
  const self = { ...forgotten, ...memory, life }
  return { self, hangUp: true, observe: [seenAs('crashed', me)] }
}

function start(s: NodeState, me: Self): Out<NodeState> {
  const observe = [seenAs('restarted', me)]
  return { self: { ...s, life: 'starting' }, send: [[CONTROLLER, REGISTER]], observe }
}

function registered(s: NodeState, e: BrokerRegistrationResponse, me: Self): Out<NodeState> {
  const { self, send, observe } = applyMetadata({ ...s, life: 'running' }, e.partitions, me)
  return { self, send: [...send, ...toHosts(me)], reply: METADATA_FETCH, observe }
}

/** Followers and coordinators are out of reach. */
function isolate(s: NodeState, me: Self): Out<NodeState> {
  const alone = peersOf(me).reduce((now, id) => loseFollower(now, id, me), s)
  return { self: { ...alone, isolated: true }, hangUp: clusterPorts(me) }
}

/** New connections to everybody. It hears from the controller what it has missed. */
function reconnect(s: NodeState, me: Self): Out<NodeState> {
  const self = { ...s, isolated: false }
  const fetches = fetchesFrom(self, me, null)
  return {
    self,
    hangUp: clusterPorts(me),
    send: [
      [CONTROLLER, METADATA_FETCH],
      ...askingAgain(self, me),
      ...writingAgain(self, me),
      ...fetches,
      ...toHosts(me),
    ],
  }
}

/** To the leaders that it follows: no fetch will come. */
function stopping(s: NodeState, me: Self): Sends {
  const leaders = new Set(fetchesFrom(s, me, null).map(([leader]) => leader))
  return s.isolated ? [] : [...leaders].map((leader) => [leader, NO_FETCHES] as const)
}

/** The heartbeat thread stands still too; coordinators that live in the process do not answer. */
function pause(s: NodeState, me: Self): Out<NodeState> {
  return {
    self: { ...s, life: 'paused' },
    hangUp: hostPorts(me),
    send: [[CONTROLLER, STOP], ...stopping(s, me)],
    observe: [seenAs('paused', me)],
  }
}

function resume(s: NodeState, me: Self): Out<NodeState> {
  return {
    self: { ...s, life: 'running' },
    send: [[CONTROLLER, METADATA_FETCH], ...fetchesFrom(s, me, null), ...toHosts(me)],
    observe: [seenAs('resumed', me)],
  }
}

const isDead = (s: NodeState): boolean => s.life === 'killed' || s.life === 'lost'
const isDown = (s: NodeState): boolean => isDead(s) || s.life === 'starting'
const isOfCluster = (me: Self): boolean =>
  me.port === CONTROLLER ||
  me.settings.nodes.includes(me.port) ||
  followerAt(me.port) !== '' ||
  hostsOf(me).includes(me.port)

const REFUSED = [
  'Produce',
  'Fetch',
  'ListOffsets',
  'ReplicaFetch',
  'DeleteRecords',
  'IncrementalAlterConfigs',
  'ShareFetch',
  'ShareAcknowledge',
  'WriteTxnMarkers',
] as const
const OF_CLUSTER = [
  'ReplicaFetchResponse',
  'ReplicaFetchesStop',
  'MetadataFetchResponse',
  'AlterPartitionResponse',
  'AddPartitionsToTxnResponse',
] as const

const CLUSTERED = 'partitions have replicas on several nodes'

export const nodeFaultRules = neverWhere(
  (settings: Self['settings']) => settings.cluster === undefined,
  [
    rule({
      name: 'KillNode',
      fault: { kind: 'kill-node' },
      cites:
        'A killed process in KRaft: the controller notices when broker.session.timeout.ms is over',
      ready: { [CLUSTERED]: isClustered },
      then: (s, _e, _x, me) => die(s, 'killed', me),
    }),
    rule({
      name: 'LoseNode',
      fault: { kind: 'lose-node' },
      cites: 'As a killed process, and nobody starts it again',
      ready: { [CLUSTERED]: isClustered },
      then: (s, _e, _x, me) => die(s, 'lost', me),
    }),
    rule({
      name: 'Restart',
      anytime: true,
      cites: 'BrokerLifecycleManager: registers anew',
      ready: { 'its process was killed': (s) => s.life === 'killed' },
      takes: (settings) => settings.cluster?.restartMs ?? [0, 0],
      then: (s, _e, _x, me) => start(s, me),
    }),
    rule({
      name: 'RestartNode',
      fault: { kind: 'restart-node' },
      anytime: true,
      cites: 'BrokerLifecycleManager: registers anew',
      ready: { 'its process is gone': isDead },
      then: (s, _e, _x, me) => start(s, me),
    }),
    rule({
      name: 'BrokerRegistrationResponse',
      on: 'BrokerRegistrationResponse',
      anytime: true,
      cites: 'ClusterControlManager.registerBroker; the broker opens its port when it is unfenced',
      ready: { 'it is starting': (s) => s.life === 'starting' },
      then: (s, e, _x, me) => registered(s, e, me),
    }),
    rule({
      name: 'RegisterAgain',
      on: 'ConnectionClosed',
      anytime: true,
      ready: {
        'it is starting': (s) => s.life === 'starting',
        'it was the controller': (_s, me) => me.port === CONTROLLER,
      },
      then: () => ({ send: [[CONTROLLER, REGISTER]] }),
    }),
    rule({
      name: 'ConnectionRefused',
      on: REFUSED,
      anytime: true,
      cites: 'TCP: nobody listens on the port of a process that is gone, or has not registered yet',
      ready: { 'nobody listens': isDown },
      then: (_s, _e, _x, me) => ({ hangUp: [me.port] }),
    }),
    rule({
      name: 'ProcessGone',
      on: ['ConnectionClosed', 'BrokerRegistrationResponse', ...OF_CLUSTER],
      anytime: true,
      cites: 'TCP: what comes for a dead process is dropped by its machine',
      ready: {
        'nobody listens': isDown,
        'it does not wait for that': (s, me) => s.life !== 'starting' || me.port !== CONTROLLER,
      },
      then: () => ({}),
    }),
    rule({
      name: 'IsolateNode',
      fault: { kind: 'isolate-node' },
      cites: 'A partition of the network between the machines; clients come from elsewhere',
      ready: { [CLUSTERED]: isClustered, 'it is not cut off yet': isConnected },
      then: (s, _e, _x, me) => isolate(s, me),
    }),
    rule({
      name: 'NetworkHeals',
      anytime: true,
      ready: { 'it is cut off from the cluster': (s) => s.isolated },
      takes: (settings) => settings.cluster?.isolatedMs ?? [0, 0],
      then: (s, _e, _x, me) => reconnect(s, me),
    }),
    rule({
      name: 'Unreachable',
      on: ['ReplicaFetch', ...OF_CLUSTER],
      cites: 'What the other nodes send into a cut network is lost',
      ready: { 'it is cut off from the cluster': (s) => s.isolated },
      then: () => ({}),
    }),
    rule({
      name: 'Pause',
      fault: { kind: 'pause' },
      cites: 'A long garbage collection, a stopped process (SIGSTOP): connections stay open',
      ready: { [CLUSTERED]: isClustered },
      then: (s, _e, _x, me) => pause(s, me),
    }),
    rule({
      name: 'Resume',
      anytime: true,
      ready: { 'it is paused': (s) => s.life === 'paused' },
      takes: (settings) => settings.cluster?.pauseMs ?? [0, 0],
      then: (s, _e, _x, me) => resume(s, me),
    }),
    rule({
      name: 'SlowFollower',
      fault: { kind: 'slow-follower' },
      cites: 'Replica fetcher threads that hang or do not keep up, while the node beats',
      ready: { [CLUSTERED]: isClustered, 'its fetchers run': (s) => !s.slow },
      then: (s, _e, _x, me) => ({ self: { ...s, slow: true }, send: stopping(s, me) }),
    }),
    rule({
      name: 'FetchersGoOn',
      anytime: true,
      ready: { 'its fetchers hang': (s) => s.slow },
      takes: (settings) => settings.cluster?.slowMs ?? [0, 0],
      then: (s, _e, _x, me) => ({ self: { ...s, slow: false }, send: fetchesFrom(s, me, null) }),
    }),
    rule({
      name: 'HostedDisconnected',
      on: 'ConnectionClosed',
      cites:
        'A line to a coordinator stands for what the machine knows of itself: it is there again at once',
      ready: {
        'it was a coordinator': (_s, me) => hostsOf(me).includes(me.port),
        'it is not cut off from the cluster': isConnected,
      },
      then: (_s, _e, _x, me) => ({ send: [[me.port, NODE_UP]] }),
    }),
    rule({
      name: 'UnreachableCloses',
      on: 'ConnectionClosed',
      ready: {
        'it is cut off from the cluster': (s) => s.isolated,
        'it was no client, and no follower': (_s, me) =>
          isOfCluster(me) && followerAt(me.port) === '',
      },
      then: () => ({}),
    }),
  ],
)

export const isClientsPort = (_s: NodeState, me: Self): boolean => !isOfCluster(me)
