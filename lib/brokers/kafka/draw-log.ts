// How partitions are drawn: a tape for each, with the high watermark and, per offset, one pole of committed
// positions. A committed offset is the coordinator's knowledge; it is drawn on the partition's tape.
import { at } from '../../engine/tape.ts'
import type { Look } from '../../picture/look.ts'
import { tokenOf } from '../../picture/look.ts'
import type { Part, PointerPart, Slot, TapePart } from '../../picture/types.ts'
import { logEnd, messageIn } from './log.ts'
import type { Replica } from './replica.ts'

/** More cells than any tape shows; scenes take the last that fit. */
const SLOTS = 48

/** Position of a group on a lane: the next offset it would read after a restart. */
export interface Committed {
  readonly group: string
  readonly letter: string
  readonly offset: number
  /** A member of this group is down, and its position stands where it left it. */
  readonly hot: boolean
}

function slots(id: string, { log }: Replica, first: number, look: Look): readonly Slot[] {
  return Array.from({ length: logEnd(log) - first }, (_, index): Slot => {
    const message = messageIn(at(log.records, first + index))
    const token = message === null ? null : tokenOf(message, look)
    const sinceMs = look.storedMs(id, first + index)
    const slot = { offset: first + index, token, status: 'stored' } as const
    return sinceMs === null ? slot : { ...slot, sinceMs }
  })
}

function poles(tape: string, committed: readonly Committed[]): readonly PointerPart[] {
  const offsets = [...new Set(committed.map((each) => each.offset))].sort((a, b) => a - b)
  return offsets.map((offset) => ({
    kind: 'pointer',
    of: tape,
    at: offset,
    flag: 'committed',
    groups: committed
      .filter((each) => each.offset === offset)
      .map(({ group, letter, hot }) => ({ id: group, letter, hot })),
  }))
}

export interface DrawnLane {
  readonly topic: string
  readonly partition: number
  readonly replica: Replica
  readonly committed: readonly Committed[]
}

export function drawLane(
  { topic, partition, replica, committed }: DrawnLane,
  look: Look,
): readonly Part[] {
  const id = `${topic}/${partition}`
  const end = logEnd(replica.log)
  const first = Math.max(0, end - SLOTS)
  const tape: TapePart = {
    kind: 'tape',
    id,
    title: `P${partition}`,
    stream: topic,
    first,
    end,
    slots: slots(id, replica, first, look),
    badge: '',
  }
  const watermark: PointerPart = {
    kind: 'pointer',
    of: id,
    at: replica.highWatermark,
    flag: 'HW',
    groups: [],
  }
  return [tape, watermark, ...poles(id, committed)]
}
