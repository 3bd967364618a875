// The picture of a share group: what is locked, how often it was delivered, what is over.
import { describe, expect, test } from 'vitest'
import type { CardPart, PipelinePart, PointerPart, TapePart } from '../../picture/types.ts'
import { starterScenario } from '../../scenario/catalogue.ts'
import type { Scenario } from '../../scenario/types.ts'
import { openSession } from '../../session/session.ts'
import { startsOf, takenAt } from './draw-locks.ts'
import type { RecordState, SharePartition } from './share-partition.ts'

const record = (state: RecordState, deliveryCount: number) => ({
  state,
  deliveryCount,
  member: '',
  renewed: false,
})
const partition: SharePartition = {
  start: 3,
  batches: [
    { first: 2, records: [record('ACKNOWLEDGED', 1), record('ACQUIRED', 2)], tracked: true },
    { first: 4, records: [record('AVAILABLE', 1), record('AVAILABLE', 0)], tracked: true },
    { first: 6, records: [record('ARCHIVED', 5), record('ACKNOWLEDGED', 1)], tracked: true },
  ],
  persisted: true,
}
const locks = [{ group: 'email', letter: 'e', partition }]
/** Nothing is known to have been delivered of offset 0; offset 1 was given up, offset 2 done. */
const past = (offset: number) => ({
  log: 'orders/0',
  event: offset === 0 ? '' : 'event',
  look: {
    deliveries: (_group: string, event: string) => (event === '' ? 0 : 5),
    archived: (group: string, log: string, at: number) =>
      group === 'email' && log === 'orders/0' && at === 1,
  },
})

describe('how a group stands with each record', () => {
  test('is the share-partition’s word from its start on, below it what is remembered; no mark: never handed out', () => {
    const taken = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(
      (offset) => takenAt(locks, offset, past(offset))[0],
    )
    expect(taken.map((each) => each && [each.state, each.count])).toEqual([
      undefined,
      ['archived', 5],
      ['done', 5],
      ['acquired', 2],
      ['returned', 1],
      undefined,
      ['archived', 5],
      ['done', 1],
      undefined,
    ])
  })
  test('the start of the share-partition has a flag; a group that has not read has none', () => {
    expect(startsOf(locks)).toEqual([{ group: 'email', letter: 'e', offset: 3, hot: false }])
    const unread = [{ group: 'email', letter: 'e', partition: null }]
    expect(startsOf(unread)).toEqual([])
    expect(takenAt(unread, 3, past(3))).toEqual([])
  })
})

describe('the scenario of a redelivery', () => {
  const session = openSession(starterScenario('share-group-redelivery-to-archive') as Scenario)
  session.runAhead(100_000)
  const parts = () => session.picture().parts
  const tape = () => parts().find((part): part is TapePart => part.kind === 'tape') as TapePart
  const states = () => tape().slots.flatMap(({ taken = [] }) => taken.map(({ state }) => state))

  test('names the group on its tape before anything is written', () => {
    session.seek(0)
    expect(tape().lockedBy).toEqual([{ group: 'email', letter: 'e' }])
    expect(tape().slots).toEqual([])
  })
  test('shows locks, a second and a third delivery, and that the record is given up', () => {
    const seen = new Set<string>()
    const counts = new Set<number>()
    for (let step = 0; step <= session.length; step++) {
      session.seek(step)
      for (const state of states()) seen.add(state)
      for (const { taken = [] } of tape().slots) for (const { count } of taken) counts.add(count)
    }
    expect([...seen].sort()).toEqual(expect.arrayContaining(['acquired', 'archived', 'returned']))
    expect([...counts].sort()).toEqual([1, 2, 3])
  })
  test('has its members with a line that ends in ack, and the partition that both may read', () => {
    session.seek(session.length)
    const cards = parts().filter(
      (part): part is CardPart => part.kind === 'card' && part.role === 'consumer',
    )
    expect(cards.map(({ id, assignment }) => [id, assignment])).toEqual([
      ['email-0', ['P0']],
      ['email-1', ['P0']],
    ])
    const line = parts().find((part): part is PipelinePart => part.kind === 'pipeline')
    expect(line?.stops.map(({ label }) => label)).toEqual(['poll', 'dedup', 'effect', 'ack'])
    const flag = parts().find(
      (part): part is PointerPart => part.kind === 'pointer' && part.flag === 'committed',
    )
    expect(flag).toMatchObject({ groups: [{ letter: 'e' }] })
    expect(session.picture().groups[0]?.cards).toEqual(['email-0', 'email-1'])
  })
  test('has messages under way from the tape to a member', () => {
    let flown = 0
    for (let step = 0; step <= session.length && flown === 0; step++) {
      session.seek(step)
      flown = session.picture().flights.filter(({ wire }) => /^orders\/0>email-/.test(wire)).length
    }
    expect(flown).toBeGreaterThan(0)
  })
  test('is told in words by the inspector', () => {
    session.seek(session.length)
    const member = session.inspect('email-0')
    expect(member.role).toBe('consumer')
    expect(member.facts[0]).toMatch(/may read orders\/0/)
    expect(member.facts[1]).toMatch(/The coordinator lets it read orders\/0/)
    expect(session.inspect('email-coordinator').facts[0]).toMatch(/share group/)
  })
})
