// A group of the classic protocol on the test bench, and what its members say to it.
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import type { Rule } from '../../engine/types.ts'
import { coordinatorKind } from './coordinator.ts'
import type { CoordinatorSettings, CoordinatorState } from './coordinator-state.ts'
import type { Assignment, AssignorName, JoinGroup, OffsetCommit } from './protocol.ts'

export const settings: CoordinatorSettings = {
  group: 'payments',
  'session.timeout.ms': 45_000,
  'max.poll.interval.ms': 300_000,
  'group.initial.rebalance.delay.ms': 3000,
  longestPollMs: 1000,
}
const PORTS = { a: 'connection', b: 'connection', c: 'connection' } as const

export interface ClassicGroup extends Bench<CoordinatorState> {
  /** These return the name of the rule that took what was said. */
  join(member: string, change?: Partial<JoinGroup>): string
  leaves(member: string, reason?: string): string
  commit(member: string, offset: number, change?: Partial<OffsetCommit>): string
  sync(member: string, assignments?: Readonly<Record<string, Assignment>>): void
  beat(member: string, generation?: number): void
  stops(member: string): void
  /** The connection of a port closes. */
  dies(port: string): void
  /** a#1 (leader) and b#1 in generation 1, stable and beating. */
  stable(): void
  /** What has been sent so far is of no interest. */
  silence(): void
  /** Of the answers on a port since the last call. */
  errors(port: string): readonly unknown[]
  /** Ids of the members. */
  members(): readonly string[]
}

/** A member is on the port of its first letter. */
export const portOf = (member: string) => member.slice(0, 1)

export const halves = { 'a#1': { orders: [0, 1] }, 'b#1': { orders: [2] } }

/** What members say. */
function speech(group: Bench<CoordinatorState>) {
  const says = (member: string, envelope: object) => group.hears(portOf(member), envelope as never)
  return {
    join(member: string, change: Partial<JoinGroup> = {}) {
      const topics = ['orders']
      const protocols: AssignorName[] = ['range', 'cooperative-sticky']
      return says(member, { kind: 'JoinGroup', member, topics, owned: {}, protocols, ...change })
    },
    sync(member: string, assignments?: Readonly<Record<string, Assignment>>) {
      const asked = { kind: 'SyncGroup', member, generation: group.state.generation }
      says(member, { ...asked, ...(assignments === undefined ? {} : { assignments }) })
    },
    beat(member: string, generation = group.state.generation) {
      says(member, { kind: 'Heartbeat', member, generation })
    },
    stops(member: string) {
      says(member, { kind: 'HeartbeatsStop', member })
    },
    leaves: (member: string, reason = 'closed') =>
      says(member, { kind: 'LeaveGroup', member, reason }),
    dies(port: string) {
      group.hears(port, { kind: 'ConnectionClosed' })
    },
    commit(member: string, offset: number, change: Partial<OffsetCommit> = {}) {
      const offsets = [{ topic: 'orders', partition: 0, offset }]
      const { generation } = group.state
      const asked = { kind: 'OffsetCommit', member, generation, correlation: 4, offsets }
      return says(member, { ...asked, ...change })
    },
  }
}

export function classicGroup(change: Partial<CoordinatorSettings> = {}): ClassicGroup {
  const given = { ...settings, ...change }
  const bench = benchOf(coordinatorKind, 'payments-coordinator', given, PORTS)
  const said = speech(bench)
  const silence = () => {
    for (const port of Object.keys(PORTS)) bench.sent(port)
  }
  return Object.assign(bench, said, {
    stable() {
      said.join('a#1')
      said.join('b#1')
      bench.does('InitialRebalanceDelay')
      bench.does('InitialRebalanceDelay')
      said.sync('b#1')
      said.sync('a#1', halves)
      said.beat('a#1')
      said.beat('b#1')
      silence()
    },
    silence,
    errors: (port: string) => bench.sent(port).map((each) => each.error),
    members: () => bench.state.members.map((member) => member.id),
  })
}

export const ruleOf = (name: string) =>
  coordinatorKind.rules.find((rule) => rule.name === name) as Rule & Required<Pick<Rule, 'takes'>>
