// What a handler waits for, as its sink and its dedup store answer.
export const effectAnswer = (call: string, result = 'applied') =>
  ({ kind: 'EffectAnswer', call, result }) as never
export const seenAnswer = (call: string, is: boolean | 'unavailable') =>
  ({ kind: 'SeenAnswer', call, seen: is }) as never
export const markAnswer = (call: string, ok = true) => ({ kind: 'MarkAnswer', call, ok }) as never
export const brokenCall = (about: string) => ({ kind: 'ConnectionClosed', about }) as never
