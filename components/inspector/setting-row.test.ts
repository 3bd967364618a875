// What may be typed into a setting.

import { expect, test } from 'vitest'
import type { SettingField } from '@/lib/session/types'
import { readValue } from './read-value'

const field = (part: Partial<SettingField>): SettingField => ({
  path: '/deployment/consumer/session.timeout.ms',
  name: 'session.timeout.ms',
  value: 6000,
  defaultValue: 45000,
  unit: 'ms',
  meaning: '',
  kind: 'integer',
  ...part,
})

test.each([
  ['6000', 6000],
  [' 10 ', 10],
  ['-1', -1],
])('%s is a whole number', (text, value) => {
  expect(readValue(field({}), text)).toEqual({ value })
})

test.each(['', 'abc', '1.5', '1e3', '6 000'])('“%s” is refused, and the setting named', (text) => {
  expect(readValue(field({}), text)).toEqual({
    error: expect.stringContaining('session.timeout.ms takes a whole number'),
  })
})

test('of a long text typed by mistake only the beginning is said', () => {
  for (const text of ['9'.repeat(4_000), 'x'.repeat(4_000)]) {
    const read = readValue(field({ max: 500 }), text)
    expect('error' in read && read.error.length).toBeLessThan(120)
  }
})

test('bounds are said', () => {
  expect(readValue(field({ min: 1, max: 500 }), '501')).toEqual({
    error: 'session.timeout.ms takes 1 to 500; found 501.',
  })
  expect(readValue(field({ min: 1 }), '0')).toEqual({
    error: 'session.timeout.ms takes at least 1; found 0.',
  })
})

test('booleans and choices', () => {
  expect(readValue(field({ kind: 'boolean' }), 'true')).toEqual({ value: true })
  expect(readValue(field({ kind: 'choice', choices: ['all'] }), 'all')).toEqual({ value: 'all' })
})
