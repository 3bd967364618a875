// Small words the views share: times, counts, ids.

/** Simulated time as the transport shows it. */
export const seconds = (ms: number, digits = 1): string => `${(ms / 1000).toFixed(digits)} s`

/** A duration without a needless decimal. */
export const roughly = (ms: number): string =>
  ms % 1000 === 0 ? `${ms / 1000} s` : `${(ms / 1000).toFixed(1)} s`

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`

/** 'OrderCreated' of order 42 → 'order-42 created'. */
export function eventWords(order: string | number, type: string): string {
  const past =
    type
      .match(/[A-Z][a-z]+/g)
      ?.at(-1)
      ?.toLowerCase() ?? type
  return `order-${order} ${past === 'received' ? 'paid' : past}`
}
