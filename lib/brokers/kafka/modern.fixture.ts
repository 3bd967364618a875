// A group with group.protocol=consumer on the test bench, and what its members say to it.
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { modernCoordinatorKind } from './modern-coordinator.ts'
import type { ModernGroupState, ModernMember, ModernSettings } from './modern-state.ts'
import type { Assignment } from './protocol.ts'

export const modernSettings: ModernSettings = {
  group: 'payments',
  'group.consumer.session.timeout.ms': 45_000,
  'max.poll.interval.ms': 300_000,
  longestPollMs: 1000,
  topics: { orders: { partitions: 4 }, refunds: { partitions: 1 } },
}

const PORTS = {
  a: 'connection',
  b: 'connection',
  c: 'connection',
  controller: 'connection',
} as const

export interface Says {
  readonly epoch?: number
  readonly topics?: readonly string[]
  readonly owned?: readonly number[]
  readonly assignor?: string
  readonly instance?: string
}

export interface ModernBench {
  readonly group: Bench<ModernGroupState>
  /** A heartbeat of a member, on the port of its first letter. */
  readonly beat: (member: string, says?: Says) => void
  readonly join: (member: string, says?: Says) => void
  /** What a member has been answered since the last call: 'epoch [lanes]' or the error. */
  readonly told: (port: string) => readonly string[]
  readonly member: (id: string) => ModernMember | undefined
}

function written({ error, memberEpoch, assignment }: Told): string {
  if (error !== undefined) return error
  if (assignment === undefined) return `${memberEpoch}`
  const lanes = Object.entries(assignment).flatMap(([topic, list]) =>
    list.map((each) => (topic === 'orders' ? `${each}` : `${topic}/${each}`)),
  )
  return `${memberEpoch} [${lanes.join(' ')}]`
}
interface Told {
  readonly error?: string
  readonly memberEpoch: number
  readonly assignment?: Assignment
}

export function modernGroup(change: Partial<ModernSettings> = {}): ModernBench {
  const settings = { ...modernSettings, ...change }
  const group = benchOf(modernCoordinatorKind, 'payments-coordinator', settings, PORTS)
  const memberOf = (id: string) => group.state.members.find((each) => each.id === id)
  const beat = (member: string, { epoch, owned, ...says }: Says = {}) => {
    const memberEpoch = epoch ?? memberOf(member)?.epoch ?? 0
    const about = { kind: 'ConsumerGroupHeartbeat', member, memberEpoch }
    const owns = owned === undefined ? {} : { owned: { orders: owned } }
    group.hears(member.slice(0, 1), { ...about, ...says, ...owns } as never)
  }
  return {
    group,
    beat,
    join: (member, says = {}) => beat(member, { epoch: 0, topics: ['orders'], ...says }),
    told: (port) => group.sent(port).map(written),
    member: memberOf,
  }
}

/** a#0 with partitions 0 and 1, b#0 with 2 and 3, both at epoch 3 and beating. */
export function settled(change: Partial<ModernSettings> = {}): ModernBench {
  const it = modernGroup(change)
  it.join('a#0')
  it.join('b#0')
  it.beat('a#0')
  it.beat('a#0', { owned: [0, 1] })
  it.beat('b#0')
  for (const id of ['a#0', 'b#0']) it.beat(id)
  for (const port of ['a', 'b', 'c', 'controller']) it.group.sent(port)
  return it
}
