import { describe, expect, test } from 'vitest'
import {
  applied,
  type Change,
  type Consumer,
  commitResponse,
  newConsumer,
  polled,
  records,
  stable,
  stagesOf,
  started,
  takes,
} from './consumer.fixture.ts'
import { consumer } from './consumer.ts'
import { metadata } from './metadata.fixture.ts'

const before: Change = { handler: { ackPoint: 'before' } }

describe('a crash', () => {
  /** Crash points in the order in which a record meets them. */
  const points: readonly (readonly [string, Change, (it: Consumer) => void])[] = [
    ['polled', {}, () => {}],
    ['effect sent', {}, (it) => it.does('ApplyEffect')],
    ['effect applied', {}, applied],
    ['committing', {}, (it) => [applied(it), it.does('OffsetCommit')]],
    ['committing', before, (it) => it.does('OffsetCommit')],
    [
      'committed',
      before,
      (it) => [it.does('OffsetCommit'), it.hears('coordinator', commitResponse(0))],
    ],
  ]

  test.each(points)('can come at "%s"', (stage, change, bring) => {
    const it = polled(1, change)
    bring(it)
    expect(stagesOf(it)).toEqual([`${stage} e0`])
    expect(it.faults()).toContain('Crash')
    it.does('Crash')
    expect(it.seen).toEqual([{ kind: 'crashed', actor: 'payments-0', holding: ['e0'] }])
    expect(it.state.wrecks).toMatchObject([{ worker: 0, stage, message: { id: 'e0' } }])
    expect(stagesOf(it)).toEqual([])
  })

  test('after the commit holds nothing any more', () => {
    const it = polled(1)
    applied(it)
    it.does('OffsetCommit')
    it.hears('coordinator', commitResponse(0))
    it.does('Crash')
    expect(it.seen).toMatchObject([{ holding: [] }])
    expect(it.state.wrecks).toMatchObject([{ stage: 'committed', message: { id: 'e0' } }])
  })

  test('takes memory, membership and connections with it', () => {
    const it = polled(1, { handler: { strategy: { kind: 'in-memory-set' } } })
    it.does('CheckSeenInMemory')
    applied(it)
    it.sent('coordinator')
    it.does('Crash')
    expect(it.sent('coordinator').map((e) => e.kind)).toEqual(['ConnectionClosed'])
    const { wrecks, ...rest } = it.state
    const { wrecks: none, ...fresh } = newConsumer({
      handler: { strategy: { kind: 'in-memory-set' } },
    }).state
    const group = { ...fresh.group, member: 'payments-0#1' }
    expect(rest).toEqual({ ...fresh, process: 'crashed', life: 1, ids: 1, group })
    expect([wrecks.length, none]).toEqual([1, []])
    expect(it.can()).toEqual(['Restart'])
    expect(it.whyNot('Crash')).toBe('the process is running')
  })

  test('a crash with nothing in hand leaves no wreck', () => {
    const it = stable()
    it.does('Crash')
    expect(it.state.wrecks).toEqual([])
  })

  test('of several workers leaves one wreck each', () => {
    const it = polled(3, { handler: { workers: 2 } })
    it.does('ApplyEffect', 1)
    it.does('Crash')
    expect(it.state.wrecks.map((wreck) => `${wreck.worker} ${wreck.stage}`)).toEqual([
      '0 polled',
      '1 effect sent',
    ])
    const one = polled(1, { handler: { workers: 2 } })
    one.does('Crash')
    expect(one.state.wrecks).toHaveLength(1)
  })

  test('is followed by a restart under a new member id', () => {
    const it = stable()
    expect(it.whyNot('Restart')).toBe('its process is gone')
    it.does('Crash')
    expect(takes(it, 'Restart')).toEqual([3000, 4000])
    it.does('Restart')
    expect(it.seen).toEqual([{ kind: 'restarted', actor: 'payments-0', holding: [] }])
    expect(it.sent('controller').map((e) => e.kind)).toEqual(['ConnectionClosed', 'Metadata'])
    it.hears('controller', metadata(3, 2))
    it.sent('coordinator')
    it.does('JoinGroup')
    expect(it.sent('coordinator')[0].member).toBe('payments-0#1')
  })
})

describe('a pause', () => {
  test('stops the heartbeats and everything else, and ends with a heartbeat', () => {
    const it = polled(1)
    it.does('Pause')
    expect(it.seen).toEqual([{ kind: 'paused', actor: 'payments-0', holding: ['e0'] }])
    expect(it.sent('coordinator')).toEqual([
      { kind: 'HeartbeatsStop', about: 'payments-0#0', member: 'payments-0#0' },
    ])
    expect(it.can()).toEqual(['Resume'])
    expect(it.whyNot('ApplyEffect')).toBe('it is not paused')
    expect(it.faults()).toEqual([])
    expect(it.wouldTake('broker-0', records(1, 2))).toEqual([])
    expect(takes(it, 'Resume')).toEqual([50_000, 60_000])
    it.does('Resume')
    expect(it.seen).toEqual([{ kind: 'resumed', actor: 'payments-0', holding: ['e0'] }])
    expect(it.sent('coordinator')).toMatchObject([{ kind: 'Heartbeat', generation: 1 }])
    expect(it.whyNot('Resume')).toBe('it is paused')
  })

  test('of one that is in no group is heard by nobody', () => {
    const it = started()
    it.does('Pause')
    it.does('Resume')
    expect(it.sent('coordinator')).toEqual([])
  })

  test('while joining ends without a heartbeat: its request is still under way', () => {
    const it = started()
    it.does('JoinGroup')
    it.does('Pause')
    it.sent('coordinator')
    it.does('Resume')
    expect(it.sent('coordinator')).toEqual([])
  })

  test('leaves a zombie that goes on with its effect and whose commit is refused', () => {
    const it = polled(1)
    it.does('Pause')
    it.does('Resume')
    applied(it)
    it.does('OffsetCommit')
    expect(it.hears('coordinator', commitResponse(0, 'UNKNOWN_MEMBER_ID'))).toBe(
      'CommitFailedException',
    )
    expect(it.can()).toEqual(['JoinGroup'])
  })
})

describe('a handler that hangs', () => {
  test('goes on after a while, heartbeats all along', () => {
    const it = polled(1)
    it.does('StallHandler')
    expect(it.sent('coordinator')).toEqual([])
    expect(it.whyNot('StallHandler')).toBe('the handler does not hang')
    expect(it.can()).toEqual(['PollIntervalExceeded', 'HandlerGoesOn'])
    expect(takes(it, 'HandlerGoesOn')).toEqual([400_000, 500_000])
    it.does('HandlerGoesOn')
    expect(it.whyNot('HandlerGoesOn')).toBe('the handler hangs')
    expect(it.whyNot('ApplyEffect')).toBeNull()
  })
})

describe('a rewind', () => {
  test('moves positions in memory and fetches from there; what is not so far stays', () => {
    const it = stable({}, [0, 1, 2])
    it.hears('broker-0', records(0, 3))
    it.hears('broker-1', records(0, 1, 1))
    it.does('Poll')
    it.sent('broker-0')
    const committed = it.state.lanes.map((lane) => lane.committed)
    it.does('Seek', 2)
    expect(it.seen).toEqual([
      {
        kind: 'rewound',
        actor: 'payments-0',
        group: 'payments',
        stream: 'orders',
        lane: 0,
        offset: 2,
      },
    ])
    expect(it.sent('broker-0')).toMatchObject([{ kind: 'Fetch', partition: 0, offset: 2 }])
    expect(it.state.lanes.map((lane) => lane.position)).toEqual([2, 1, 0])
    expect(it.state.lanes.map((lane) => lane.committed)).toEqual(committed)
    expect(it.hears('broker-0', records(3, 4))).toBe('IgnoreFetchResponse')
    expect(it.hears('broker-0', records(2, 3))).toBe('FetchResponse')
  })

  test('goes to the first offsets or to the last ones before the position; never forward', () => {
    const offered = (position: number) => {
      const it = stable()
      const lanes = it.state.lanes.map((lane) => ({ ...lane, position }))
      const rule = consumer.rules.find((each) => each.name === 'Seek')
      const me = { id: 'payments-0', settings: {}, port: '', ports: [] }
      return rule?.each?.({ ...it.state, lanes }, undefined, me) as number[]
    }
    expect(offered(-1)).toEqual([])
    expect(offered(3)).toEqual([0, 1, 2])
    expect(offered(64)).toEqual(Array.from({ length: 64 }, (_, i) => i))
    expect(offered(1000)).toHaveLength(64)
    expect(offered(1000)[31]).toBe(31)
    expect(offered(1000)[32]).toBe(968)
    expect(offered(1000)[63]).toBe(999)
    expect(stable().faults()).not.toContain('Seek')
  })
})
