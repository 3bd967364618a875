// A message enters a queue: a classic or quorum queue, which may refuse it, or a stream.
import type { Seen } from '../../clients/types.ts'
import { tellsFailures } from './deaths.ts'
import { numberIn, type Queue, readyCount, textIn } from './node-state.ts'
import type { BasicPublish, Content } from './protocol.ts'
import { enqueue, laneOf, ttlOf } from './queue.ts'
import { appendToStream } from './stream.ts'
import { queueIn, setQueue, type Turn } from './turn.ts'

/** reject-publish: a classic queue refuses what would be one too many, a quorum queue only afterwards. */
export function refuses(queue: Queue): boolean {
  if (queue.type === 'quorum') return queue.full
  const overflow = textIn(queue, 'x-overflow')
  if (overflow !== 'reject-publish' && overflow !== 'reject-publish-dlx') return false
  const most = numberIn(queue, 'x-max-length', -1)
  return most >= 0 && readyCount(queue) + 1 > most
}

function store(turn: Turn, queue: Queue, content: Content, from: number): void {
  const { name } = queue
  const ttlMs = ttlOf(queue, content)
  const [grown, entry] = enqueue(queue, {
    content,
    priority: laneOf(queue, content.properties.priority, turn.version),
    expired: ttlMs === 0,
    redelivered: from > 0 && tellsFailures(queue.type, turn.version),
    deliveryCount: from,
    acquiredCount: 0,
  })
  setQueue(turn, grown)
  if (entry.expired || entry.redelivered) {
    turn.fresh ??= new Set()
    turn.fresh.add(entry)
  }
  turn.stirred.add(name)
  const place = { stream: name, lane: 0, offset: entry.seq }
  const seen: Seen = { kind: 'stored', actor: turn.me.id, message: content.message, place }
  turn.observe.push(seen)
  if (ttlMs > 0) {
    const clock = { queue: name, seq: entry.seq, ms: ttlMs }
    turn.s = { ...turn.s, ttls: [...turn.s.ttls, clock] }
  }
}

interface Provenance {
  /** The failures that a dead letter carries on; absent for what a publisher sends. */
  readonly from?: number
  readonly publisher?: BasicPublish['publisher'] | undefined
}

/** Whether the queue took it. A quorum queue that is full tells publishers to stop; dead letters have none. */
export function offer(
  turn: Turn,
  name: string,
  content: Content,
  { from, publisher }: Provenance = {},
): boolean {
  const queue = queueIn(turn, name)
  if (queue.type === 'stream') appendToStream(turn, queue, content, publisher)
  else if (refuses(queue) && !(queue.type === 'quorum' && from !== undefined)) return false
  else store(turn, queue, content, from ?? 0)
  return true
}
