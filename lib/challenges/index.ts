// The catalogue of challenges: one file each, one line here, in the order they are offered.

import { acknowledgedIsKept } from './acknowledged-is-kept.ts'
import { breakTheDedupTable } from './break-the-dedup-table.ts'
import { breakTheDeliveryLimit } from './break-the-delivery-limit.ts'
import { breakTheOrder } from './break-the-order.ts'
import { chargedOnce } from './charged-once.ts'
import { inOrderAtAQueue } from './competing-consumers-in-order.ts'
import { confirmedIsKept } from './confirmed-is-kept.ts'
import { letGoTooEarly } from './let-go-too-early.ts'
import { onceInTheLog } from './once-in-the-log.ts'
import { keepOrder } from './retries-keep-order.ts'
import { sentAgain } from './sent-again-under-a-new-id.ts'
import { stockStaysRight } from './stock-stays-right.ts'
import type { Challenge } from './types.ts'
import { whichFault } from './which-fault-charged-twice.ts'
import { whichFaultLost } from './which-fault-lost-an-order.ts'

export const challenges: readonly Challenge[] = [
  keepOrder,
  onceInTheLog,
  acknowledgedIsKept,
  chargedOnce,
  stockStaysRight,
  sentAgain,
  breakTheOrder,
  breakTheDedupTable,
  whichFault,
  confirmedIsKept,
  letGoTooEarly,
  inOrderAtAQueue,
  breakTheDeliveryLimit,
  whichFaultLost,
]
