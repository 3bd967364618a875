// Which queues a message reaches: exchanges, their bindings, bindings from exchange to exchange, alternate
// exchanges, and the routing keys that CC and BCC add.
import { exchangeNamed } from './bindings.ts'
import { bucketOf } from './consistent-hash.ts'
import type { Binding, Exchange, NodeState } from './node-state.ts'
import type { Arguments, Content, HeaderValue } from './protocol.ts'

type Headers = NonNullable<Content['properties']['headers']>
export const NO_HEADERS: Headers = {}

/** `*` is one word, `#` any number of them, none included. An empty key has no words. */
export function topicMatches(pattern: string, key: string): boolean {
  return wordsMatch(wordsOf(pattern), wordsOf(key))
}

const wordsOf = (text: string): readonly string[] => (text === '' ? [] : text.split('.'))

function wordsMatch(pattern: readonly string[], words: readonly string[]): boolean {
  // How many words the pattern so far may have taken, the fewest first: one look at each, however many # there are.
  let taken: readonly number[] = [0]
  for (const next of pattern) {
    const [fewest = words.length + 1] = taken
    taken =
      next === '#'
        ? Array.from({ length: words.length - fewest + 1 }, (_, i) => fewest + i)
        : taken.filter((n) => n < words.length && (next === '*' || next === words[n])).map(after)
  }
  return taken.includes(words.length)
}

const after = (n: number): number => n + 1

/**
 * `x-match` all or any over the arguments that do not begin with `x-`, or with the suffix -with-x over those, too.
 * Of no arguments all match, and none of any.
 */
export function headersMatch(wanted: Arguments, headers: Headers): boolean {
  const how = String(wanted['x-match'] ?? 'all')
  const isAsked = (name: string) =>
    how.endsWith('-with-x') ? name !== 'x-match' : !name.startsWith('x-')
  const entries = Object.entries(wanted).filter(([name]) => isAsked(name))
  const fits = ([name, value]: readonly [string, HeaderValue]) => headers[name] === value
  return how.startsWith('any') ? entries.some(fits) : entries.every(fits)
}

const weightOf = (binding: Binding): number => Number(binding.routingKey)

/** The binding key is a weight: how many buckets of the ring the destination has. */
function hashed(ring: readonly Binding[], key: string): readonly Binding[] {
  let bucket = bucketOf(
    key,
    ring.reduce((sum, each) => sum + weightOf(each), 0),
  )
  for (const each of ring) {
    if (bucket < weightOf(each)) return [each]
    bucket -= weightOf(each)
  }
  return []
}

function matching(exchange: Exchange, key: string, headers: Headers): readonly Binding[] {
  const { type, bindings, ring = [] } = exchange
  switch (type) {
    case 'fanout':
      return bindings
    case 'direct':
      return bindings.filter((binding) => binding.routingKey === key)
    case 'topic':
      return bindings.filter((binding) => topicMatches(binding.routingKey, key))
    case 'headers':
      return bindings.filter((binding) => headersMatch(binding.arguments, headers))
    case 'x-consistent-hash':
      return hashed(ring, key)
  }
}

interface Found {
  readonly keys: readonly string[]
  readonly headers: Headers
  readonly queues: string[]
  readonly exchanges: string[]
}

function follow(s: NodeState, name: string, found: Found): void {
  const { keys, headers } = found
  if (name === '') {
    for (const key of keys) {
      if (s.queues[key] !== undefined && !found.queues.includes(key)) found.queues.push(key)
    }
    return
  }
  const exchange = exchangeNamed(s, name)
  if (exchange === undefined || found.exchanges.includes(name)) return
  found.exchanges.push(name)
  let isRouted = false
  // Only the message's own key is hashed: it has one bucket.
  for (const key of exchange.type === 'x-consistent-hash' ? keys.slice(0, 1) : keys) {
    for (const { to, destination } of matching(exchange, key, headers)) {
      isRouted = true
      if (to === 'exchange') follow(s, destination, found)
      else if (!found.queues.includes(destination)) found.queues.push(destination)
    }
  }
  if (!isRouted && exchange.alternate !== '') follow(s, exchange.alternate, found)
}

export const listIn = (headers: Headers, name: string): readonly string[] => {
  const value = headers[name]
  return Array.isArray(value) ? value : []
}

/** The routing keys a message has: its own, and those that its CC and BCC headers add. */
function routingKeys({ routingKey, properties }: Content): readonly string[] {
  const { headers } = properties
  if (headers === undefined) return [routingKey]
  return [routingKey, ...listIn(headers, 'CC'), ...listIn(headers, 'BCC')]
}

/** Names of the queues that get one copy each, however many bindings match. */
export function route(s: NodeState, exchange: string, content: Content): readonly string[] {
  const headers = content.properties.headers ?? NO_HEADERS
  const found: Found = { keys: routingKeys(content), headers, queues: [], exchanges: [] }
  follow(s, exchange, found)
  return found.queues.filter((name) => s.queues[name] !== undefined)
}

export function exchangeExists(s: NodeState, name: string): boolean {
  return name === '' || exchangeNamed(s, name) !== undefined
}

/** BCC is for the broker alone: whoever receives the message does not see it. */
export function withoutBcc(content: Content): Content {
  const { headers } = content.properties
  if (headers?.['BCC'] === undefined) return content
  const { BCC: _, ...others } = headers
  return { ...content, properties: { ...content.properties, headers: others } }
}
