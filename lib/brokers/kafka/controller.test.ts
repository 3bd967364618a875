import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { type ControllerState, controllerKind } from './controller.ts'
import { epochs, metadata } from './metadata.fixture.ts'
import { firstRegistration } from './partition-registration.ts'
import type { Metadata } from './protocol.ts'
import { topicConfig } from './settings.ts'

let controller: Bench<ControllerState>

beforeEach(() => {
  const settings = {
    nodes: ['broker-0', 'broker-1'],
    topics: { orders: topicConfig({ partitions: 3 }), retries: topicConfig({ partitions: 1 }) },
  }
  const ports = { shop: 'connection', a: 'connection' } as const
  controller = benchOf(controllerKind, 'controller', settings, ports)
})

const ask = (known: number, topic = 'orders'): Metadata => ({
  kind: 'Metadata',
  topic,
  known: epochs(known),
})
const told = (partitions: number, topic = 'orders') => ({
  ...metadata(partitions, 2, topic),
  about: topic,
})

describe('Metadata', () => {
  test('is answered at once to whoever knows something else', () => {
    expect(controller.hears('a', ask(0))).toBe('Metadata')
    controller.hears('a', ask(5, 'retries'))
    expect(controller.sent('a')).toEqual([told(3), told(1, 'retries')])
  })
  test('waits for a change when the client knows the truth', () => {
    expect(controller.hears('a', ask(3))).toBe('ParkMetadata')
    controller.hears('a', ask(3))
    controller.hears('a', ask(1, 'retries'))
    controller.hears('shop', ask(3))
    expect(controller.sent('a')).toEqual([])
    expect(controller.does('AddPartitions', 6)).toEqual([
      { kind: 'lanesAdded', actor: 'controller', stream: 'orders', lanes: 6 },
    ])
    expect(controller.sent('a')).toEqual([told(6)])
    expect(controller.sent('shop')).toEqual([told(6)])
    controller.does('AddPartitions', 7)
    expect(controller.sent('a')).toEqual([])
    expect(controller.state.parked).toEqual([{ port: 'a', topic: 'retries' }])
  })
  test('a topic that does not exist has no partitions', () => {
    expect(controller.hears('a', ask(0, 'nothing'))).toBe('ParkMetadata')
    controller.hears('a', ask(2, 'nothing'))
    expect(controller.sent('a')).toEqual([told(0, 'nothing')])
  })
  test('whoever hung up is not told', () => {
    controller.hears('a', ask(3))
    controller.hears('shop', ask(3))
    controller.hears('a', { kind: 'ConnectionClosed' })
    controller.does('AddPartitions', 4)
    expect(controller.sent('a')).toEqual([])
    expect(controller.sent('shop')).toEqual([told(4)])
  })
})

test('InitProducerId: each asking gets another id', () => {
  controller.hears('shop', { kind: 'InitProducerId' })
  controller.hears('shop', { kind: 'InitProducerId' })
  expect(controller.sent('shop')).toEqual([
    { kind: 'InitProducerIdResponse', producerId: 0, epoch: 0 },
    { kind: 'InitProducerIdResponse', producerId: 1, epoch: 0 },
  ])
})

describe('AddPartitions', () => {
  test('is a fault that an operator may cause; partitions are only ever added', () => {
    expect(controller.can()).toEqual([])
    expect(controller.faults()).toEqual(['AddPartitions'])
    expect(controller.whyNot('AddPartitions', 3)).toBe('3 is on offer')
    expect(controller.whyNot('AddPartitions', 4)).toBeNull()
    expect(controller.whyNot('AddPartitions', 11)).toBeNull()
    expect(controller.whyNot('AddPartitions', 12)).toBe('12 is on offer')
  })
  test('up to 64', () => {
    const many = Array.from({ length: 63 }, () => firstRegistration([0]))
    controller.state = { ...controller.state, partitions: { orders: many } }
    expect(controller.whyNot('AddPartitions', 64)).toBeNull()
    controller.does('AddPartitions', 64)
    expect(controller.faults()).toEqual([])
  })
})

test('CreatePartitions: of any topic, by any number, and never fewer', () => {
  const grow = (topic: string, count: number) => {
    controller.hears('shop', { kind: 'CreatePartitions', topic, count } as never)
    return controller.sent('shop').at(-1)
  }
  controller.hears('a', ask(1, 'retries'))
  expect(grow('retries', 40)).toEqual({ kind: 'CreatePartitionsResponse' })
  expect(controller.sent('a')).toEqual([told(40, 'retries')])
  expect(controller.seen).toMatchObject([{ kind: 'lanesAdded', stream: 'retries', lanes: 40 }])
  for (const count of [40, 3]) {
    expect(grow('retries', count)).toMatchObject({ error: 'INVALID_PARTITIONS' })
  }
  expect(controller.state.partitions).toMatchObject({ orders: { length: 3 } })
})
