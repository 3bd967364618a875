// Nodes that die, and what their replicas know.
import type { Experiment } from '../../types.ts'
import { abortedAndOpenAfterFailOver } from './aborted-and-open-after-fail-over.ts'
import { alteredMinInsync } from './altered-min-insync.ts'
import { bothFollowersDown } from './both-followers-down.ts'
import { brokerSettingsOfACluster } from './broker-settings-of-a-cluster.ts'
import { clientCommitsAfterTheLeaderDied } from './client-commits-after-the-leader-died.ts'
import { commitAfterTheLeaderDied } from './commit-after-the-leader-died.ts'
import { committedBeforeTheNextLeader } from './committed-before-the-next-leader.ts'
import { confirmedByOneThenDead } from './confirmed-by-one-then-dead.ts'
import { deletedOnEveryNode } from './deleted-on-every-node.ts'
import { deletedRecordsStayDeleted } from './deleted-records-stay-deleted.ts'
import { endBelowTheMinimum } from './end-below-the-minimum.ts'
import { formerLeaderRefuses } from './former-leader-refuses.ts'
import { frozenWatermark } from './frozen-watermark.ts'
import { groupSurvivesItsCoordinator } from './group-survives-its-coordinator.ts'
import { isrShrinksAfterTheAppend } from './isr-shrinks-after-the-append.ts'
import { leaderThatMayNotSayTheLatest } from './leader-that-may-not-say-the-latest.ts'
import { newProtocolSurvivesANode } from './new-protocol-survives-a-node.ts'
import { noUncleanElection } from './no-unclean-election.ts'
import { nothingAboveTheWatermark } from './nothing-above-the-watermark.ts'
import { oneReplicaAndMinInsyncTwo } from './one-replica-and-min-insync-two.ts'
import { partitionsAddedToACluster } from './partitions-added-to-a-cluster.ts'
import { restartedNodeIsInSyncAgain } from './restarted-node-is-in-sync-again.ts'
import { retryAfterFailOver } from './retry-after-fail-over.ts'
import { timesOutAfterFailOver } from './times-out-after-fail-over.ts'
import { timesOutWhileNobodyLeads } from './times-out-while-nobody-leads.ts'
import { truncatedByEpoch } from './truncated-by-epoch.ts'
import { uncleanElectionLoses } from './unclean-election-loses.ts'
import { waitsForTheSlowestInSync } from './waits-for-the-slowest-in-sync.ts'

export const cluster: readonly Experiment[] = [
  oneReplicaAndMinInsyncTwo,
  confirmedByOneThenDead,
  bothFollowersDown,
  abortedAndOpenAfterFailOver,
  alteredMinInsync,
  brokerSettingsOfACluster,
  clientCommitsAfterTheLeaderDied,
  commitAfterTheLeaderDied,
  committedBeforeTheNextLeader,
  deletedOnEveryNode,
  deletedRecordsStayDeleted,
  endBelowTheMinimum,
  formerLeaderRefuses,
  frozenWatermark,
  groupSurvivesItsCoordinator,
  isrShrinksAfterTheAppend,
  leaderThatMayNotSayTheLatest,
  newProtocolSurvivesANode,
  noUncleanElection,
  nothingAboveTheWatermark,
  partitionsAddedToACluster,
  restartedNodeIsInSyncAgain,
  retryAfterFailOver,
  timesOutAfterFailOver,
  timesOutWhileNobodyLeads,
  truncatedByEpoch,
  uncleanElectionLoses,
  waitsForTheSlowestInSync,
]
