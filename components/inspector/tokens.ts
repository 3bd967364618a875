// Finds a message in a picture, wherever it is drawn.
import type { Part, Picture, Token } from '@/lib/picture/types'

export function tokenOf(picture: Picture, message: string): Token | null {
  if (message === '') return null
  for (const part of picture.parts) {
    const token = tokensOf(part).find((each) => each.message === message)
    if (token !== undefined) return token
  }
  const flying = picture.flights.flatMap(({ tokens }) => tokens)
  return flying.find((each) => each.message === message) ?? null
}

function tokensOf(part: Part): readonly Token[] {
  switch (part.kind) {
    case 'tape':
    case 'replica':
    case 'pool':
      return part.slots.flatMap(({ token }) => (token === null ? [] : [token]))
    case 'queue':
      return [...part.ready, ...part.unacked].flatMap(({ token }) =>
        token === null ? [] : [token],
      )
    case 'pipeline':
      return part.token === null ? [] : [part.token]
    case 'table':
      return part.tokens
    default:
      return []
  }
}
