// What a consumer tells of its membership is held against the group, so that a member that was shut out cannot go on (KIP-447). Telling nothing is taken, unlike outside a transaction.
import type { Experiment } from '../../types.ts'

export const whoMayCommitInATransaction: Experiment = {
  version: 1,
  id: 'who-may-commit-in-a-transaction',
  title: 'Who may commit offsets of a group inside a transaction',
  source: 'ClassicGroup.validateOffsetCommit; KIP-447',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'joinGroup', member: 'alice', group: 'billing', topics: ['orders'] },
    { do: 'syncGroup', member: 'alice', assign: { alice: ['orders/0'] } },
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addOffsetsToTxn', producer: 'shop', group: 'billing' },
    {
      do: 'txnOffsetCommit',
      as: 'a stranger',
      producer: 'shop',
      group: 'billing',
      member: 'bob',
      generation: 1,
      offsets: { 'orders/0': 1 },
    },
    {
      do: 'txnOffsetCommit',
      as: 'another generation',
      producer: 'shop',
      group: 'billing',
      member: 'alice',
      generation: 7,
      offsets: { 'orders/0': 1 },
    },
    {
      do: 'txnOffsetCommit',
      as: 'the member',
      producer: 'shop',
      group: 'billing',
      member: 'alice',
      offsets: { 'orders/0': 3 },
    },
    {
      do: 'txnOffsetCommit',
      as: 'nobody',
      producer: 'shop',
      group: 'billing',
      offsets: { 'orders/0': 4 },
    },
    { do: 'endTxn', producer: 'shop', result: 'commit' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    'a stranger': 'UNKNOWN_MEMBER_ID',
    'another generation': 'ILLEGAL_GENERATION',
    'the member': 'ok',
    nobody: 'ok',
    committed: 4,
  },
}
