import { describe, expect, test } from 'vitest'
import { compareText } from '../experiments/_compare.ts'
import { allowedBy } from '../experiments/_judge.ts'
import { experiments } from '../experiments/index.ts'
import { rabbitmqExperiments } from '../experiments/rabbitmq/index.ts'
import {
  expectedOf,
  type Experiment as RabbitmqExperiment,
  type Variant,
  variantName,
  variantsOf,
} from '../experiments/rabbitmq/types.ts'
import type { Experiment } from '../experiments/types.ts'
import { fidelityOf } from './fidelity.ts'
import { leftOut, notCompared } from './left-out.ts'
import { rabbitmqLeftOut } from './left-out-rabbitmq.ts'
import { measured } from './measured.ts'
import { rabbitmqMeasured } from './measured-rabbitmq.ts'
import { rabbitmqFidelityOf } from './rabbitmq.ts'
import { subjectOf } from './subjects.ts'

const named = (id: string) => experiments.find((each) => each.id === id) as Experiment

describe('a row', () => {
  const twice = named('same-batch-twice')
  const model = allowedBy(twice).map(compareText)
  const kept = (change: object) => {
    const one = { agrees: true, repetitions: 3, model, broker: model, ...change }
    const record = { broker: 'Kafka', version: '4', experiments: { [twice.id]: one } }
    return fidelityOf(record).rows.find(({ id }) => id === twice.id)
  }
  test('says what was kept of it', () => {
    expect(kept({})).toMatchObject({
      row: 'K05',
      verdict: 'agrees',
      repetitions: 3,
      outcomes: [{ of: '', model, broker: model }],
    })
    expect(kept({ agrees: false })?.verdict).toBe('differs')
  })
  test('counts no record of what the model said before', () => {
    const old = {
      verdict: 'not run since it changed',
      repetitions: 0,
      outcomes: [{ broker: [] }],
    }
    expect(kept({ model: ['{}'] })).toMatchObject(old)
    const none = fidelityOf({ broker: 'Kafka', version: '4', experiments: {} })
    expect(none.rows).toHaveLength(experiments.length)
    expect(none.rows[0]).toMatchObject(old)
  })
  test('of a set says what must never be', () => {
    const { rows } = fidelityOf({ broker: 'Kafka', version: '4', experiments: {} })
    expect(rows.find(({ id }) => id === 'two-commits-race')?.never).toMatch(/^\{.*\}: .+/)
  })
})

test('the subject is what the script is about', () => {
  expect(subjectOf(named('same-batch-twice'))).toBe('Producers and logs')
  expect(subjectOf(named('commit-backwards'))).toBe('Groups and commits')
  expect(subjectOf(named('delete-records'))).toBe('Retention and compaction')
  expect(subjectOf(named('producer-id-expires'))).toBe('Retention and compaction')
  expect(subjectOf(named('another-clients-partitioner'))).toBe('Other clients')
})

describe('a row with variants', () => {
  const both = rabbitmqExperiments.find(({ id }) => id === 'reject-publish') as RabbitmqExperiment
  const variants = variantsOf(both)
  const textOf = (variant: Variant) => compareText(expectedOf(both, variant))
  const rowOf = (change: (name: string) => object) => {
    const kept = variants.map((variant) => {
      const name = variantName(variant)
      const same = {
        agrees: true,
        repetitions: 3,
        model: textOf(variant),
        broker: [textOf(variant)],
      }
      return [`${both.id} on ${name}`, { ...same, ...change(name) }]
    })
    const releases = { '4.0': '4.0.5-6', '4.3': '4.3.6-1' }
    const all = { broker: 'RabbitMQ', releases, experiments: Object.fromEntries(kept) }
    const fidelity = rabbitmqFidelityOf(all)
    expect(fidelity.version).toBe('4.0.5 and 4.3.6')
    return fidelity.rows.find(({ id }) => id === both.id)
  }
  test('tells variants that came out alike together', () => {
    expect(rowOf(() => ({}))).toMatchObject({
      broker: 'RabbitMQ',
      row: 'R24',
      verdict: 'agrees',
      repetitions: 3,
      outcomes: [{ of: '4.3/classic, 4.0/classic' }, { of: '4.3/quorum, 4.0/quorum' }],
    })
  })
  test('differs where one does, which stands by itself', () => {
    const change = (name: string) =>
      name === '4.0/quorum' ? { agrees: false, broker: ['{"C":"nack"}'] } : {}
    const row = rowOf(change)
    expect(row?.verdict).toBe('differs')
    expect(row?.outcomes.map(({ of }) => of)).toEqual([
      '4.3/classic, 4.0/classic',
      '4.3/quorum',
      '4.0/quorum',
    ])
  })
  test('counts as run only where every variant was, on what the model says today', () => {
    const old = rowOf((name) => (name === '4.3/quorum' ? { model: '{}' } : {}))
    expect(old).toMatchObject({ verdict: 'not run since it changed', repetitions: 0 })
    expect(old?.outcomes.find(({ of }) => of === '4.3/quorum')?.broker).toEqual([])
  })
  test('is about what its script does, and about what its queues are declared with', () => {
    const { rows } = rabbitmqFidelityOf({ broker: 'RabbitMQ', releases: {}, experiments: {} })
    const subject = (id: string) => rows.find((each) => each.id === id)?.subject
    expect(rows).toHaveLength(rabbitmqExperiments.length)
    expect(subject('stream-is-read-again')).toBe('Streams')
    expect(subject('topic-wildcards')).toBe('Routing')
    expect(subject('retry-ring')).toBe('Expiry, limits and dead letters')
    expect(subject('nack-multiple')).toBe('What comes back')
    expect(subject('round-robin')).toBe('Consumers')
    expect(subject('message-id-is-no-deduplication')).toBe('Publishing')
  })
})

test('what is left out and what was measured is told in sentences', () => {
  for (const { what, why } of [...leftOut, ...rabbitmqLeftOut])
    expect([what, why]).toEqual([sentence, sentence])
  for (const { expected, broker } of [...measured, ...rabbitmqMeasured])
    expect([expected, broker]).toEqual([sentence, ends])
  for (const [rows, why] of notCompared) expect([rows, why]).toEqual([expect.any(String), sentence])
})
const sentence = expect.stringMatching(/^.{10,}\.$/)
const ends = expect.stringMatching(/^.{10,}[.)]$/)
