// What a document may refer to beyond itself: the catalogues of faults and invariants, and the stages
// where a fault can be anchored.

export interface Known {
  readonly faults: readonly string[]
  readonly invariants: readonly string[]
  readonly stages: readonly string[]
}

export const known: Known = {
  faults: [
    'crash',
    'pause',
    'stall-handler',
    'deploy',
    'force-rebalance',
    'cut-connection',
    'slow-link',
    'refuse-batch',
    'rewind-offset',
    'empty-dedup-store',
    'sink-down',
    'lose-answer',
    'poison-message',
    'add-partitions',
  ],
  invariants: [
    'no-loss',
    'no-duplicate-effect',
    'per-key-order',
    'no-fenced-effect',
    'sink-equals-oracle',
    'replay-rebuilds',
    'some-effect',
  ],
  stages: [
    'polled',
    'checking',
    'deduped',
    'marking',
    'marked',
    'effect sent',
    'retrying',
    'effect applied',
    'committing',
    'committed',
    'parking',
    'blocked',
    'request under way',
    'reply under way',
  ],
}
