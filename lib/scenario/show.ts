// How values of a document are quoted in errors: short, and the same on every machine.

const SHOWN = 60

/** A value as JSON, shortened. Reads only as much of it as it shows. */
export function show(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return shorten(JSON.stringify(value.slice(0, 2 * SHOWN)))
  if (Array.isArray(value))
    return value.length <= 4 && !value.some((item) => typeof item === 'object')
      ? shorten(`[${value.map(show).join(', ')}]`)
      : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null)
    return shorten(`an object with ${Object.keys(value).slice(0, 4).join(', ') || 'no fields'}`)
  return shorten(String(value))
}

function shorten(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`
}

export function oneOf(values: readonly unknown[]): string {
  const quoted = values.map((value) => JSON.stringify(value))
  return quoted.length === 1 ? String(quoted[0]) : `one of ${quoted.join(', ')}`
}

/** 1,000,000: the same on every machine, whatever its locale. */
export function thousands(value: number | bigint): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
