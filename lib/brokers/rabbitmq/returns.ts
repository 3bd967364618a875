// Where a message goes that comes back to its queue, and what is counted: the table that decides most
// lessons about RabbitMQ.

import { decide, type Row } from '../_decision.ts'
import type { Version } from './node-state.ts'
import type { Position } from './queue.ts'

/**
 * Why it comes back. death: its channel or connection is gone; restart: the node was; timeout: its consumer
 * kept it for longer than consumer_timeout (4.3; before, that closes the channel).
 */
export type Cause = 'death' | 'restart' | 'reject' | 'nack' | 'recover' | 'timeout'

export interface Facts {
  readonly type: 'classic' | 'quorum'
  readonly version: Version
  readonly cause: Cause
  /** Whether the queue has a delivery limit; quorum queues have one of 20 unless told -1. */
  readonly limit: boolean
}

export interface Answer {
  readonly position: Position
  /** A failure, which dead letters carry on. */
  readonly fails: boolean
  /** One more time that it was in somebody's hands here, as quorum queues count them. */
  readonly acquires: boolean
}

const answer = (position: Position, fails: boolean, acquires: boolean): Answer => ({
  position,
  fails,
  acquires,
})

export const RETURNS: readonly Row<Facts, Answer>[] = [
  { if: { type: 'classic', version: '4.0' }, answer: answer('original', false, false) },
  {
    if: { type: 'classic', version: '4.3', cause: ['death', 'restart', 'reject'] },
    answer: answer('original', true, false),
  },
  {
    if: { type: 'classic', version: '4.3', cause: ['nack', 'recover', 'timeout'] },
    answer: answer('original', false, false),
  },
  {
    if: { type: 'quorum', version: '4.3', cause: ['death', 'restart', 'reject'] },
    answer: answer('head', true, true),
  },
  {
    if: { type: 'quorum', version: '4.3', cause: ['nack', 'recover', 'timeout'] },
    answer: answer('head', false, true),
  },
  {
    if: { type: 'quorum', version: '4.0', cause: ['death', 'restart'] },
    answer: answer('head', true, true),
  },
  {
    if: {
      type: 'quorum',
      version: '4.0',
      limit: true,
      cause: ['reject', 'nack', 'recover', 'timeout'],
    },
    answer: answer('head', false, true),
  },
  {
    if: {
      type: 'quorum',
      version: '4.0',
      limit: false,
      cause: ['reject', 'nack', 'recover', 'timeout'],
    },
    answer: answer('tail', false, true),
  },
]

export const whereTo = (facts: Facts): Answer => decide(RETURNS, facts)
