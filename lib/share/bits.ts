// Small numbers one after the other, each in as few bits as its bound needs, as text of six bits a letter.
import { ALPHABET } from '../scenario/base64url.ts'

const LETTER = 6

/** How many bits a number below `bound` needs; none where there is only one such number. */
export const widthOf = (bound: number): number => (bound <= 1 ? 0 : 32 - Math.clz32(bound - 1))

export interface BitWriter {
  readonly write: (value: number, width: number) => void
  readonly text: () => string
}

export function bitWriter(): BitWriter {
  let text = ''
  let letter = 0
  let held = 0
  const put = (bit: number) => {
    letter = (letter << 1) | bit
    if (++held < LETTER) return
    text += ALPHABET[letter]
    letter = 0
    held = 0
  }
  return {
    write(value, width) {
      for (let at = width - 1; at >= 0; at--) put((value >>> at) & 1)
    },
    text: () => (held === 0 ? text : text + ALPHABET[letter << (LETTER - held)]),
  }
}

export interface BitReader {
  /** The next number; null where the text is over before. */
  readonly read: (width: number) => number | null
  /** Whether nothing is left but what fills up the last letter. */
  readonly isOver: () => boolean
}

/** Null when the text holds a letter that none is written with. */
export function bitReader(text: string): BitReader | null {
  const letters = [...text].map((letter) => ALPHABET.indexOf(letter))
  if (letters.includes(-1)) return null
  const end = LETTER * letters.length
  let at = 0
  const bit = (): number => {
    const letter = letters[Math.floor(at / LETTER)] as number
    return (letter >> (LETTER - 1 - (at++ % LETTER))) & 1
  }
  return {
    read(width) {
      if (at + width > end) return null
      let value = 0
      for (let i = 0; i < width; i++) value = (value << 1) | bit()
      return value
    },
    isOver() {
      if (end - at >= LETTER) return false
      while (at < end) if (bit() === 1) return false
      return true
    },
  }
}
