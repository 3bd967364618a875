// Reads JSON text and says where it stops being JSON. Engines word and place their own errors differently,
// so the place is found here: the same line and column in Node and in every browser.

type Read =
  | { readonly value: unknown }
  | {
      readonly line: number
      readonly column: number
      readonly found: string
      readonly expected: string
    }

export function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) }
  } catch {
    const { at, expected } = firstFault(text)
    const before = text.slice(0, at).split('\n')
    const found = at >= text.length ? 'the end of the text' : JSON.stringify(characterAt(text, at))
    return { line: before.length, column: (before.at(-1) ?? '').length + 1, found, expected }
  }
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0)
}

type Next = 'value' | 'value or ]' | 'name or }' | 'name' | 'colon' | 'comma or end'
interface Fault {
  readonly at: number
  readonly expected: string
}

/** A loop with a stack of its own: text nested a million deep is only long. */
function firstFault(text: string): Fault {
  const open: ('{' | '[')[] = []
  let next: Next = 'value'
  let at = skipSpace(text, 0)
  while (next !== 'comma or end' || open.length > 0) {
    const c = text[at]
    const inside = open.at(-1)
    if (next === 'comma or end') {
      const close = inside === '{' ? '}' : ']'
      if (c !== ',' && c !== close) return { at, expected: `"," or "${close}"` }
      if (c === close) open.pop()
      else next = inside === '{' ? 'name' : 'value'
      at += 1
    } else if (next === 'colon') {
      if (c !== ':') return { at, expected: '":"' }
      next = 'value'
      at += 1
    } else if (next === 'name' || next === 'name or }') {
      if (c === '}' && next === 'name or }') {
        open.pop()
        next = 'comma or end'
        at += 1
      } else {
        if (c !== '"')
          return { at, expected: next === 'name' ? 'a name in "' : 'a name in " or "}"' }
        const end = stringEnd(text, at)
        if (typeof end !== 'number') return end
        next = 'colon'
        at = end
      }
    } else if (c === '{' || c === '[') {
      open.push(c)
      next = c === '{' ? 'name or }' : 'value or ]'
      at += 1
    } else if (c === ']' && next === 'value or ]') {
      open.pop()
      next = 'comma or end'
      at += 1
    } else {
      const end = scalarEnd(text, at)
      if (typeof end !== 'number') return end
      next = 'comma or end'
      at = end
    }
    at = skipSpace(text, at)
  }
  return { at, expected: 'the end of the text' }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1
  return at
}

function scalarEnd(text: string, at: number): number | Fault {
  if (text[at] === '"') return stringEnd(text, at)
  for (const word of ['true', 'false', 'null'])
    if (text.startsWith(word, at)) return at + word.length
  // A number is short; a longer run of digits is cut here and found fault with at its end.
  const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text.slice(at, at + 400))
  return number === null ? { at, expected: 'a value' } : at + number[0].length
}

function stringEnd(text: string, from: number): number | Fault {
  for (let at = from + 1; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === 0x22) return at + 1
    if (c < 0x20) return { at, expected: 'the closing " of a text on one line' }
    if (c !== 0x5c) continue
    at += 1
    const escaped = text[at] ?? ''
    if (escaped === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4
    else if (escaped === '' || !'"\\/bfnrt'.includes(escaped))
      return {
        at,
        expected: 'an escape: one of " \\ / b f n r t, or u and four hexadecimal digits',
      }
  }
  return { at: text.length, expected: 'the closing " of a text' }
}
