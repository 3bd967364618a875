// What one share consumer knows (KafkaShareConsumer): its process, its membership, the records it has fetched,
// which are acquired for it, and those that poll has returned and that wait to be acknowledged.
import { inHand, noWork } from '../../clients/handler.ts'
import type { HandlerSettings } from '../../clients/types.ts'
import { emptyTrie } from '../../engine/trie.ts'
import type { Envelope, Me, Range } from '../../engine/types.ts'
import type { Handled } from './consumer-handler-worker.ts'
import type { Wreck } from './consumer-state.ts'
import type { Assignment, TopicMetadata } from './protocol.ts'
import type {
  Acknowledgement,
  AcknowledgeType,
  AcquiredRecord,
  ShareAcknowledge,
} from './protocol-share.ts'
import type { ShareConsumerConfig } from './settings-share.ts'

export interface ShareConsumerSettings extends ShareConsumerConfig {
  /** Group id; also the service's id. */
  readonly service: string
  readonly topic: string
  /** Node ids, in the order by which the metadata names leaders. */
  readonly nodes: readonly string[]
  readonly handler: HandlerSettings
  readonly joinsAtMs: number
  readonly restartMs: Range
  readonly pauseMs: Range
  readonly stallMs: Range
  /** The application's own wait before it calls its sink or store again. */
  readonly retryMs: Range
  readonly callTimeoutMs: number
  readonly slowestAnswerMs: number
}

export type Self = Me<ShareConsumerSettings>
export type Sends = (readonly [port: string, envelope: Envelope])[]

export interface RecordInHand extends AcquiredRecord {
  /** What the application has said of it; null: nothing yet. */
  readonly acknowledged: AcknowledgeType | null
}

export interface ShareConsumerState extends Handled {
  readonly process: 'waiting' | 'running' | 'crashed' | 'left'
  readonly paused: boolean
  readonly closing: boolean
  readonly wrecks: readonly Wreck[]
  /** Which process this is, and how many member ids it and those before it have used. */
  readonly ids: number
  readonly metadata: Readonly<Record<string, TopicMetadata>>
  readonly member: string
  readonly joined: boolean
  readonly assigned: Assignment
  /** Ports of the nodes with which it has a share session, and that owe it the answer to a fetch. */
  readonly sessions: readonly string[]
  readonly fetching: readonly string[]
  /** A fetch was refused: it waits a little before the next. */
  readonly refused: boolean
  /** The poll under way has had its fetch, and that brought gaps only: it returns nothing, and the next one fetches. */
  readonly gapped: boolean
  /** Fetched, and acquired for it, but not returned by poll yet. */
  readonly buffer: readonly AcquiredRecord[]
  /** What the last poll returned and has not been told to a broker. */
  readonly hand: readonly RecordInHand[]
  /** Records whose lock is being renewed, and those that the next poll returns again since it was. */
  readonly renewing: readonly AcquiredRecord[]
  readonly renewed: readonly AcquiredRecord[]
  /** Ports of the nodes whose answer a commitSync waits for. */
  readonly awaited: readonly string[]
}

const memberId = (me: Self, ids: number): string => `${me.id}#${ids}`

export function newProcess(me: Self, life: number, ids: number): ShareConsumerState {
  return {
    process: 'waiting',
    paused: false,
    stalled: false,
    closing: false,
    wrecks: [],
    life,
    ids,
    metadata: {},
    member: memberId(me, ids),
    joined: false,
    assigned: {},
    sessions: [],
    fetching: [],
    refused: false,
    gapped: false,
    buffer: [],
    hand: [],
    renewing: [],
    renewed: [],
    awaited: [],
    work: noWork(me.settings.handler.workers),
    seen: emptyTrie(),
  }
}

export const isImplicit = (settings: ShareConsumerSettings): boolean =>
  settings['share.acknowledgement.mode'] === 'implicit'

/** The thread that polls is free: it is not in the handler, does not hang, and is not closing. */
export function mayPoll(s: ShareConsumerState): boolean {
  return !s.stalled && !s.closing && !inHand(s.work)
}

type LaneName = Pick<AcquiredRecord, 'topic' | 'partition'>

/** The port to the node that leads a partition, as far as the consumer has heard. */
export function nodeOf(s: ShareConsumerState, settings: ShareConsumerSettings, lane: LaneName) {
  const leader = s.metadata[lane.topic]?.leaders[lane.partition] ?? 0
  return settings.nodes[Math.max(0, leader)] as string
}

/** Poll throws where the application has left a record of the last one unacknowledged (explicit mode). */
export function mayGoOn(s: ShareConsumerState, me: Self): boolean {
  if (isImplicit(me.settings)) return true
  for (const { acknowledged } of s.hand) if (acknowledged === null) return false
  return true
}

/** What is said of the records in hand; in implicit mode all of them are accepted. */
export function saidOf(s: ShareConsumerState, settings: ShareConsumerSettings) {
  const byDefault = isImplicit(settings) ? 'ACCEPT' : null
  return s.hand.flatMap((record) => {
    const type = record.acknowledged ?? byDefault
    return type === null ? [] : [{ record, type }]
  })
}

type Said = ReturnType<typeof saidOf>

/** The acknowledgements for one node. It must know the session: of one it has closed, nothing counts. */
export function forNode(
  s: ShareConsumerState,
  settings: ShareConsumerSettings,
  said: Said,
  node: string,
): readonly Acknowledgement[] {
  if (!s.sessions.includes(node)) return []
  return said
    .filter(({ record }) => nodeOf(s, settings, record) === node)
    .map(({ record: { topic, partition, offset }, type }) => ({ topic, partition, offset, type }))
}

/** The records in hand, without those of which something was said; those to be renewed are kept apart. */
export function told(s: ShareConsumerState, said: Said): ShareConsumerState {
  const hand = s.hand.filter((each) => said.every(({ record }) => record !== each))
  const renewing = said.filter(({ type }) => type === 'RENEW').map(({ record }) => record)
  return { ...s, hand, renewing: [...s.renewing, ...renewing] }
}

export function aboutOf(said: Said): string {
  return said.map(({ record }) => record.message.id).join(' ')
}

/** A ShareAcknowledge for each node that is told something. */
export function acknowledgeRequests(
  s: ShareConsumerState,
  me: Self,
  said: Said,
  awaited: boolean,
): readonly (readonly [port: string, request: ShareAcknowledge])[] {
  const { settings } = me
  return settings.nodes.flatMap((node) => {
    const acknowledgements = forNode(s, settings, said, node)
    if (acknowledgements.length === 0) return []
    const { service: group } = settings
    const base = {
      kind: 'ShareAcknowledge',
      about: aboutOf(said),
      group,
      member: s.member,
    } as const
    return [[node, { ...base, acknowledgements, final: false, awaited }] as const]
  })
}
