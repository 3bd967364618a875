// Deliveries in few words: "A!" is redelivered, {dc1,ac2} are x-delivery-count and x-acquired-count.
import type { Json } from '../../engine/types.ts'
import type { Delivered } from './_port.ts'

const COUNTS = [
  ['dc', 'x-delivery-count'],
  ['ac', 'x-acquired-count'],
] as const

export function bodyOf({ body, redelivered, headers }: Delivered): string {
  const counts = COUNTS.flatMap(([short, name]) =>
    headers[name] === undefined ? [] : [`${short}${headers[name]}`],
  )
  const offset = headers['x-stream-offset']
  const told = counts.length === 0 ? '' : `{${counts.join(',')}}`
  return `${body}${redelivered ? '!' : ''}${told}${offset === undefined ? '' : `@${offset}`}`
}

const FIELDS = ['count', 'reason', 'queue', 'exchange', 'routing-keys', 'original-expiration']

/** x-death in order, and the first and the last of it in headers of their own. */
export function deathsOf({ headers }: Delivered): Json {
  const deaths = headers['x-death']
  const entries = Array.isArray(deaths) ? deaths : []
  return entries.map((death: Readonly<Record<string, Json>>) => {
    const told = FIELDS.filter((name) => death[name] !== undefined)
    return told.map((name) => shown(death[name] as Json)).join(' ')
  })
}

function shown(value: Json): string {
  return Array.isArray(value) ? `[${value.join(',')}]` : value === '' ? "''" : String(value)
}

export function propertiesOf({ body, properties, headers }: Delivered): Json {
  const own = Object.entries(headers).filter(([name]) => /^x-(first|last)-death/.test(name))
  return { body, ...properties, ...(Object.fromEntries(own) as Record<string, Json>) }
}
