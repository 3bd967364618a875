// What is no whole number, no text or no truth value is told by its type, as the client has sent it.
import type { Experiment } from './types.ts'

export const argumentsOfAnotherKind: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'arguments-of-another-kind',
  title: 'Arguments of a queue that are of another kind',
  source: 'rabbit_amqqueue: check_declare_arguments, declare_args',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      as: 'length',
      queue: 'Q1',
      channel: 'c1',
      arguments: {
        'x-max-length': 'many',
      },
    },
    {
      do: 'declareQueue',
      as: 'queue type',
      queue: 'Q2',
      channel: 'c2',
      arguments: {
        'x-queue-type': 'foo',
      },
    },
    {
      do: 'declareQueue',
      as: 'queue type no text',
      queue: 'Q3',
      channel: 'c3',
      arguments: {
        'x-queue-type': true,
      },
    },
    {
      do: 'declareQueue',
      as: 'overflow',
      queue: 'Q4',
      channel: 'c4',
      arguments: {
        'x-overflow': true,
      },
    },
    {
      do: 'declareQueue',
      as: 'single active consumer',
      queue: 'Q5',
      channel: 'c5',
      arguments: {
        'x-single-active-consumer': 'yes',
      },
    },
    {
      do: 'declareQueue',
      as: 'time',
      queue: 'Q6',
      channel: 'c6',
      arguments: {
        'x-message-ttl': 'long',
      },
    },
    {
      do: 'declareQueue',
      as: 'dead letters',
      queue: 'Q7',
      channel: 'c7',
      arguments: {
        'x-dead-letter-exchange': true,
      },
    },
    {
      do: 'declareQueue',
      as: 'routing key',
      queue: 'Q8',
      channel: 'c8',
      arguments: {
        'x-dead-letter-exchange': 'X',
        'x-dead-letter-routing-key': true,
      },
    },
    {
      do: 'declareQueue',
      as: 'expires',
      queue: 'Q9',
      channel: 'c9',
      arguments: {
        'x-expires': true,
      },
    },
    {
      do: 'declareQueue',
      as: 'no whole number',
      queue: 'Q10',
      channel: 'c10',
      arguments: {
        'x-max-length': 1.5,
      },
    },
    {
      do: 'declareQueue',
      as: 'priority',
      queue: 'Q11',
      channel: 'c11',
      arguments: {
        'x-max-priority': 'high',
      },
      type: 'classic',
    },
    {
      do: 'declareQueue',
      as: 'strategy',
      queue: 'Q12',
      channel: 'c12',
      arguments: {
        'x-dead-letter-strategy': 'sometimes',
      },
      type: 'quorum',
    },
    {
      do: 'declareQueue',
      as: 'strategy no text',
      queue: 'Q13',
      channel: 'c13',
      arguments: {
        'x-dead-letter-strategy': true,
      },
      type: 'quorum',
    },
    {
      do: 'declareQueue',
      as: 'segment',
      queue: 'Q15',
      channel: 'c15',
      arguments: {
        'x-stream-max-segment-size-bytes': 'big',
      },
      type: 'stream',
    },
    {
      do: 'declareQueue',
      as: 'age',
      queue: 'Q16',
      channel: 'c16',
      arguments: {
        'x-max-age': 'old',
      },
      type: 'stream',
    },
    {
      do: 'declareQueue',
      as: 'age no text',
      queue: 'Q17',
      channel: 'c17',
      arguments: {
        'x-max-age': true,
      },
      type: 'stream',
    },
    {
      do: 'declareQueue',
      as: 'age of zero',
      queue: 'Q18',
      channel: 'c18',
      arguments: {
        'x-max-age': '0D',
      },
      type: 'stream',
    },
    {
      do: 'declareQueue',
      as: 'bytes',
      queue: 'Q23',
      channel: 'c23',
      arguments: {
        'x-max-length-bytes': -1,
      },
    },
    {
      do: 'declareQueue',
      as: 'ttl too long',
      queue: 'Q26',
      channel: 'c26',
      arguments: {
        'x-message-ttl': 5000000000000,
      },
    },
    {
      do: 'declareQueue',
      as: 'a byte',
      queue: 'Q28',
      channel: 'c28',
      arguments: {
        'x-overflow': 3,
      },
    },
    {
      do: 'declareQueue',
      as: 'a short',
      queue: 'Q29',
      channel: 'c29',
      arguments: {
        'x-overflow': -300,
      },
    },
    {
      do: 'declareQueue',
      as: 'a number of four bytes',
      queue: 'Q30',
      channel: 'c30',
      arguments: {
        'x-dead-letter-exchange': 70000,
      },
    },
    {
      do: 'declareQueue',
      as: 'a number of eight',
      queue: 'Q31',
      channel: 'c31',
      arguments: {
        'x-queue-type': 5000000000,
      },
    },
    {
      do: 'declareQueue',
      as: 'expires too late',
      queue: 'Q32',
      channel: 'c32',
      arguments: {
        'x-expires': 315360000001,
      },
    },
    {
      do: 'declareQueue',
      as: 'expires late',
      queue: 'Q33',
      channel: 'c33',
      arguments: {
        'x-expires': 315360000000,
      },
    },
    {
      do: 'declareQueue',
      queue: 'P',
    },
    {
      do: 'publish',
      channel: 'c40',
      as: 'published',
      queue: 'P',
      bodies: ['A'],
      expiration: '5000000000000',
    },
    {
      do: 'events',
      channel: 'c40',
      as: 'expiration too long',
    },
    {
      do: 'declareQueue',
      as: 'segment of zero',
      queue: 'Q27',
      channel: 'c27',
      arguments: {
        'x-stream-max-segment-size-bytes': 0,
      },
      type: 'stream',
    },
  ],
  expect: {
    all: {
      length:
        "406 PRECONDITION_FAILED - invalid arg 'x-max-length' for queue 'Q1' in vhost '/': \"expected integer, got longstr\"",
      'queue type':
        "406 PRECONDITION_FAILED - invalid arg 'x-queue-type' for queue 'Q2' in vhost '/': \"unsupported queue type 'foo'\"",
      'queue type no text':
        "406 PRECONDITION_FAILED - invalid arg 'x-queue-type' for queue 'Q3' in vhost '/': {unacceptable_type,bool}",
      overflow:
        "406 PRECONDITION_FAILED - invalid arg 'x-overflow' for queue 'Q4' in vhost '/': {unacceptable_type,bool}",
      'single active consumer':
        "406 PRECONDITION_FAILED - invalid arg 'x-single-active-consumer' for queue 'Q5' in vhost '/': {unacceptable_type,longstr}",
      time: "406 PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue 'Q6' in vhost '/': \"expected integer, got longstr\"",
      'dead letters':
        "406 PRECONDITION_FAILED - invalid type 'bool' for arg 'x-dead-letter-exchange' in queue 'Q7' in vhost '/'",
      'routing key':
        "406 PRECONDITION_FAILED - invalid arg 'x-dead-letter-routing-key' for queue 'Q8' in vhost '/': {unacceptable_type,bool}",
      expires:
        "406 PRECONDITION_FAILED - invalid arg 'x-expires' for queue 'Q9' in vhost '/': \"expected integer, got bool\"",
      'no whole number':
        "406 PRECONDITION_FAILED - invalid arg 'x-max-length' for queue 'Q10' in vhost '/': \"expected integer, got double\"",
      priority:
        "406 PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'Q11' in vhost '/': \"expected integer, got longstr\"",
      strategy:
        "406 PRECONDITION_FAILED - invalid arg 'x-dead-letter-strategy' for queue 'Q12' in vhost '/': invalid_dlx_strategy",
      'strategy no text':
        "406 PRECONDITION_FAILED - invalid arg 'x-dead-letter-strategy' for queue 'Q13' in vhost '/': {unacceptable_type,bool}",
      segment:
        "406 PRECONDITION_FAILED - invalid arg 'x-stream-max-segment-size-bytes' for queue 'Q15' in vhost '/': \"expected integer, got longstr\"",
      'age no text':
        "406 PRECONDITION_FAILED - invalid arg 'x-max-age' for queue 'Q17' in vhost '/': {unacceptable_type,bool}",
      'age of zero':
        "406 PRECONDITION_FAILED - invalid arg 'x-max-age' for queue 'Q18' in vhost '/': invalid_max_age",
      bytes:
        "406 PRECONDITION_FAILED - invalid arg 'x-max-length-bytes' for queue 'Q23' in vhost '/': {value_negative,-1}",
      'ttl too long':
        "406 PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue 'Q26' in vhost '/': {value_too_large,5000000000000}",
      'a byte':
        "406 PRECONDITION_FAILED - invalid arg 'x-overflow' for queue 'Q28' in vhost '/': {unacceptable_type,byte}",
      'a short':
        "406 PRECONDITION_FAILED - invalid arg 'x-overflow' for queue 'Q29' in vhost '/': {unacceptable_type,short}",
      'a number of four bytes':
        "406 PRECONDITION_FAILED - invalid type 'signedint' for arg 'x-dead-letter-exchange' in queue 'Q30' in vhost '/'",
      'a number of eight':
        "406 PRECONDITION_FAILED - invalid arg 'x-queue-type' for queue 'Q31' in vhost '/': {unacceptable_type,long}",
      'expires too late':
        "406 PRECONDITION_FAILED - invalid arg 'x-expires' for queue 'Q32' in vhost '/': {value_too_large,315360000001}",
      'expires late': 'ok',
      published: 'A:no answer',
      'expiration too long': [
        "closed 406 PRECONDITION_FAILED - invalid expiration '5000000000000': {value_too_large,5000000000000}",
      ],
      'segment of zero': 'ok',
    },
    '4.3': {
      age: "406 PRECONDITION_FAILED - invalid arg 'x-max-age' for queue 'Q16' in vhost '/': invalid_max_age",
    },
    '4.0': {
      age: '541 INTERNAL_ERROR',
    },
  },
}
