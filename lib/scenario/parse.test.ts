import { describe, expect, it } from 'vitest'
import { parseScenario } from './parse.ts'
import { full, scenarioOf, shortest } from './sample.fixture.ts'
import type { Scenario } from './types.ts'

function errorsOf(document: unknown) {
  const parsed = parseScenario(document)
  return parsed.ok ? [] : parsed.errors
}

/** The full document with one change made deep inside. */
function changed(change: (document: typeof full) => unknown): unknown {
  const copy = structuredClone(full)
  return change(copy) ?? copy
}

describe('a valid document', () => {
  it('is complete after parsing, however short it was', () => {
    const scenario = scenarioOf(shortest)
    expect(scenario.story.producers[0]).toEqual({
      id: 'order-service',
      title: 'order-service',
      publishes: 'orders',
      count: 9,
      everyMs: [500, 700],
      keys: ['user-8', 'user-7', 'user-5', 'user-12', 'user-9'],
      eventTypes: ['OrderCreated', 'PaymentReceived', 'OrderShipped'],
      firstOrder: 41,
      keyChoice: 'key',
      resendsWithNewId: false,
      together: 1,
      startsAtMs: 0,
    })
    expect(scenario.deployment).toHaveProperty('topics', {
      orders: { partitions: 3, settings: {} },
    })
    expect(scenario.checks).toEqual(['no-loss', 'no-duplicate-effect', 'per-key-order'])
  })

  it('keeps every field that it sets', () => {
    expect(scenarioOf(full)).toEqual(full)
    expect(scenarioOf(JSON.stringify(full))).toEqual(full)
  })

  it('may name its JSON Schema, for the author’s editor', () => {
    expect(scenarioOf({ $schema: '../schema/scenario-v1.json', ...full })).toEqual(full)
  })
})

describe('an error names the path, the value and what was expected', () => {
  const cases: readonly [string, unknown, string, string, RegExp][] = [
    [
      'a value of the wrong kind',
      changed((d) => Object.assign(d.story.services[0] ?? {}, { instances: 'two' }) && d),
      '/story/services/0/instances',
      '"two"',
      /whole number/,
    ],
    [
      'a number beyond its bound',
      changed((d) => Object.assign(d.story.services[0] ?? {}, { instances: 17 }) && d),
      '/story/services/0/instances',
      '17',
      /from 1 to 16/,
    ],
    [
      'an unknown field',
      changed((d) => Object.assign(d.story.sinks[0] ?? {}, { delay: 5 }) && d),
      '/story/sinks/0/delay',
      '5',
      /one of these fields: id, title, kind, answerMs/,
    ],
    [
      'an unknown word',
      changed((d) => Object.assign(d.story.services[0] ?? {}, { effect: 'refund' }) && d),
      '/story/services/0/effect',
      '"refund"',
      /one of "charge", "email", "decrement", "upsert", "count"/,
    ],
    [
      'an unknown strategy',
      changed((d) => Object.assign(d.story.services[0] ?? {}, { strategy: { kind: 'luck' } }) && d),
      '/story/services/0/strategy/kind',
      '"luck"',
      /one of "none", "in-memory-set"/,
    ],
    ['a missing field', changed((d) => ({ ...d, title: undefined })), '/title', '', /a text/],
    [
      'a range the wrong way round',
      changed((d) => ({ ...d, deployment: { ...d.deployment, latencyMs: [9, 1] } })),
      '/deployment/latencyMs',
      '[9, 1]',
      /min at most max/,
    ],
    [
      'an id that is no slug',
      changed((d) => ({ ...d, id: 'My Scenario' })),
      '/id',
      '"My Scenario"',
      /kebab-case/,
    ],
    [
      'a key choice that is neither word nor number',
      changed((d) => Object.assign(d.story.producers[0] ?? {}, { keyChoice: 'random' }) && d),
      '/story/producers/0/keyChoice',
      '"random"',
      /one of "key", "none" or a whole number/,
    ],
    [
      'a topic name that is no slug',
      changed((d) => ({ ...d, deployment: { ...d.deployment, topics: { 'a b': {} } } })),
      '/deployment/topics/a b',
      '"a b"',
      /kebab-case/,
    ],
    [
      'a setting that is not a value',
      changed((d) => ({
        ...d,
        deployment: { ...d.deployment, consumer: { 'max.poll.records': [] } },
      })),
      '/deployment/consumer/max.poll.records',
      '[]',
      /true or false or a number or a text/,
    ],
    [
      'a sink that does not exist',
      changed((d) => Object.assign(d.story.services[0] ?? {}, { sink: 'charges' }) && d),
      '/story/services/0/sink',
      '"charges"',
      /a sink of the story: "card-charges"/,
    ],
    [
      'an effect that the sink does not take',
      changed((d) => Object.assign(d.story.services[0] ?? {}, { effect: 'decrement' }) && d),
      '/story/services/0/effect',
      '"decrement"',
      /sink of kind "external-api": one of "charge", "email"/,
    ],
    [
      'a strategy that the sink cannot take',
      changed(
        (d) =>
          Object.assign(d.story.services[0] ?? {}, { strategy: { kind: 'transactional-inbox' } }) &&
          d,
      ),
      '/story/services/0/strategy',
      '"transactional-inbox"',
      /needs a database sink/,
    ],
    [
      'a stream that does not exist',
      changed((d) => Object.assign(d.story.producers[0] ?? {}, { publishes: 'order' }) && d),
      '/story/producers/0/publishes',
      '"order"',
      /one of "orders", "refunds"/,
    ],
    [
      'a stream without a topic',
      changed((d) => ({ ...d, deployment: { ...d.deployment, topics: { orders: {} } } })),
      '/deployment/topics/refunds',
      '',
      /a topic for each stream/,
    ],
    [
      'settings of a service that does not exist',
      changed((d) => ({ ...d, deployment: { ...d.deployment, services: { email: {} } } })),
      '/deployment/services/email',
      '"email"',
      /a service of the story: "payments"/,
    ],
    [
      'a lane that does not exist',
      changed((d) => Object.assign(d.story.producers[0] ?? {}, { keyChoice: 6 }) && d),
      '/story/producers/0/keyChoice',
      '6',
      /a partition of orders: 0 to 5/,
    ],
    [
      'a setting that the broker does not have',
      changed((d) => ({
        ...d,
        deployment: { ...d.deployment, consumer: { 'max.poll.record': 5 } },
      })),
      '/deployment/consumer/max.poll.record',
      '5',
      /a consumer setting that the model knows/,
    ],
    [
      'a setting beyond the broker’s limits',
      changed((d) => ({
        ...d,
        deployment: { ...d.deployment, services: { payments: { 'session.timeout.ms': 500 } } },
      })),
      '/deployment/services/payments/session.timeout.ms',
      '500',
      /from 6000/,
    ],
    [
      'settings that contradict each other',
      changed((d) => ({
        ...d,
        deployment: {
          ...d.deployment,
          producer: { 'enable.idempotence': true },
          producers: { 'order-service': { acks: '1' } },
        },
      })),
      '/deployment/producers/order-service/acks',
      '"1"',
      /all with enable.idempotence=true/,
    ],
    [
      'a fault nobody knows',
      changed((d) => Object.assign(d.faults[0] ?? {}, { fault: 'earthquake' }) && d),
      '/faults/0/fault',
      '"earthquake"',
      /one of "crash"/,
    ],
    [
      'a fault at nobody',
      changed((d) => Object.assign(d.faults[0]?.at ?? {}, { actor: 'payments-2' }) && d),
      '/faults/0/at/actor',
      '"payments-2"',
      /"payments-0", "payments-1"/,
    ],
    [
      'a stage nobody stands at',
      changed((d) => Object.assign(d.faults[0]?.at ?? {}, { stage: 'asleep' }) && d),
      '/faults/0/at/stage',
      '"asleep"',
      /"effect applied"/,
    ],
    [
      'a fault without a moment',
      changed((d) => Object.assign(d.faults[0] ?? {}, { at: { actor: 'payments' } }) && d),
      '/faults/0/at',
      'an object with actor',
      /a `stage`/,
    ],
    [
      'a fault at a line to nobody',
      changed((d) => Object.assign(d.faults[2] ?? {}, { line: 'broker-1' }) && d),
      '/faults/2/line',
      '"broker-1"',
      /"broker-0"/,
    ],
    [
      'a fault of a line without a line',
      changed((d) => ({
        ...d,
        faults: [{ fault: 'slow-link', at: { actor: 'broker-0', atMs: 1 } }],
      })),
      '/faults/0/line',
      '',
      /the other end of the line/,
    ],
    [
      'a line for a fault of none',
      changed((d) => Object.assign(d.faults[0] ?? {}, { line: 'broker-0' }) && d),
      '/faults/0/line',
      '"broker-0"',
      /no line/,
    ],
    [
      'an invariant nobody knows',
      changed((d) => ({ ...d, checks: ['no-luck'], expect: {} })),
      '/checks/0',
      '"no-luck"',
      /"no-loss"/,
    ],
    [
      'a verdict about what is not checked',
      changed((d) => ({ ...d, expect: { 'per-key-order': 'holds' } })),
      '/expect/per-key-order',
      '"per-key-order"',
      /that `checks` lists/,
    ],
    [
      'a verdict that nobody reaches at rest',
      changed((d) => ({ ...d, expect: { 'no-loss': 'holds so far' } })),
      '/expect/no-loss',
      '"holds so far"',
      /one of "holds", "broken", "not exercised", "not promised"/,
    ],
    [
      'more events than can run',
      changed((d) => {
        const one = { ...d.story.producers[0], count: 600_000 }
        const producers = [one, { ...one, id: 'second' }]
        return { ...d, story: { ...d.story, producers } }
      }),
      '/story/producers',
      '1200000',
      /at most 1,000,000 events/,
    ],
    [
      'two things with one id',
      changed((d) => ({ ...d, story: { ...d.story, streams: ['orders', 'refunds', 'orders'] } })),
      '/story/streams/2',
      '"orders"',
      /no other here/,
    ],
    [
      'a producer named like an instance of a service',
      changed((d) => {
        const producers = [{ ...d.story.producers[0], id: 'payments-1' }]
        const deployment = { ...d.deployment, producers: {} }
        return { ...d, story: { ...d.story, producers }, deployment, faults: [] }
      }),
      '/story',
      '"payments-1"',
      /no two actors share/,
    ],
    [
      'a key that is a trap',
      JSON.parse('{"__proto__": {"version": 1}}'),
      '/__proto__',
      '"__proto__"',
      /another name/,
    ],
    [
      'an id that every object has',
      changed((d) => ({ ...d, id: 'constructor' })),
      '/id',
      '"constructor"',
      /except/,
    ],
    [
      'a key that every object has',
      changed((d) => Object.assign(d.story.producers[0] ?? {}, { keys: ['toString'] }) && d),
      '/story/producers/0/keys/0',
      '"toString"',
      /not of every object/,
    ],
    [
      'a broker that is none',
      { ...full, deployment: { ...full.deployment, broker: 5 } },
      '/deployment/broker',
      '5',
      /^one of "kafka", "rabbitmq"$/,
    ],
    ['a newer document', { ...full, version: 2 }, '/version', '2', /up to 1/],
    ['no version', { ...full, version: undefined }, '/version', '', /a version: 1/],
    ['a version that is none', { ...full, version: '1' }, '/version', '"1"', /a version: 1/],
    ['no document', [], '', '[]', /an object/],
  ]

  it.each(cases)('%s', (...[, document, path, value, expected]) => {
    const errors = errorsOf(document)
    expect(errors[0]).toMatchObject({ path, value })
    expect(errors[0]?.expected).toMatch(expected)
    expect(errors[0]?.message).toContain(errors[0]?.expected)
    expect(errors[0]?.message).toContain(path)
  })

  it('says of a newer document that a newer program made it', () => {
    expect(errorsOf({ version: 7 })[0]?.message).toContain('made by a newer At Least Once')
  })

  it('reports several errors at once, each in its place', () => {
    const errors = errorsOf({ ...full, id: '', seed: 5, moments: [{ title: 'x', text: '' }] })
    expect(errors.map((error) => error.path)).toEqual(['/id', '/seed', '/moments/0/atMs'])
  })
})

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
type Output = typeof import('./schema.ts').scenarioSchema['_zod']['output']
/** Actions hold any JSON, which is frozen through and through already. */
type Told<T extends { script?: unknown }> = Frozen<Omit<T, 'script'>>
type Keys<T> = T extends unknown ? keyof T : never
type Scripted<T extends { script?: readonly unknown[] }> = Keys<NonNullable<T['script']>[number]>

it('types.ts says what the schema says: the compiler refuses this line otherwise', () => {
  const same: Same<Told<Output>, Told<Scenario>> = true
  const actions: Same<Scripted<Output>, Scripted<Scenario>> = true
  expect(same && actions).toBe(true)
})

describe('a title', () => {
  it.each(['Orders', 'طلبات', '注文', '😀', 'a\u200Db', '1 < 2 <b>'])('may be %j', (title) => {
    expect(parseScenario({ ...full, title }).ok).toBe(true)
  })

  it.each([' ', '\u200B', '\u00A0\u2060'])('%j cannot be seen', (title) => {
    expect(errorsOf({ ...full, title })[0]).toMatchObject({ path: '/title' })
  })

  it.each(['a\nb', 'a\u0000', 'a\u202Eb', 'a\u2066b', 'a\uD800'])(
    '%j does more than it shows',
    (title) => {
      expect(errorsOf({ ...full, title })[0]).toMatchObject({
        path: '/title',
        expected: 'a text without control characters',
      })
    },
  )
})
