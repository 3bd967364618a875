// What the rules of sinks and dedup stores do, as the predicate of a sentence: the same with every broker.

/** By the actor kind's name and the rule's. */
export const rulesInWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sink: {
    ApplyEffect: 'answers a request',
    AcceptEffect: 'accepts a request to be done later',
    FinishEffect: 'finishes a request',
    AnswerUnavailable: 'is down and refuses a request',
    KeyExpires: 'forgets an idempotency key',
    SinkDown: 'goes down',
    SinkUp: 'is up again',
    LoseAnswer: 'does what it is asked, and its answer is lost',
    PoisonMessage: 'cannot take this event, now or ever',
  },
  'dedup store': {
    CheckSeen: 'says whether it holds the event',
    MarkSeen: 'marks an event as seen',
    AnswerUnavailable: 'is down and refuses a request',
    EmptyStore: 'is emptied',
    StoreDown: 'goes down',
    StoreUp: 'is up again',
    LoseAnswer: 'does what it is asked, and its answer is lost',
  },
}
