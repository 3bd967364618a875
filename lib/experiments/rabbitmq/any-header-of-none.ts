// Any of no headers is none of them; what begins with x- is not asked for unless x-match says so.
import type { Experiment } from './types.ts'

export const anyHeaderOfNone: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'any-header-of-none',
  title: 'A headers exchange: any of none, and x-match that is none',
  source: 'rabbit_exchange_type_headers: match_any, validate_binding',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'headers',
    },
    {
      do: 'declareQueue',
      queue: 'Q1',
    },
    {
      do: 'declareQueue',
      queue: 'Q2',
    },
    {
      do: 'declareQueue',
      queue: 'Q3',
    },
    {
      do: 'declareQueue',
      queue: 'Q4',
    },
    {
      do: 'declareQueue',
      queue: 'Q5',
    },
    {
      do: 'declareQueue',
      queue: 'Q6',
    },
    {
      do: 'bind',
      queue: 'Q1',
      exchange: 'X',
      arguments: {
        'x-match': 'any',
      },
    },
    {
      do: 'bind',
      queue: 'Q2',
      exchange: 'X',
      arguments: {
        'x-match': 'any',
        'x-h': '1',
      },
    },
    {
      do: 'bind',
      queue: 'Q3',
      exchange: 'X',
      arguments: {
        'x-match': 'any-with-x',
        'x-h': '1',
      },
    },
    {
      do: 'bind',
      queue: 'Q4',
      exchange: 'X',
      arguments: {
        'x-match': 'any-with-x',
      },
    },
    {
      do: 'bind',
      queue: 'Q5',
      exchange: 'X',
      arguments: {
        'x-match': 'all',
        'x-h': '1',
      },
    },
    {
      do: 'bind',
      queue: 'Q6',
      exchange: 'X',
      arguments: {
        'x-match': 'all-with-x',
        'x-h': '1',
      },
    },
    {
      do: 'publish',
      exchange: 'X',
      bodies: ['bare'],
    },
    {
      do: 'publish',
      exchange: 'X',
      bodies: ['with-x'],
      headers: {
        'x-h': '1',
      },
    },
    {
      do: 'publish',
      exchange: 'X',
      bodies: ['plain'],
      headers: {
        h: '1',
      },
    },
    {
      do: 'drain',
      as: 'any of none',
      queue: 'Q1',
    },
    {
      do: 'drain',
      as: 'any, of x- alone',
      queue: 'Q2',
    },
    {
      do: 'drain',
      as: 'any-with-x',
      queue: 'Q3',
    },
    {
      do: 'drain',
      as: 'any-with-x of none',
      queue: 'Q4',
    },
    {
      do: 'drain',
      as: 'all, of x- alone',
      queue: 'Q5',
    },
    {
      do: 'drain',
      as: 'all-with-x',
      queue: 'Q6',
    },
    {
      do: 'bind',
      queue: 'Q1',
      exchange: 'X',
      arguments: {
        'x-match': 'some',
        h: '1',
      },
      channel: 'a',
      as: 'some',
    },
    {
      do: 'bind',
      queue: 'Q1',
      exchange: 'X',
      arguments: {
        'x-match': true,
        h: '1',
      },
      channel: 'b',
      as: 'true',
    },
    {
      do: 'bind',
      queue: 'Q1',
      exchange: 'X',
      arguments: {
        'x-match': 3,
        h: '1',
      },
      channel: 'c',
      as: 'a number',
    },
    {
      do: 'declareExchange',
      exchange: 'F',
      type: 'fanout',
    },
    {
      do: 'bind',
      queue: 'Q1',
      exchange: 'F',
      arguments: {
        'x-match': 'some',
      },
      channel: 'd',
      as: 'of another exchange',
    },
  ],
  expect: {
    all: {
      'any of none': '',
      'any, of x- alone': '',
      'any-with-x': 'with-x',
      'any-with-x of none': '',
      'all, of x- alone': 'bare with-x plain',
      'all-with-x': 'with-x',
      some: '406 PRECONDITION_FAILED - Invalid x-match field value <<"some">>; expected all, any, all-with-x, or any-with-x',
      true: '406 PRECONDITION_FAILED - Invalid x-match field type bool (value true); expected longstr',
      'a number':
        '406 PRECONDITION_FAILED - Invalid x-match field type byte (value 3); expected longstr',
      'of another exchange': 'ok',
    },
  },
}
