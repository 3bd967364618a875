// Which rules claim to commute, so that a search for a proof need not try every order (lib/drivers/eager.ts). Each
// claim is about what may still come; lib/session/claims-rabbitmq.test.ts looks for worlds in which one is wrong.
import type { Claims } from '../../engine/rule.ts'
import type { Kind } from '../../engine/types.ts'
import type { ConsumerSettings, ConsumerState } from './consumer-state.ts'
import type { NodeSettings, NodeState } from './node-state.ts'
import type { PublisherSettings, PublisherState } from './publisher.ts'

const P = 'in peace' as const

/** What may befall the other actors of these claims. Not a restart of the node: that closes every connection. */
const OTHERS = [
  'close-channel',
  'crash',
  'cut-connection',
  'deploy',
  'lose-answer',
  'pause',
  'poison-message',
  'sink-down',
  'stall-handler',
]

const whileTheNodeIsUp = { where: () => true, despite: OTHERS }
/** A node closes a connection that has been silent for too long. */
const whileHeard = { ...whileTheNodeIsUp, except: ['HeartbeatsStop'] }

/**
 * With several workers, which of them is done first decides who takes what has been pushed, and so who asks what;
 * what the handler passes over is acknowledged as it comes, out of turn.
 */
const single = {
  given: ({ handler }: ConsumerSettings) => handler.workers === 1 && handler.handles.length === 0,
}

const despiteAll = { despite: [...OTHERS, 'restart-broker'] }

/** Who is leaving closes its connection as soon as it holds nothing, and hears no more. */
const isStaying = ({ leaving }: ConsumerState) => leaving === 'no'

/** What is pushed to it goes straight into the hands of its worker. */
const isIdle = (s: ConsumerState) =>
  isStaying(s) && s.buffer.length === 0 && s.work.workers.every(({ phase }) => phase === 'idle')

/** Nothing is left of what a lost connection had pushed. */
const hasNothingPushed = (s: ConsumerState) => isStaying(s) && s.buffer.length === 0

export const consumerClaims: Claims<ConsumerState, ConsumerSettings> = {
  ApplyEffect: single,
  BasicAck: { ...whileHeard, ...single },
  BasicDeliver: { ...single, ...despiteAll, where: isIdle },
  CallBroken: single,
  ChannelCloseOk: P,
  CheckSeen: single,
  CheckSeenInMemory: single,
  Connect: whileTheNodeIsUp,
  ConsumeOk: despiteAll,
  DiscardWhileClosing: P,
  Disconnected: { ...despiteAll, where: hasNothingPushed },
  EffectAnswer: single,
  EffectFailed: single,
  EffectPostponed: single,
  IgnoreLateAnswer: P,
  MarkAnswer: single,
  MarkSeen: single,
  ProcessGone: P,
  Restart: P,
  RetryCall: single,
  SeenAnswer: single,
}

export const publisherClaims: Claims<PublisherState, PublisherSettings> = {
  ChannelOpenOk: P,
  Confirmed: P,
  ConfirmSelectOk: P,
  Connect: whileTheNodeIsUp,
  Disconnected: P,
  ProcessGone: P,
  Publish: whileHeard,
  PublishAgain: whileHeard,
  Refused: P,
  Restart: P,
  Returned: P,
}

export const nodeClaims: Claims<NodeState, NodeSettings> = {
  BasicQos: P,
}

/** Clients fall silent only when something befalls them; a node remembers who has. */
export const clientSilent: NonNullable<Kind['silent']> = { HeartbeatsStop: () => true }
export const nodeHeeds = ['HeartbeatsStop']
export const nodeSilent: NonNullable<Kind<NodeState, NodeSettings>['silent']> = {
  HeartbeatsStop: (s) => s.silent.length === 0,
}
