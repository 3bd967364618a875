// Why a mutant survives the tests: by the mutant's name. Where it is only that nobody has tested it yet, that is said.
const OVERLAP =
  'Two causes at once, of which one waits or refuses first: no test brings them together. Which of two refusals a producer hears, or when, would differ; nothing would be written.'
const ASKED =
  'Whoever has lost its membership has closed that connection, or asks anew before the answer comes: the answer finds somebody who awaits it in every test.'
const COORDINATOR =
  'The share coordinator is the controller, which is connected from the start; only a node that is dead or cut off loses it, and such a node is asked nothing.'

export const reasons: Readonly<Record<string, string>> = {
  'Kafka consumer / TransitionToFenced / it is a member, or joins / always holds': ASKED,
  'Kafka consumer / TransitionToFatal / it is a member, or joins / always holds': ASKED,
  'Kafka consumer / Reconcile / it uses the consumer protocol / always holds':
    'Redundant: only a ConsumerGroupHeartbeatResponse brings a consumer into the phase that the rule asks for, and only the consumer protocol sends its request. It says for which consumers the rule never runs.',
  'kafka node / RefuseRecordWithoutKey / the request before it on that connection is answered / always holds':
    OVERLAP,
  'kafka node / RefuseRecordWithoutKey / no batch of the same connection is being verified / always holds':
    OVERLAP,
  'kafka node / RefuseRecordWithoutKey / its transaction, if it has one, is known here / always holds':
    OVERLAP,
  'kafka node / RefuseRecordWithoutKey / enough replicas are in sync for its acks / always holds':
    OVERLAP,
  'kafka node / NotEnoughReplicas / no batch of the same connection is being verified / always holds':
    OVERLAP,
  'kafka node / NotEnoughReplicas / its transaction, if it has one, is known here / always holds':
    OVERLAP,
  'kafka node / VerifyPartition / no batch of the same connection is being verified / always holds':
    'The model’s producers send one batch of a partition at a time until it is verified; only a client that pipelines by hand would be verified twice.',
  'kafka node / ParkShareFetch / what it hears can be written to the share coordinator / always holds':
    COORDINATOR,
  'kafka node / FinalShareAcknowledge / what it hears can be written to the share coordinator / always holds':
    COORDINATOR,
  'Kafka share consumer / PollReturnsNothing / its thread is free to poll / always holds':
    'A thread that is not free has records in hand, and then its fetch has brought more than gaps: no test has both.',
}
