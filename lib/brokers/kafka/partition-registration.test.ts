import { describe, expect, test } from 'vitest'
import {
  elect,
  type Facts,
  firstRegistration,
  type Partition,
  withAsked,
  withoutFenced,
  withoutUnclean,
} from './partition-registration.ts'
import { type Given, topicConfig } from './settings.ts'

const replicas = [0, 1, 2]
const facts = (active: readonly number[], given: Given = {}): Facts => ({
  replicas,
  config: topicConfig(given),
  isActive: (node) => active.includes(node),
})
const first = firstRegistration(replicas)
const TWO = { 'min.insync.replicas': 2 }
const UNCLEAN = { 'unclean.leader.election.enable': true }

/** These are fenced, one after the other; whoever is not is active. */
function fenced(nodes: readonly number[], given: Given = {}): Partition {
  return nodes.reduce((p, node, i) => {
    const gone = nodes.slice(0, i + 1)
    return withoutFenced(
      p,
      node,
      facts(
        replicas.filter((id) => !gone.includes(id)),
        given,
      ),
    )
  }, first)
}

describe('a node is fenced', () => {
  test('a follower leaves the ISR, and the epoch stays', () => {
    expect(fenced([2])).toEqual({ ...first, isr: [0, 1] })
  })
  test('a leader is followed by the next replica in sync, in a new epoch', () => {
    expect(fenced([0])).toMatchObject({ leader: 1, epoch: 1, isr: [1, 2], elr: [] })
  })
  test('who leaves an ISR below the minimum stays eligible; at the minimum nobody need be', () => {
    expect(fenced([1, 2], TWO)).toMatchObject({ isr: [0], elr: [2] })
    expect(fenced([1, 2])).toMatchObject({ isr: [0], elr: [] })
  })
  test('with the last one nobody leads, which is an epoch too, and it is remembered', () => {
    expect(fenced([1, 2, 0])).toEqual({
      leader: -1,
      epoch: 1,
      isr: [],
      elr: [0],
      lastKnownLeader: 0,
    })
  })
  test('one that is in no ISR changes nothing', () => {
    const p = fenced([2])
    expect(withoutFenced(p, 2, facts([0, 1]))).toBe(p)
  })
})

describe('an election', () => {
  test('an eligible replica leads where nobody is in sync, and is in sync with itself', () => {
    const p = fenced([1, 2, 0], TWO)
    expect(p).toMatchObject({ leader: -1, isr: [], elr: [0, 2] })
    const q = elect(p, facts([2], TWO))
    expect(q).toMatchObject({ leader: 2, epoch: 2, isr: [2], elr: [0] })
  })
  test('neither in sync nor eligible, nobody leads', () => {
    const p = fenced([1, 2, 0])
    expect(elect(p, facts([1]))).toBe(p)
  })
  test('with unclean elections anybody leads, with an ISR of its own', () => {
    const p = fenced([1, 2, 0], UNCLEAN)
    expect(elect(p, facts([2], UNCLEAN))).toEqual({
      leader: 2,
      epoch: 2,
      isr: [2],
      elr: [],
      lastKnownLeader: -1,
    })
  })
  test('an unclean end takes away eligibility; the last known leader may come back all the same', () => {
    const p = withoutUnclean(fenced([1, 2, 0]), 0, facts([]))
    expect(p).toMatchObject({ leader: -1, isr: [], elr: [], lastKnownLeader: 0 })
    expect(elect(p, facts([1]))).toBe(p)
    expect(elect(p, facts([0, 1]))).toMatchObject({ leader: 0, epoch: 2, isr: [0] })
  })
  test('while somebody is eligible, the last known leader has no such right', () => {
    const p = withoutUnclean(fenced([1, 2, 0], TWO), 0, facts([], TWO))
    expect(p).toMatchObject({ elr: [2], lastKnownLeader: 0 })
    expect(elect(p, facts([0], TWO))).toBe(p)
  })
  test('a leader that can go on does', () => {
    expect(elect(first, facts([0, 1, 2]))).toBe(first)
  })
})

test('what a leader asks for is kept in the order of the replicas', () => {
  const p = fenced([1])
  expect(withAsked(p, [0, 2, 1], facts(replicas))).toMatchObject({ isr: [0, 1, 2], epoch: 0 })
  expect(withAsked(first, [0], facts(replicas, TWO))).toMatchObject({ isr: [0], elr: [1, 2] })
})
