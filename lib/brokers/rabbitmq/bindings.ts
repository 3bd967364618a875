// What is bound to an exchange, and the exchanges that every broker has.
import type { Binding, Exchange, ExchangeType, NodeState } from './node-state.ts'

const standard = (type: ExchangeType): Exchange => ({
  type,
  durable: true,
  alternate: '',
  bindings: [],
})

/** They are there without being declared; a node's state knows those that something was bound to. */
const STANDARD: Readonly<Record<string, Exchange>> = {
  'amq.direct': standard('direct'),
  'amq.fanout': standard('fanout'),
  'amq.headers': standard('headers'),
  'amq.match': standard('headers'),
  'amq.topic': standard('topic'),
}

/** Names that begin so are the broker's own. */
export const isReserved = (name: string): boolean => name.startsWith('amq.')

export function exchangeNamed(s: NodeState, name: string): Exchange | undefined {
  return s.exchanges[name] ?? STANDARD[name]
}

function isSameBinding(a: Binding, b: Binding): boolean {
  return isSameDestination(a, b) && a.routingKey === b.routingKey && sorted(a) === sorted(b)
}

const sorted = (binding: Binding): string =>
  JSON.stringify(Object.entries(binding.arguments).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const isSameDestination = (a: Binding, b: Binding): boolean =>
  a.to === b.to && a.destination === b.destination

/** What is bound already stays where it is; a ring takes notice of the first binding of a destination alone. */
export function withBinding(exchange: Exchange, binding: Binding): Exchange {
  const { type, bindings, ring = [] } = exchange
  if (bindings.some((each) => isSameBinding(each, binding))) return exchange
  const added = { ...exchange, bindings: [...bindings, binding] }
  if (type !== 'x-consistent-hash') return added
  const isThere = ring.some((each) => isSameDestination(each, binding))
  return { ...added, ring: isThere ? ring : [...ring, binding] }
}

/** Whichever binding of it is taken back, a destination leaves the ring. */
export function withoutBinding(exchange: Exchange, binding: Binding): Exchange {
  const { bindings, ring } = exchange
  const others = bindings.filter((each) => !isSameBinding(each, binding))
  if (others.length === bindings.length) return exchange
  const left = { ...exchange, bindings: others }
  if (ring === undefined) return left
  return { ...left, ring: ring.filter((each) => !isSameDestination(each, binding)) }
}

/** Every exchange without its bindings to what is deleted; those that have none stay as they are. */
export function withoutBindingsTo(
  exchanges: NodeState['exchanges'],
  to: Binding['to'],
  name: string,
): NodeState['exchanges'] {
  const isOther = (each: Binding) => each.to !== to || each.destination !== name
  return Object.fromEntries(
    Object.entries(exchanges).map(([id, exchange]) => {
      const { bindings, ring } = exchange
      if (bindings.every(isOther)) return [id, exchange]
      const left = { ...exchange, bindings: bindings.filter(isOther) }
      return [id, ring === undefined ? left : { ...left, ring: ring.filter(isOther) }]
    }),
  )
}
