// Share groups (KIP-932).
import type { Experiment } from '../../types.ts'
import { shareAcknowledgeInImplicitMode } from './share-acknowledge-in-implicit-mode.ts'
import { shareCloseGivesBack } from './share-close-gives-back.ts'
import { shareConsumerAfterANodeDied } from './share-consumer-after-a-node-died.ts'
import { shareCountSurvivesTheGroup } from './share-count-survives-the-group.ts'
import { shareCrashGivesBackAtOnce } from './share-crash-gives-back-at-once.ts'
import { shareDeletedBeforeItWasRead } from './share-deleted-before-it-was-read.ts'
import { shareGroupThatLeftNoTrace } from './share-group-that-left-no-trace.ts'
import { shareGroupsAreIndependent } from './share-groups-are-independent.ts'
import { shareLateAcceptanceOfWhatIsOver } from './share-late-acceptance-of-what-is-over.ts'
import { shareLimitOfTheBroker } from './share-limit-of-the-broker.ts'
import { shareLimitOfTwo } from './share-limit-of-two.ts'
import { shareLockExpires } from './share-lock-expires.ts'
import { shareLocksExpireOneByOne } from './share-locks-expire-one-by-one.ts'
import { shareNewGroupAtLatest } from './share-new-group-at-latest.ts'
import { shareOneSegmentAtATime } from './share-one-segment-at-a-time.ts'
import { sharePollOfGapsOnly } from './share-poll-of-gaps-only.ts'
import { sharePollWithoutAcknowledging } from './share-poll-without-acknowledging.ts'
import { shareRejectedIsArchived } from './share-rejected-is-archived.ts'
import { shareReleasedAndDeleted } from './share-released-and-deleted.ts'
import { shareReleasedUntilArchived } from './share-released-until-archived.ts'
import { shareReleasedWithAPoll } from './share-released-with-a-poll.ts'
import { shareRenewedLock } from './share-renewed-lock.ts'
import { shareSurvivesItsLeader } from './share-survives-its-leader.ts'
import { shareSuspectsComeAlone } from './share-suspects-come-alone.ts'
import { shareTwoMembersOnePartition } from './share-two-members-one-partition.ts'
import { shareTwoMembersWait } from './share-two-members-wait.ts'
import { shareWholeBatches } from './share-whole-batches.ts'

export const share: readonly Experiment[] = [
  shareTwoMembersOnePartition,
  shareReleasedUntilArchived,
  shareAcknowledgeInImplicitMode,
  shareCloseGivesBack,
  shareConsumerAfterANodeDied,
  shareCountSurvivesTheGroup,
  shareCrashGivesBackAtOnce,
  shareDeletedBeforeItWasRead,
  shareGroupThatLeftNoTrace,
  shareGroupsAreIndependent,
  shareLateAcceptanceOfWhatIsOver,
  shareLimitOfTheBroker,
  shareLimitOfTwo,
  shareLockExpires,
  shareLocksExpireOneByOne,
  shareNewGroupAtLatest,
  shareOneSegmentAtATime,
  sharePollOfGapsOnly,
  sharePollWithoutAcknowledging,
  shareRejectedIsArchived,
  shareReleasedAndDeleted,
  shareReleasedWithAPoll,
  shareRenewedLock,
  shareSurvivesItsLeader,
  shareSuspectsComeAlone,
  shareTwoMembersWait,
  shareWholeBatches,
]
