// JSON pointers (RFC 6901): '/deployment/consumer/max.poll.records'. '~' is written '~0' and '/' '~1'.

/** The pointer one step further in. */
export function step(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

export function pointer(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => step(path, String(key)), '')
}

/** The keys that a pointer names; null when it is not a pointer. */
export function keysOf(path: string): readonly string[] | null {
  if (path === '') return []
  if (!path.startsWith('/') || /~(?![01])/.test(path)) return null
  return path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What stands at the end of the keys; undefined when nothing does. */
export function valueAt(document: unknown, keys: readonly PropertyKey[]): unknown {
  let value = document
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
