// Where a coordinator lives. It is an actor of its own, a partition of __consumer_offsets with the code that serves
// it, because it outlives the process that hosts it: another node loads the same log and goes on. Every kind of
// coordinator can be hosted so: it says what its log holds, and these rules do the rest.
//
// What a hosting node does to it reaches it over their line: a node that dies, stands still or is cut off hangs
// up (a coordinator on a node without its followers cannot append, so its answers would be worth nothing), and
// one that is in service again says NodeUp. While it lives nowhere, what clients ask waits for it: that stands for
// FindCoordinator every retry.backoff.ms, answered with COORDINATOR_NOT_AVAILABLE.
import { ruleFor } from '../../engine/rule.ts'
import type { Me, Out, Rule } from '../../engine/types.ts'
import type { KafkaEnvelope } from './protocol.ts'
import type { ClusterEnvelope } from './protocol-cluster.ts'

/** Part of the state of a coordinator that nodes host. Null where they are not told apart. */
export interface Host {
  /** Id of the node; '' while there is none. */
  readonly node: string
  /** Where it lived before it lost its node; '' while it has one. */
  readonly last: string
  /** Nodes with a replica of its log that are out of service. */
  readonly down: readonly string[]
}

export interface Hosted {
  readonly host: Host | null
}

export interface HostedSettings {
  /** Nodes with a replica of its log, the first one to host it first; absent where they are not told apart. */
  readonly replicas?: readonly string[]
  readonly 'broker.session.timeout.ms'?: number
}

/** What there is when a node has loaded the log: nothing that was only in memory. */
export type Load<S, C> = (s: S, me: Me<C>) => S

export function firstHost({ replicas }: HostedSettings): Host | null {
  const node = replicas?.[0]
  return node === undefined ? null : { node, last: '', down: [] }
}

export const isAtHome = ({ host }: Hosted): boolean => host === null || host.node !== ''

type Self = Me<HostedSettings>

const NOWHERE: readonly string[] = []
const replicasOf = (me: Self): readonly string[] => me.settings.replicas ?? NOWHERE

/** Whether what has arrived comes from a node that may host it, and not from a client. */
export const isFromNode = (me: Self): boolean => replicasOf(me).includes(me.port)

function clientsOf(me: Self): readonly string[] {
  return me.ports.filter((port) => !replicasOf(me).includes(port))
}

/** The next node that could take over; '' where there is none. */
function successor(host: Host, me: Self): string {
  const able = replicasOf(me).filter((id) => id !== host.node && !host.down.includes(id))
  return able[0] ?? ''
}

function without(host: Host, port: string): Host {
  return { ...host, down: host.down.filter((id) => id !== port) }
}

const hostOf = (s: Hosted): Host => s.host ?? { node: '', last: '', down: [] }
const placed = <S extends Hosted>(s: S, host: Host): S => ({ ...s, host })

function moving<S extends Hosted, C extends HostedSettings>(load: Load<S, C>) {
  return (s: S, node: string, me: Me<C>): Out<S> => ({
    self: load(placed(s, { ...without(hostOf(s), node), node, last: '' }), me),
    hangUp: clientsOf(me),
  })
}

/** The rules of being hosted, for one kind of coordinator. */
export function hostRules<S extends Hosted, C extends HostedSettings>(
  load: Load<S, C>,
): readonly Rule[] {
  const rule = ruleFor<S, C, KafkaEnvelope | ClusterEnvelope>()
  const moved = moving(load)
  const lives = (s: S, me: Me<C>): boolean => isFromNode(me) && hostOf(s).node === me.port
  return [
    rule({
      name: 'HostLost',
      on: 'ConnectionClosed',
      anytime: true,
      cites:
        'A dead node takes its coordinators with it: their clients see their connections close',
      ready: { 'it lives on that node': lives },
      then: (s, _e, _x, me) => {
        const { down } = hostOf(s)
        const self = placed(s, { node: '', last: me.port, down: [...down, me.port] })
        return { self, hangUp: clientsOf(me) }
      },
    }),
    rule({
      name: 'HostDown',
      on: 'ConnectionClosed',
      anytime: true,
      ready: {
        'it was a node': (_s, me) => isFromNode(me),
        'it does not live on that node': (s, me) => !lives(s, me),
      },
      then: (s, _e, _x, me) => {
        const host = without(hostOf(s), me.port)
        return { self: placed(s, { ...host, down: [...host.down, me.port] }) }
      },
    }),
    rule({
      name: 'HostUp',
      on: 'NodeUp',
      anytime: true,
      cites: 'A node that is unfenced may lead again',
      ready: {
        'it did not live there last, or lives elsewhere by now': (s, me) =>
          hostOf(s).last !== me.port,
      },
      then: (s, _e, _x, me) => ({ self: placed(s, without(hostOf(s), me.port)) }),
    }),
    rule({
      name: 'HostBack',
      on: 'NodeUp',
      anytime: true,
      cites:
        'Nobody else has taken over: its node stood still for less than a session, or has the only replica',
      ready: {
        'it lived there last, and lives nowhere now': (s, me) => hostOf(s).last === me.port,
      },
      then: (s, _e, _x, me) => moved(s, me.port, me),
    }),
    rule({
      name: 'ClientGone',
      on: 'ConnectionClosed',
      anytime: true,
      ready: {
        'it lives on no node': (s) => !isAtHome(s),
        'it was a client': (_s, me) => !isFromNode(me),
      },
      then: () => ({}),
    }),
    ...electionRules(load),
  ]
}

/** How it gets another node. */
function electionRules<S extends Hosted, C extends HostedSettings>(
  load: Load<S, C>,
): readonly Rule[] {
  const rule = ruleFor<S, C, KafkaEnvelope | ClusterEnvelope>()
  const moved = moving(load)
  return [
    rule({
      name: 'CoordinatorElected',
      anytime: true,
      reads: ['broker.session.timeout.ms', 'offsets.topic.replication.factor'],
      cites:
        'GroupCoordinator.onElection: the leader of the partition of __consumer_offsets loads it',
      ready: {
        'it lives on no node': (s) => !isAtHome(s),
        'a node with its log is in service': (s, me) => successor(hostOf(s), me) !== '',
      },
      takes: (settings) => {
        const ms = settings['broker.session.timeout.ms'] ?? 0
        return [ms, ms]
      },
      then: (s, _e, _x, me) => moved(s, successor(hostOf(s), me), me),
    }),
    rule({
      name: 'MoveCoordinator',
      fault: { kind: 'move-coordinator' },
      cites:
        'Another leader of its partition of __consumer_offsets: a controlled shutdown, a reassignment',
      ready: {
        'another node with its log is in service': (s, me) => successor(hostOf(s), me) !== '',
      },
      then: (s, _e, _x, me) => moved(s, successor(hostOf(s), me), me),
    }),
  ]
}
