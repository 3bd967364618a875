// A little JSON in a link: deflated, as base64url text.
import { deflateSync, strToU8 } from 'fflate'
import type { Json } from '../engine/types.ts'
import { bytesOf, textOf } from '../scenario/base64url.ts'
import { inflate } from '../scenario/codec.ts'

export const textOfJson = (value: unknown): string =>
  textOf(deflateSync(strToU8(JSON.stringify(value)), { level: 9 }))

/** Undefined when the text is no such thing. */
export function jsonOfText(text: string): Json | undefined {
  const bytes = bytesOf(text)
  const inflated = bytes === null ? '' : inflate(bytes)
  if (typeof inflated === 'string') return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(inflated)) as Json
  } catch {
    return undefined
  }
}
