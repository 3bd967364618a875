// Scenarios in links and in files. A link holds 'v1.' and the deflated document in base64url, so that it
// needs no server; what comes back from one is trusted with nothing, its size least of all.
import { deflateSync, Inflate, strToU8 } from 'fflate'
import { bytesOf, textOf } from './base64url.ts'
import { toDocument } from './document.ts'
import type { Parsed } from './errors.ts'
import { refusal } from './errors.ts'
import type { Known } from './known.ts'
import { limits } from './limits.ts'
import { parseScenario } from './parse.ts'
import { show, thousands } from './show.ts'
import type { Scenario } from './types.ts'

const PREFIX = 'v1.'
const CUT_SHORT = 'The link is cut short.'
/** Deflate grows at most 1032-fold, so that one such piece cannot inflate to more than half a megabyte. */
const PIECE = 512

export function encodeLink(scenario: Scenario): string {
  const json = JSON.stringify(toDocument(scenario))
  return PREFIX + textOf(deflateSync(strToU8(json), { level: 9 }))
}

/** Takes the fragment of a link, with or without its '#'. */
export function decodeLink(fragment: string, known?: Known): Parsed {
  if (fragment.length > limits.linkCharacters)
    return refusal(
      `at most ${thousands(limits.linkCharacters)} characters`,
      `The link is too long: ${thousands(fragment.length)} characters.`,
      `${thousands(fragment.length)} characters`,
    )
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment
  const version = /^v(\d+)\./.exec(text)
  if (version === null) return notOurs(text)
  if (Number(version[1]) > 1)
    return refusal(`"${PREFIX}"`, 'The link was made by a newer At Least Once.', show(version[0]))
  if (version[0] !== PREFIX) return notOurs(text)
  const bytes = bytesOf(text.slice(PREFIX.length))
  if (bytes === null)
    return refusal('base64url text', 'The link is damaged: it holds a character that none has.')
  const inflated = inflate(bytes)
  if (typeof inflated === 'string') return refusal('a whole link', inflated)
  return parsed(inflated, known)
}

function notOurs(text: string): Parsed {
  return refusal(
    `"${PREFIX}" and base64url text`,
    'This is not a link of At Least Once.',
    show(text),
  )
}

function parsed(bytes: Uint8Array, known: Known | undefined): Parsed {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return parseScenario(text, known)
  } catch {
    return refusal('UTF-8 text', 'The link is damaged: what it holds is not text.')
  }
}

/** The inflated bytes, or what is wrong. Stops at the cap, having made no more than one piece too much. */
export function inflate(bytes: Uint8Array): Uint8Array | string {
  if (bytes.length === 0) return CUT_SHORT
  const parts: Uint8Array[] = []
  let length = 0
  const stream = new Inflate((part) => {
    length += part.length
    parts.push(part)
  })
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      stream.push(bytes.slice(at, at + PIECE), at + PIECE >= bytes.length)
      if (length > limits.inflatedBytes)
        return `The link holds more than ${thousands(limits.inflatedBytes)} bytes.`
    }
  } catch (error) {
    return isEndOfInput(error) ? CUT_SHORT : 'The link is damaged.'
  }
  return joined(parts, length)
}

/** fflate's code for "unexpected EOF". */
function isEndOfInput(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 0
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The text of a scenario's file: for people too, so that it is indented and ends in a line. */
export function encodeFile(scenario: Scenario): string {
  return `${JSON.stringify(toDocument(scenario), null, 2)}\n`
}

export function decodeFile(text: string, known?: Known): Parsed {
  const { length } = text
  if (length > limits.fileCharacters)
    return refusal(
      `at most ${thousands(limits.fileCharacters)} characters`,
      `The file is too large: ${thousands(length)} characters.`,
      `${thousands(length)} characters`,
    )
  // UTF-16, a picture, an archive: what was read as UTF-8 and is not begins like no JSON ever does.
  if (text.startsWith('\uFFFD') || text.slice(0, 64).includes('\u0000'))
    return refusal('UTF-8 text', 'This is not text in UTF-8.')
  // Windows editors begin a file with a byte order mark, which JSON does not know.
  return parseScenario(text.startsWith('\uFEFF') ? text.slice(1) : text, known)
}
