// What the rules of transactions do, as predicates: see words.ts.
const ASKS = {
  AddPartitionsToTxnResponse: 'hears from the transaction coordinator and goes on with what waited',
  TransactionCoordinatorDisconnected:
    'loses its connection to the transaction coordinator and asks again',
}

export const producerWords = {
  InitTransactions: 'asks for the epoch of its transactional id',
  BeginTransaction: 'begins a transaction',
  CommitTransaction: 'wants to commit, and first flushes what it has',
  AbortTransaction: 'can only abort its transaction',
  TxnOffsetCommit: 'adds offsets of its group to the transaction',
  TxnOffsetCommitResponse: 'hears whether its offsets are part of the transaction',
  IgnoreTxnOffsetCommitResponse: 'ignores an answer about offsets that it does not wait for',
  EndTxn: 'asks the coordinator to end the transaction',
  EndTxnResponse: 'hears that its transaction has ended, or cannot',
  TransactionCoordinatorDisconnected: ASKS.TransactionCoordinatorDisconnected,
  GroupCoordinatorDisconnected: 'loses its connection to the group’s coordinator and asks again',
  ApplicationAborts: 'aborts its transaction',
  AbandonTransaction: 'ends inside a transaction and does not come back',
}

/** Of one that is part of a service's process. */
export const serviceProducerWords = {
  ProcessStarts: 'starts with its process',
  ProcessPauses: 'stands still with its process',
  ProcessResumes: 'goes on with its process',
  ProcessEnds: 'ends with its process',
  Publish: 'is handed an event by its service',
  EndTogether: 'is to commit what its service wrote and read, or to take it back',
  AnswerApplication: 'tells its service what came of the call',
}

export const publishingWords = {
  Process: 'has worked on an event',
  Publish: 'publishes what follows from an event',
  PublishAgain: 'publishes what follows once more',
  Published: 'hears that what it published stands',
  PublishFailed: 'hears that it could not publish',
  CommitTransaction: 'wants to commit what it wrote and read as one',
  TransactionCommitted: 'hears that what it wrote and read is committed',
  TransactionAborted: 'hears that its transaction was aborted, and reads again',
  ProducerFenced: 'hears that another process has taken its place, and stops',
  ProducerGone: 'ends with the producer in its process',
}

export const nodeWords = {
  ...ASKS,
  VerifyPartition: 'asks the transaction coordinator about the first batch of a transaction',
  WriteTxnMarkers: 'writes the end of a transaction into its partitions',
}

export const groupCoordinatorWords = {
  ...ASKS,
  TxnOffsetCommit: 'takes offsets of an open transaction, or refuses them',
  VerifyTransaction: 'asks the transaction coordinator about offsets of a transaction',
  WriteTxnMarkers: 'lets the offsets of a transaction stand, or forgets them',
}

export const transactionCoordinatorWords = {
  InitProducerId: 'gives a transactional id its next epoch',
  AddPartitionsToTxn: 'notes who takes part in a transaction, or refuses it',
  AddOffsetsToTxn: 'notes that a group’s offsets take part in a transaction',
  EndTxn: 'decides how a transaction ends',
  WriteTxnMarkersResponse: 'hears that the end of a transaction stands',
  IgnoreWriteTxnMarkersResponse: 'ignores what it hears of an earlier transaction',
  RetryMarkers: 'writes the end of a transaction again where it may not stand',
  TransactionTimeoutExpires: 'aborts a transaction that was open for too long',
  ParticipantDisconnected: 'loses a connection on which ends of transactions were under way',
  ProducerDisconnected: 'sees a producer’s connection closed; its transaction stays open',
}
