// The actor that a script speaks through at the level of the protocol. It knows no rule of Kafka: it sends
// what its script puts into its outbox and keeps what it hears, connection by connection.
import type { KafkaEnvelope } from '../../brokers/kafka/protocol.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { Envelope, Kind, Out } from '../../engine/types.ts'

export interface Heard {
  readonly port: string
  readonly envelope: Envelope
}

export interface TestClient {
  /** Written by the script: what it asks next. */
  readonly outbox: readonly (readonly [port: string, envelope: Envelope])[]
  /** Per connection to a coordinator, the member whose it is: '' while none. */
  readonly members: Readonly<
    Record<string, { readonly member: string; readonly generation: number }>
  >
  readonly inbox: readonly Heard[]
}

const rule = ruleFor<TestClient, null, KafkaEnvelope>()

function hear(s: TestClient, port: string, envelope: Envelope): TestClient {
  return { ...s, inbox: [...s.inbox, { port, envelope }] }
}

/**
 * The model tells of heartbeats by their beginning and their end. A member that the script plays sends
 * single ones: after each answer that says it is alive it falls silent at once, and its session runs.
 */
function thenSilent(s: TestClient, envelope: Envelope, port: string): Out<TestClient> {
  const { member } = s.members[port] ?? { member: '' }
  if (member === '') return { self: hear(s, port, envelope) }
  const stop = { kind: 'HeartbeatsStop', about: member, member } as Envelope
  return { self: hear(s, port, envelope), send: [[port, stop]] }
}

export const testClient: Kind<TestClient, null> = {
  name: 'test client',
  init: () => ({ outbox: [], members: {}, inbox: [] }),
  rules: [
    rule({
      name: 'Ask',
      ready: { 'its script asks for something': (s) => s.outbox.length > 0 },
      then: (s) => {
        const [first, ...others] = s.outbox as [TestClient['outbox'][number]]
        return { self: { ...s, outbox: others }, send: [first] }
      },
    }),
    rule({
      name: 'Hear',
      on: [
        'MetadataResponse',
        'InitProducerIdResponse',
        'ProduceResponse',
        'FetchResponse',
        'ListOffsetsResponse',
        'HeartbeatResponse',
        'OffsetFetchResponse',
        'IncrementalAlterConfigsResponse',
        'CreatePartitionsResponse',
        'DeleteRecordsResponse',
        'AddPartitionsToTxnResponse',
        'AddOffsetsToTxnResponse',
        'EndTxnResponse',
        'TxnOffsetCommitResponse',
        'ConnectionClosed',
      ],
      then: (s, e, _x, me) => ({ self: hear(s, me.port, e) }),
    }),
    rule({
      name: 'HearMembership',
      on: ['JoinGroupResponse', 'SyncGroupResponse'],
      then: (s, e, _x, me) => {
        const { port } = me
        if (e.kind !== 'JoinGroupResponse') return thenSilent(s, e, port)
        const { member, generation } = e
        const joined = { ...s, members: { ...s.members, [port]: { member, generation } } }
        return thenSilent(joined, e, port)
      },
    }),
    rule({
      name: 'HearConsumerGroupHeartbeat',
      on: 'ConsumerGroupHeartbeatResponse',
      then: (s, e, _x, me) => {
        const self = hear(s, me.port, e)
        if (e.error !== undefined || e.memberEpoch < 0) return { self }
        const { member } = e
        const stop = { kind: 'HeartbeatsStop', about: member, member } as Envelope
        return { self, send: [[me.port, stop]] }
      },
    }),
    rule({
      name: 'HearCommit',
      on: 'OffsetCommitResponse',
      cites:
        'OffsetMetadataManager.commitOffset: in the classic protocol a commit maintains the session',
      then: (s, e, _x, me) => {
        const { port } = me
        const { member = '', generation = -1 } = s.members[port] ?? {}
        const { self, send = [] } = thenSilent(s, e, port)
        const heard = self ?? s
        if (e.error !== undefined || member === '') return { self: heard }
        const beat = { kind: 'Heartbeat', about: member, member, generation } as Envelope
        return { self: heard, send: [[port, beat], ...send] }
      },
    }),
  ],
}
