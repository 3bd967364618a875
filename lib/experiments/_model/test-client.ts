// The actor that a script speaks through at the level of the protocol. It knows no rule of Kafka: it sends
// what its script puts into its outbox and keeps what it hears, connection by connection.
import type { KafkaEnvelope } from '../../brokers/kafka/protocol.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { Envelope, Kind, Out } from '../../engine/types.ts'

/** A request or an answer, and the step of the script that it belongs to; -1: to none. */
export interface Told {
  readonly port: string
  readonly envelope: Envelope
  readonly step: number
}

export interface TestClient {
  /** Written by the script: what it asks next. */
  readonly outbox: readonly (readonly [port: string, envelope: Envelope])[]
  /** Per connection to a coordinator, the member whose it is: '' while none. */
  readonly members: Readonly<
    Record<string, { readonly member: string; readonly generation: number }>
  >
  /** What was asked and is not answered yet. */
  readonly waiting: readonly Told[]
  readonly inbox: readonly Told[]
}

const rule = ruleFor<TestClient, null, KafkaEnvelope>()

type Fields = Readonly<Record<string, unknown>>

/** Names of fields that a request and its answer share, or call otherwise. */
const SAME = [
  ['topic', 'topic'],
  ['partition', 'partition'],
  ['offset', 'fetchOffset'],
  ['correlation', 'correlation'],
] as const

function isAnswerTo(asked: Envelope, told: Envelope): boolean {
  if (told.kind !== `${asked.kind}Response`) return false
  const [request, answer] = [asked as unknown as Fields, told as unknown as Fields]
  return SAME.every(([of, as]) => !(of in request && as in answer) || request[of] === answer[as])
}

/** A connection's answers come in the order of its requests: this one is that to the oldest it can be one to. */
function hear(s: TestClient, port: string, envelope: Envelope): TestClient {
  const asked = s.waiting.find((each) => each.port === port && isAnswerTo(each.envelope, envelope))
  const waiting = s.waiting.filter((each) => each !== asked)
  return { ...s, waiting, inbox: [...s.inbox, { port, envelope, step: asked?.step ?? -1 }] }
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
  init: () => ({ outbox: [], members: {}, waiting: [], inbox: [] }),
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
