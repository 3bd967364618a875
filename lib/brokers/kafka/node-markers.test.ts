// The end of a transaction is an append with acks=all: to enough replicas, and answered for once they have it.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Bench } from '../../clients/bench.fixture.ts'
import { clustered, produce, replicaFetch, sentBy, told } from './cluster.fixture.ts'
import { logEnd } from './log.ts'
import type { NodeState } from './node-state.ts'

// On the bench any connection may write markers.
const COORDINATOR = 'a'
const ONE = 'replica broker-1'
const TWO = 'replica broker-2'
const LANES = ['orders/0'] as const

let node: Bench<NodeState>
const replica = () => node.state.replicas['orders/0']!
const end = (participants: readonly string[] = LANES) => {
  const who = { transactionalId: 'shop', producerId: 7, epoch: 0, committed: true }
  node.hears(COORDINATOR, { kind: 'WriteTxnMarkers', ...who, participants } as never)
}
const answers = () => sentBy(node)[COORDINATOR]

describe('the end of a transaction', () => {
  beforeEach(() => {
    node = clustered({ 'min.insync.replicas': 2 })
  })

  test('is answered for once all in sync have it', () => {
    end()
    expect(logEnd(replica().log)).toBe(1)
    expect(answers()).toBeUndefined()
    node.hears(ONE, replicaFetch(1))
    expect(answers()).toBeUndefined()
    node.hears(TWO, replicaFetch(1))
    expect(answers()).toMatchObject([{ participants: LANES, refused: [], unsafe: [], epoch: 0 }])
  })
  test('is not written where too few are in sync', () => {
    node.hears('controller', told({ isr: ['broker-0'], epoch: 1 }))
    sentBy(node)
    end()
    expect(logEnd(replica().log)).toBe(0)
    expect(answers()).toMatchObject([{ participants: [], refused: [], unsafe: LANES }])
  })
  test('that nobody confirms is to be written again, by the same leader', () => {
    end()
    sentBy(node)
    node.does('DelayedProduceExpires')
    expect(answers()).toMatchObject([{ participants: [], refused: [], unsafe: LANES }])
    expect(replica().leading?.delayed).toEqual([])
    end()
    expect(logEnd(replica().log)).toBe(2)
  })
  test('whose leader leads no more meanwhile is another’s to write', () => {
    end()
    sentBy(node)
    node.hears('controller', told({ leader: 'broker-1', epoch: 1 }))
    expect(answers()).toMatchObject([{ participants: [], refused: LANES, unsafe: [] }])
  })
  test('tells at once of partitions that it does not lead, and later of its own', () => {
    end(['orders/0', 'orders/1'])
    expect(answers()).toMatchObject([{ participants: [], refused: ['orders/1'] }])
    for (const follower of [ONE, TWO]) node.hears(follower, replicaFetch(1))
    expect(answers()).toMatchObject([{ participants: LANES, refused: [] }])
  })
  test('of a producer with a higher epoch by now has nothing to wait for', () => {
    const batch = { ...produce(0).batch, producerId: 7, epoch: 3, firstSequence: 0 }
    node.hears('shop', produce(0, { acks: '1', batch }))
    sentBy(node)
    end()
    expect(logEnd(replica().log)).toBe(1)
    expect(answers()).toMatchObject([{ participants: LANES }])
  })
})
