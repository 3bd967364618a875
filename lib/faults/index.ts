// The catalogue of faults: one file each, one line here, in the order they are offered.
import { abandonTransaction } from './abandon-transaction.ts'
import { abortTransaction } from './abort-transaction.ts'
import { addPartitions } from './add-partitions.ts'
import { closeChannel } from './close-channel.ts'
import { crash } from './crash.ts'
import { cutConnection } from './cut-connection.ts'
import { deploy } from './deploy.ts'
import { emptyDedupStore } from './empty-dedup-store.ts'
import { forceRebalance } from './force-rebalance.ts'
import { isolateNode } from './isolate-node.ts'
import { killNode } from './kill-node.ts'
import { loseAnswer } from './lose-answer.ts'
import { loseNode } from './lose-node.ts'
import { lowerRetention } from './lower-retention.ts'
import { moveCoordinator } from './move-coordinator.ts'
import { pause } from './pause.ts'
import { poisonMessage } from './poison-message.ts'
import { refuseBatch } from './refuse-batch.ts'
import { restartBroker } from './restart-broker.ts'
import { restartNode } from './restart-node.ts'
import { rewindOffset } from './rewind-offset.ts'
import { sinkDown } from './sink-down.ts'
import { slowFollower } from './slow-follower.ts'
import { slowLink } from './slow-link.ts'
import { stallHandler } from './stall-handler.ts'
import type { Fault } from './types.ts'

export const faults: readonly Fault[] = [
  crash,
  pause,
  stallHandler,
  deploy,
  forceRebalance,
  cutConnection,
  slowLink,
  refuseBatch,
  closeChannel,
  restartBroker,
  killNode,
  loseNode,
  restartNode,
  isolateNode,
  slowFollower,
  moveCoordinator,
  rewindOffset,
  emptyDedupStore,
  sinkDown,
  loseAnswer,
  poisonMessage,
  addPartitions,
  lowerRetention,
  abortTransaction,
  abandonTransaction,
]

/** The fault a slug names. Throws on a slug that the catalogue does not know. */
export function faultOf(slug: string): Fault {
  const found = faults.find((fault) => fault.id === slug)
  if (found === undefined) throw new Error(`there is no fault ${slug}`)
  return found
}

/** Slugs of the faults that a search takes into account unless told otherwise. */
export const searchedKinds: readonly string[] = faults
  .filter((fault) => fault.searched)
  .map((fault) => fault.id)
