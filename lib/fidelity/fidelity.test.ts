import { describe, expect, test } from 'vitest'
import { compareText } from '../experiments/_compare.ts'
import { allowedBy } from '../experiments/_judge.ts'
import { experiments } from '../experiments/index.ts'
import type { Experiment } from '../experiments/types.ts'
import { fidelityOf } from './fidelity.ts'
import { leftOut, notCompared } from './left-out.ts'
import { measured } from './measured.ts'
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
    expect(kept({})).toMatchObject({ row: 'K05', verdict: 'agrees', repetitions: 3, model })
    expect(kept({ agrees: false })?.verdict).toBe('differs')
  })
  test('counts no record of what the model said before', () => {
    const old = { verdict: 'not run since it changed', repetitions: 0, broker: [] }
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

test('what is left out and what was measured is told in sentences', () => {
  for (const { what, why } of leftOut) expect([what, why]).toEqual([sentence, sentence])
  for (const { expected, broker } of measured) expect([expected, broker]).toEqual([sentence, ends])
  for (const [rows, why] of notCompared) expect([rows, why]).toEqual([expect.any(String), sentence])
})
const sentence = expect.stringMatching(/^.{10,}\.$/)
const ends = expect.stringMatching(/^.{10,}[.)]$/)
