// What can happen to a consumer's process: crash, pause, a hanging handler, a deploy, a rewind by hand. And
// the rules by which it comes back.

import { isIn, stagesOfWork, type Work } from '../../clients/handler.ts'
import { processRules } from '../../clients/process-rules.ts'
import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { beatFor, isBeating, start, toProducer } from './consumer-group.ts'
import { beginAt } from './consumer-poll.ts'
import { rule } from './consumer-rule.ts'
import {
  type ConsumerSettings,
  type ConsumerState,
  fetchFor,
  holdingOf,
  type Lane,
  newProcess,
  type Self,
  type Wreck,
} from './consumer-state.ts'
import type { HeartbeatsStop } from './protocol.ts'
import { rewindsBelow } from './rewinds.ts'

/** What each worker was at, for the picture of the crash. */
export function wrecksOf(work: Work): readonly Wreck[] {
  const { batch } = work
  if (batch === null) return []
  const stages = stagesOfWork(work)
  return work.workers.flatMap((held, worker) => {
    const idle = isIn(work, worker, 'idle')
    const item = batch.items[idle ? Math.max(held.previous, 0) : held.item]
    if (item === undefined || (idle && worker > 0)) return []
    const { message } = item
    const said = stages.findLast((each) => ` ${each.about} `.includes(` ${message.id} `))
    return [{ worker, stage: said?.stage ?? 'committed', message }]
  })
}

export function crash(s: ConsumerState, me: Self): Out<ConsumerState> {
  const wrecks = wrecksOf(s.work)
  const seen: Seen = { kind: 'crashed', actor: me.id, holding: holdingOf(s) }
  const self = newProcess(me, s.life + 1, s.ids + 1)
  return { self: { ...self, process: 'crashed', wrecks }, hangUp: true, observe: [seen] }
}

function restart(s: ConsumerState, me: Self): Out<ConsumerState> {
  const seen: Seen = { kind: 'restarted', actor: me.id, holding: [] }
  return { ...start(s, me), begins: true, observe: [seen] }
}

/** A member that pauses is silent from now on; one that never joined had nothing to say. */
function pause(s: ConsumerState, me: Self): Out<ConsumerState> {
  const { member, phase } = s.group
  const stop: HeartbeatsStop = { kind: 'HeartbeatsStop', about: member, member }
  return {
    self: { ...s, paused: true },
    send: [
      ...(phase === 'unjoined' ? [] : [['coordinator', stop] as const]),
      ...toProducer(me, 'ProcessPauses'),
    ],
    observe: [{ kind: 'paused', actor: me.id, holding: holdingOf(s) } as Seen],
  }
}

function resume(s: ConsumerState, me: Self): Out<ConsumerState> {
  return {
    self: { ...s, paused: false },
    send: [
      ...(isBeating(s) ? [['coordinator', beatFor(s, me)] as const] : []),
      ...toProducer(me, 'ProcessResumes'),
    ],
    observe: [{ kind: 'resumed', actor: me.id, holding: holdingOf(s) } as Seen],
  }
}

/** Offsets below the furthest position. */
function rewindsOf(s: ConsumerState): readonly number[] {
  return rewindsBelow(Math.max(0, ...s.lanes.map((lane) => lane.position)))
}

/** seek() of every assigned partition that has been read further; in memory, no commit follows from it. */
function seek(s: ConsumerState, offset: number, me: Self): Out<ConsumerState> {
  const group = me.settings.service
  const further = (lane: Lane) => lane.position > offset
  const lanes = s.lanes.map((lane): Lane => {
    if (!further(lane)) return lane
    const { committed } = lane
    return { ...lane, ...beginAt(offset), committed }
  })
  return {
    self: { ...s, lanes },
    send: lanes
      .filter((_, i) => further(s.lanes[i] as Lane))
      .flatMap((lane) => fetchFor(s, me.settings, lane)),
    observe: s.lanes.filter(further).map((lane): Seen => {
      const place = { stream: lane.topic, lane: lane.partition, offset }
      return { kind: 'rewound', actor: me.id, group, ...place }
    }),
  }
}

export const faultRules = [
  ...processRules<ConsumerState, ConsumerSettings>({ crash, restart, pause, resume }),
  rule({
    name: 'Seek',
    fault: { kind: 'rewind-offset' },
    cites: 'KafkaConsumer.seek: in memory; committed offsets stay until the next commit',
    each: rewindsOf,
    then: (s, _e, offset, me) => seek(s, offset, me),
  }),
]
