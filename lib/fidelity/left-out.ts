// What the model leaves out, or has in another way than the broker, and why: one list for each subject, all of
// them told in the broker's README, in docs/fidelity.md and on the site's page.
import type { LeftOut } from './types.ts'

const of = (subject: string, items: readonly (readonly [what: string, why: string])[]): LeftOut[] =>
  items.map(([what, why]) => ({ subject, what, why }))

const clients = of('Clients and protocol', [
  [
    'Idle beats: a fetch, a heartbeat and a metadata request that nothing answers are parked, not repeated.',
    'No run would come to rest. So a member hears of a rebalance at once and not with its next beat (heartbeat.interval.ms), and a session runs from the moment its beats cease.',
  ],
  [
    'One fetch asks for one partition.',
    'The real one asks for all partitions of a node; what poll returns is the same.',
  ],
  [
    'MEMBER_ID_REQUIRED (KIP-394): members choose their ids.',
    'It is one more round trip and changes nothing that an application can observe.',
  ],
  [
    'Every record has 1024 bytes, unless an experiment says otherwise.',
    'So that batch.size and segment.bytes can be told in records.',
  ],
  [
    'How other clients choose partitions.',
    'The model’s producer is the Java client; @platformatic/kafka’s formula stands beside it in an experiment only.',
  ],
])

const groups = of('Groups and commits', [
  [
    'Group coordinators are actors of their own.',
    'A group’s state is told apart from a broker’s logs. Where partitions have replicas a coordinator of the classic protocol goes down with its node and comes back on another; those of group.protocol=consumer, of share groups and of transactions stay up.',
  ],
  [
    'A group is of one protocol: moving it while it runs (group.consumer.migration.policy), subscriptions by a regular expression, racks.',
    'They are about operating a group, not about what its members are promised.',
  ],
  [
    'group.consumer.assignment.interval.ms (4.3): targets are made at once, as if it were 0. The assignor uniform takes members and topics by name.',
    'The real one takes them in the order of a hash map and of random ids: which member gets the odd partition is promised to nobody.',
  ],
  [
    'Members of different topics: the sticky assignors give what is left to whoever has least.',
    'How the real ones weigh moves between such members is left out.',
  ],
  [
    'With group.protocol=consumer the application has a ConsumerRebalanceListener.',
    'So partitions are given up and taken up inside poll.',
  ],
])

const shares = of('Share groups', [
  [
    'The share coordinator and what it writes (__share_group_state) are part of the controller.',
    'What a leader has written is handed over with leadership; a leader that is cut off settles nothing until it is back. While a real share coordinator moves, requests wait.',
  ],
  [
    'by_duration of share.auto.offset.reset; a partition is initialised at once.',
    'A first poll of several real partitions may return only some of them: that is promised to nobody.',
  ],
  [
    'A poll has no timeout, except where its one fetch brought gaps only: then it ends after 100 ms.',
    'An idle poll would be repeated for ever. In experiments a poll lasts for as long as its step says.',
  ],
  [
    'Gaps are acknowledged by the broker at once, not by the consumer.',
    'The consumer’s word about them (AcknowledgeType GAP) goes out with its poll, and no application hears of it.',
  ],
])

const transactions = of('Transactions', [
  [
    'The transaction coordinator lives apart from the nodes: none takes it down.',
    'Its decisions are in a replicated log; while it moves, producers would wait and go on.',
  ],
  [
    'The model’s own producers use version 2 (transaction.version=2), as a Java client of 4.x with such a broker does.',
    'Version 1 is there for requests made by hand.',
  ],
])

const logs = of('Retention and compaction', [
  [
    'What a setting puts further away than an hour never comes.',
    'No run is that long. With the defaults (seven days, a gigabyte) no timer is armed and a search has no more steps than without retention.',
  ],
  [
    'How old a record is, is known from when its timer was armed.',
    'There is no clock in the state: after a change of retention.ms the time of what was written before begins anew.',
  ],
  [
    'Retention takes a segment up to one log.retention.check.interval.ms after its time; in experiments at once.',
    'The broker’s checks have a phase of their own that nobody is promised.',
  ],
  [
    'min.cleanable.dirty.ratio is counted in records, not in bytes.',
    'Records of one size are assumed; an experiment at the very edge of a ratio would need real sizes.',
  ],
  [
    'A cleaning makes a segment’s records fewer, not its bytes, and of an end of a transaction it leaves no header.',
    'Both show only where cleaned segments together come near segment.bytes or retention.bytes, and in which offsets a share group acquires where nothing is.',
  ],
  [
    'max.compaction.lag.ms, segment.jitter.ms, message.timestamp.type, remote storage.',
    'They change when something is rolled, cleaned or deleted, not what a client is told of it.',
  ],
  [
    'Settings of a topic reach every broker at once.',
    'In Kafka each hears of them from the metadata log, a moment later.',
  ],
  [
    'DeleteRecords is answered at once; the broker waits for every replica that it takes for alive.',
    'With a follower that is dead and not yet given up the broker answers REQUEST_TIMED_OUT after the client’s timeout. The records are gone at the leader in both.',
  ],
  [
    'An answer to a consumer’s fetch may hold records of several segments.',
    'A broker reads one segment for each answer; a consumer cannot tell, and a share group, which can, gets one.',
  ],
])

const faults = of('Faults', [
  [
    'A disk that is full, or that breaks.',
    'Lowering the retention, which is what is done about the former, is a fault here.',
  ],
])

export const leftOut: readonly LeftOut[] = [
  ...clients,
  ...groups,
  ...shares,
  ...transactions,
  ...logs,
  ...faults,
]

/** Rows of the conformance catalogue that no experiment covers yet, and why. */
export const notCompared: readonly (readonly [rows: string, why: string])[] = []
