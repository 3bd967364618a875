// Copies of partitions on their nodes: what each has, what it believes, and the controller's word.
import { describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import { compile } from '../../engine/compile.ts'
import { tapeOf } from '../../engine/tape.ts'
import type { Json, SystemSpec, World } from '../../engine/types.ts'
import { init } from '../../engine/world.ts'
import type { Look } from '../../picture/look.ts'
import type { ReplicaPart } from '../../picture/types.ts'
import { controllerKind } from './controller.ts'
import type { ControllerState } from './controller-state.ts'
import { describe as told } from './describe.ts'
import { drawNodes } from './draw-nodes.ts'
import { drawReplicas, partitionsOf } from './draw-replicas.ts'
import { EMPTY_LOG } from './log.ts'
import { nodeKind } from './node.ts'
import { NEW_NODE, type NodeState } from './node-state.ts'
import { firstRegistration, type Partition } from './partition-registration.ts'
import type { Replica } from './replica.ts'
import { topicConfig } from './settings.ts'

const nodes = ['broker-0', 'broker-1', 'broker-2']
const cluster = (factor: number) => {
  const topics = { orders: topicConfig({ partitions: 2, 'replication.factor': factor }) }
  const settings = { nodes, topics }
  const spec: SystemSpec = {
    actors: [
      { id: 'controller', kind: controllerKind, settings },
      ...nodes.map((id) => ({ id, kind: nodeKind, settings })),
    ],
    links: [],
  }
  return compile(spec)
}
const system = cluster(3)
const fresh = init(system)

const withState = (world: World, id: string, state: unknown): World => {
  const index = system.actorById.get(id)?.index
  return { ...world, actors: world.actors.map((old, i) => (i === index ? (state as Json) : old)) }
}
const replica = (ns: readonly number[], more: Partial<Replica> = {}): Replica => ({
  log: { ...EMPTY_LOG, records: tapeOf(ns.map((n) => message(n))) },
  highWatermark: ns.length,
  leader: 'broker-0',
  epoch: 0,
  leading: null,
  ...more,
})
const on = (world: World, id: string, of: Replica, more: Partial<NodeState> = {}) =>
  withState(world, id, { ...NEW_NODE, replicas: { 'orders/0': of }, ...more })
const led = (world: World, leader: number, more: Partial<Partition> = {}) => {
  const partition = { ...firstRegistration([0, 1, 2]), leader, ...more }
  const other = firstRegistration([1, 2, 0])
  const index = system.actorById.get('controller')?.index ?? 0
  const before = world.actors[index] as unknown as ControllerState
  return withState(world, 'controller', { ...before, partitions: { orders: [partition, other] } })
}
const look = {
  keys: [],
  groups: [],
  storedMs: () => null,
  downSinceMs: () => 500,
} as unknown as Look

const copies = (world: World): readonly ReplicaPart[] => {
  const from = { system, world, look }
  const [first] = partitionsOf(from)
  return first === undefined ? [] : (drawReplicas(first, from) as readonly ReplicaPart[])
}
const leading = (isr: readonly string[]) => ({
  isr,
  asked: null,
  followers: [],
  minIsr: 1,
  parked: [],
  delayed: [],
})

describe('with one replica', () => {
  test('there is nothing to be drawn of copies', () => {
    const single = cluster(1)
    const from = { system: single, world: init(single), look }
    expect(partitionsOf(from).map(({ leader }) => leader.node)).toEqual(['broker-0', 'broker-1'])
    expect(partitionsOf(from).flatMap((each) => drawReplicas(each, from))).toEqual([])
  })
})

describe('with three', () => {
  test('at first all are in sync, and nobody believes what is not so', () => {
    expect(copies(fresh)).toMatchObject([
      { id: 'orders/0@broker-0', node: 'broker-0', leads: true, inSync: true, believes: '' },
      { node: 'broker-1', leads: false, inSync: true, believes: '', end: 0 },
      { node: 'broker-2', leads: false, inSync: true, believes: '', up: true },
    ])
  })

  test('each is drawn with what it has itself; who is in sync is the controller’s word', () => {
    let world = on(
      fresh,
      'broker-0',
      replica([0, 1, 2], { highWatermark: 2, leading: leading(['broker-0', 'broker-1']) }),
    )
    world = on(world, 'broker-1', replica([0, 1], { highWatermark: 1 }))
    world = led(world, 0, { isr: [0, 1] })
    expect(copies(world).map(({ end, watermark, inSync }) => [end, watermark, inSync])).toEqual([
      [3, 2, true],
      [2, 1, true],
      [0, 0, false],
    ])
    expect(copies(world)[0]?.slots.map(({ status }) => status)).toEqual([
      'stored',
      'stored',
      'pending',
    ])
  })

  test('a leader that has not heard of its successor believes that it leads; dead it believes nothing', () => {
    let world = on(fresh, 'broker-0', replica([0, 1], { leading: leading(nodes) }))
    world = on(
      world,
      'broker-1',
      replica([0], { leader: 'broker-1', epoch: 1, leading: leading(['broker-1']) }),
    )
    world = led(world, 1, { epoch: 1 })
    expect(copies(world).map(({ node, leads, believes }) => [node, leads, believes])).toEqual([
      ['broker-1', true, ''],
      ['broker-0', false, 'leads, epoch 0'],
      ['broker-2', false, 'follows broker-0, epoch 0'],
    ])
    expect(copies(world).map(({ claims }) => claims)).toEqual([false, true, false])
    const [, dead] = copies(on(world, 'broker-0', replica([0, 1]), { life: 'killed' }))
    expect(dead).toMatchObject({ up: false, believes: '', claims: false })
    expect(told(system, world, 'broker-0').facts.at(-1)).toBe(
      'Believes of orders/0: leads, epoch 0. The controller says that broker-1 leads it.',
    )
  })

  test('a leader by the controller’s word that has not heard of it yet still follows', () => {
    const world = led(fresh, 1, { epoch: 1 })
    expect(copies(world)[0]).toMatchObject({
      node: 'broker-1',
      leads: true,
      believes: 'follows broker-0, epoch 0',
    })
  })

  test('without a leader the log is drawn as the last one has it, and nobody leads', () => {
    let world = on(fresh, 'broker-1', replica([0, 1], { epoch: 1, leader: 'broker-1' }))
    world = on(world, 'broker-2', replica([0], { epoch: 1, leader: 'broker-1' }))
    world = on(world, 'broker-0', replica([0, 1, 2]))
    world = led(world, -1, { epoch: 2, isr: [], lastKnownLeader: 1 })
    const [first] = partitionsOf({ system, world })
    expect(first).toMatchObject({ hasLeader: false, leader: { node: 'broker-1' } })
    const drawn = copies(world)
    expect(drawn.map(({ node, leads }) => [node, leads])).toEqual([
      ['broker-1', false],
      ['broker-0', false],
      ['broker-2', false],
    ])
    expect(drawn[1]?.believes).toBe('follows broker-0, epoch 0')
    const told0 = on(world, 'broker-0', replica([0], { leader: '', epoch: 2 }))
    expect(copies(told0).find(({ node }) => node === 'broker-0')?.believes).toBe('')
    expect(told(system, world, 'controller').facts).toEqual([
      'Partitions: 2.',
      'Led: orders/0 by nobody; orders/1 by broker-1.',
    ])
  })
})

describe('nodes are processes', () => {
  const drawn = (more: Partial<NodeState>) => {
    const world = withState(fresh, 'broker-1', { ...NEW_NODE, ...more })
    const [, one] = drawNodes({ system, world, look })
    return { card: one, told: told(system, world, 'broker-1') }
  }
  test('that run, with nothing to be said', () => {
    const { card, told } = drawn({})
    expect(card).toMatchObject({ role: 'broker', state: 'running', said: '' })
    expect(card).not.toHaveProperty('ails')
    expect(card).not.toHaveProperty('holds')
    expect(told).toMatchObject({ status: 'running', faulty: false })
  })
  test.each([
    [{ life: 'killed' }, 'crashed', 'down', 'its process is gone, its disk stays'],
    [{ life: 'lost' }, 'crashed', 'down', 'nobody starts it again'],
    [{ life: 'starting' }, 'crashed', 'starts', 'it starts and is not registered yet'],
    [{ life: 'paused' }, 'paused', 'paused', 'its process stands still'],
    [{ isolated: true }, 'running', 'cut off', 'cut off: only clients reach it'],
    [{ slow: true }, 'running', 'slow', 'its fetchers hang: it follows nobody'],
    [{ isolated: true, slow: true }, 'running', 'cut off', 'cut off: only clients reach it'],
    [{ life: 'killed', slow: true }, 'crashed', 'down', 'its process is gone, its disk stays'],
  ] as const)('%j', (more, state, ails, said) => {
    const { card, told } = drawn(more)
    expect(card).toMatchObject({ state, ails, said, sinceMs: 500 })
    expect(told).toMatchObject({ status: ails, faulty: true })
    expect(told.facts[0]?.toLowerCase()).toBe(`${said}.`)
    const isDead = state === 'crashed'
    expect(told.facts.some((fact) => fact.startsWith('On its disk'))).toBe(isDead)
    expect(told.facts.some((fact) => fact.startsWith('Leads'))).toBe(!isDead)
  })
})

test('a node says what it leads and follows, and how far each is settled', () => {
  const leader = replica([0, 1, 2], {
    highWatermark: 2,
    leading: leading(['broker-0', 'broker-1']),
  })
  const world = on(fresh, 'broker-0', leader)
  expect(told(system, world, 'broker-0').facts).toEqual([
    'Leads: orders/0 ends at 3, high watermark 2.',
    'Follows: orders/1 ends at 0.',
    'In sync, as it knows: orders/0 with broker-0, broker-1.',
  ])
  expect(told(system, world, 'broker-2').facts[0]).toBe('Leads: nothing.')
})
