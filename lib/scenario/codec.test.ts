import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { bytesOf, textOf } from './base64url.ts'
import { decodeFile, decodeLink, encodeFile, encodeLink, inflate } from './codec.ts'
import { toDocument } from './document.ts'
import { parseScenario } from './parse.ts'
import { full, scenarioOf, shortest } from './sample.fixture.ts'

const someOf = <T extends object>(fields: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] })
const range = fc
  .tuple(fc.nat(86_400_000), fc.nat(86_400_000))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)])
const word = fc
  .string({ minLength: 1, maxLength: 30 })
  .filter((text) => !(text in Object.prototype))
const title = word.filter((text) => text.trim() !== '')

/** Any valid document: fields set and left out in every combination. */
const anyDocument = fc
  .record({
    producer: someOf({
      title,
      count: fc.nat(1_000_000),
      everyMs: range,
      keys: fc.uniqueArray(word, { minLength: 1, maxLength: 5 }),
      eventTypes: fc.array(word, { minLength: 1, maxLength: 4 }),
      keyChoice: fc.constantFrom('key', 'none', 0, 1),
      resendsWithNewId: fc.boolean(),
      together: fc.integer({ min: 1, max: 9 }),
      startsAtMs: fc.integer({ min: 0, max: 9000 }),
    }),
    service: someOf({
      title: fc.oneof(title, fc.constant('payments')),
      instances: fc.integer({ min: 1, max: 16 }),
      strategy: fc.constantFrom(
        { kind: 'none' },
        { kind: 'idempotency-key' },
        { kind: 'idempotency-key', scope: 'order', retentionMs: 5 },
        { kind: 'dedup-table', marks: 'after' },
      ),
      ackPoint: fc.constantFrom('before', 'after'),
      workers: fc.integer({ min: 1, max: 16 }),
      handlerMs: range,
      replays: fc.boolean(),
    }),
    deployment: someOf({
      nodes: fc.integer({ min: 1, max: 16 }),
      latencyMs: range,
      consumer: fc.constantFrom({}, { 'max.poll.records': 3 }, { 'enable.auto.commit': true }),
    }),
    top: someOf({
      summary: fc.string({ maxLength: 200 }),
      seed: word,
      faults: fc.array(
        fc.record({
          fault: fc.constant('crash'),
          at: fc.record({ actor: fc.constantFrom('payments', 'payments-0'), atMs: fc.nat(9999) }),
        }),
        { maxLength: 3 },
      ),
      expect: fc.constantFrom({}, { 'no-loss': 'holds' }),
    }),
  })
  .map(({ producer, service, deployment, top }) => ({
    ...shortest,
    ...top,
    story: {
      streams: ['orders'],
      producers: [{ id: 'order-service', publishes: 'orders', ...producer }],
      services: [
        { id: 'payments', listensTo: 'orders', effect: 'charge', sink: 'charges', ...service },
      ],
      sinks: [{ id: 'charges', kind: 'external-api' }],
    },
    deployment: { topics: { orders: { partitions: 2 } }, ...deployment },
  }))

function message(parsed: ReturnType<typeof decodeLink>): string {
  return parsed.ok ? 'it was accepted' : (parsed.errors[0]?.message ?? 'no message')
}

describe('a document', () => {
  it('comes back from the scenario without what is the default', () => {
    expect(toDocument(scenarioOf(shortest))).toEqual(shortest)
    expect(toDocument(scenarioOf(full))).toEqual({
      ...full,
      deployment: { ...full.deployment, broker: undefined, version: undefined },
    })
  })

  it('gives the same scenario again, whatever it leaves out', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const scenario = scenarioOf(document)
        expect(scenarioOf(toDocument(scenario))).toEqual(scenario)
        expect(decodeLink(encodeLink(scenario))).toEqual({ ok: true, scenario })
        expect(decodeFile(encodeFile(scenario))).toEqual({ ok: true, scenario })
      }),
    )
  })
})

describe('a link', () => {
  it('is a fragment of a URL as it stands, and starts with its version', () => {
    expect(encodeLink(scenarioOf(full))).toMatch(/^v1\.[A-Za-z0-9_-]+$/)
  })

  it('is the same text for the same scenario, byte for byte', () => {
    const link = encodeLink(scenarioOf(shortest))
    expect(link).toBe(encodeLink(scenarioOf(structuredClone(shortest))))
    expect(link).toBe(
      'v1.NY2xDoMwDER_Bd2cDl3zHd0QQ5tYIhLgyA5IKMq_14Diyb47v6s4SDTxBv92SBEeOrMU0gKHkspCJn1mGro8RA77Stvla2E54astQt9V4UewRCNicsjCcQ_X4cf6sG_zpSRHCmSAvP-WpDNZpD-2qTlEygufd4vRC-cULFJ7xtdm8wc',
    )
  })

  it('may still carry its #', () => {
    expect(decodeLink(`#${encodeLink(scenarioOf(full))}`).ok).toBe(true)
  })

  it('says wherever it was cut that it was cut', () => {
    const link = encodeLink(scenarioOf(full))
    for (let end = 'v1.'.length; end < link.length; end++)
      expect(message(decodeLink(link.slice(0, end)))).toBe('The link is cut short.')
  })

  it.each([
    ['', 'This is not a link of At Least Once.'],
    ['#section-2', 'This is not a link of At Least Once.'],
    ['v2.abc', 'The link was made by a newer At Least Once.'],
    ['v99999999999999.abc', 'The link was made by a newer At Least Once.'],
    ['v0.abc', 'This is not a link of At Least Once.'],
    ['v01.abc', 'This is not a link of At Least Once.'],
    ['v1.ab+/', 'The link is damaged: it holds a character that none has.'],
    ['v1._____', 'The link is damaged.'],
    [`v1.${'A'.repeat(70_000)}`, 'The link is too long: 70,003 characters.'],
    [`v1.${textOf(deflateSync(new Uint8Array([0xff, 0xfe])))}`, /what it holds is not text/],
    [`v1.${textOf(deflateSync(new TextEncoder().encode('{"version":')))}`, /This is not JSON/],
    [`v1.${textOf(deflateSync(new TextEncoder().encode('{"version":9}')))}`, /newer At Least Once/],
  ])('%.20j is refused', (link, expected) => {
    expect(message(decodeLink(link))).toMatch(expected)
  })

  it('never throws, whatever follows its prefix', () => {
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const unit = fc.constantFrom(...characters)
    fc.assert(fc.property(fc.string({ unit }), (text) => message(decodeLink(`v1.${text}`)) !== ''))
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => message(decodeLink(text)) !== ''),
    )
  })

  it('is refused or harmless when one character of it changes', () => {
    const link = encodeLink(scenarioOf(full))
    for (let at = 3; at < link.length; at++) {
      const changed = `${link.slice(0, at)}${link[at] === 'A' ? 'B' : 'A'}${link.slice(at + 1)}`
      const parsed = decodeLink(changed)
      if (parsed.ok) expect(parseScenario(toDocument(parsed.scenario)).ok).toBe(true)
      else expect(parsed.errors[0]?.message).not.toBe('')
    }
  })
})

describe('a deflate bomb', () => {
  const zeros = (megabytes: number) => deflateSync(new Uint8Array(megabytes * 1024 * 1024))

  it('of 100 MB is refused at the cap, without being inflated', () => {
    const bomb = zeros(100)
    const before = process.memoryUsage().arrayBuffers
    expect(inflate(bomb)).toBe('The link holds more than 1,048,576 bytes.')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024)
  })

  it('that fits in a link is refused too', () => {
    const link = `v1.${textOf(zeros(40))}`
    expect(link.length).toBeLessThan(65_536)
    expect(message(decodeLink(link))).toBe('The link holds more than 1,048,576 bytes.')
  })

  it('is told from what is only large: a megabyte passes', () => {
    expect(inflate(zeros(1))).toHaveLength(1024 * 1024)
  })
})

describe('a file', () => {
  it('is indented JSON that ends in a line', () => {
    const text = encodeFile(scenarioOf(shortest))
    expect(text).toBe(`${JSON.stringify(shortest, null, 2)}\n`)
  })

  it('may begin with a byte order mark', () => {
    expect(decodeFile(`\uFEFF${JSON.stringify(full)}`).ok).toBe(true)
  })

  it('of more than 10 MB is refused before it is read', () => {
    expect(message(decodeFile(' '.repeat(11 * 1024 * 1024)))).toBe(
      'The file is too large: 11,534,336 characters.',
    )
  })

  it('of 10 MB of nonsense is refused, and says where', () => {
    expect(message(decodeFile(`["${'x'.repeat(9_000_000)}`))).toMatch(/column 9000003/)
    expect(message(decodeFile(JSON.stringify({ ...full, extra: 'x'.repeat(9_000_000) })))).toMatch(
      /^\/extra: found "x+….*one of these fields: version, id/,
    )
  })
})

it('base64url is that of RFC 4648', () => {
  expect(textOf(new TextEncoder().encode('fooba'))).toBe('Zm9vYmE')
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(textOf(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(bytesOf(textOf(bytes))).toEqual(bytes)
    }),
  )
})

describe('a file that is no text in UTF-8', () => {
  const json = JSON.stringify(full)
  const read = (bytes: Uint8Array) =>
    decodeFile(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  it.each([
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${json}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(json, 'utf16le')],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a])],
  ])('%s: it says so', (_, bytes) => {
    expect(message(read(bytes))).toBe('This is not text in UTF-8.')
  })

  it('with a byte order mark it is one', () => {
    expect(read(Buffer.from(`\uFEFF${json}`)).ok).toBe(true)
  })
})
