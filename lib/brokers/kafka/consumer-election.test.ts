import { expect, test } from 'vitest'
import { joinResponse, started, syncResponse } from './consumer.fixture.ts'
import { metadata } from './metadata.fixture.ts'

const ME = 'payments-0#0'
const member = (id: string, ...topics: string[]) => ({ member: id, topics, owned: {} })
const refunds = (partitions: number) => metadata(partitions, 2, 'refunds')

/** It leads a group in which somebody else reads another topic. */
function elected() {
  const it = started()
  it.does('JoinGroup')
  it.sent('coordinator')
  const members = [member(ME, 'orders'), member('other#0', 'refunds', 'orders')]
  it.hears('coordinator', joinResponse(2, ME, members))
  return it
}

test('asks for the topics of the others before it assigns them', () => {
  const it = elected()
  expect(it.sent('coordinator')).toEqual([])
  expect(it.sent('controller')).toEqual([
    { kind: 'Metadata', about: 'refunds', topic: 'refunds', known: [] },
  ])
  it.hears('controller', refunds(2))
  expect(it.sent('controller')).toMatchObject([{ topic: 'refunds', known: [0, 0] }])
  expect(it.sent('coordinator')).toMatchObject([
    {
      kind: 'SyncGroup',
      generation: 2,
      assignments: {
        'other#0': { orders: [0, 1], refunds: [0, 1] },
        [ME]: { orders: [2] },
      },
    },
  ])
  it.hears('coordinator', syncResponse({ orders: [0, 1] }))
  expect(it.state.group).toMatchObject({ phase: 'stable', leader: true })
})

test('follows those topics from then on, over a new connection too', () => {
  const it = elected()
  it.hears('controller', refunds(2))
  it.hears('coordinator', syncResponse({ orders: [0, 1] }))
  it.sent('controller')
  it.hears('controller', { kind: 'ConnectionClosed' })
  expect(it.sent('controller').map(({ topic }) => topic)).toEqual(['orders', 'refunds'])
  it.hears('controller', refunds(3))
  expect(it.state.group.rejoin).toBe(true)
})

test('assigns nothing for a generation that it has lost meanwhile', () => {
  const it = elected()
  it.hears('coordinator', { kind: 'ConnectionClosed' })
  it.hears('controller', refunds(2))
  expect(it.sent('coordinator')).toEqual([])
  it.does('JoinGroup')
  it.sent('coordinator')
  it.hears('coordinator', joinResponse(3, 'other#0'))
  expect(it.sent('coordinator')).toEqual([expect.not.objectContaining({ assignments: {} })])
  expect(it.state.group).not.toHaveProperty('elected')
})
