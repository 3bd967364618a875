// The key of a message with its shape, as a cell of a table.
import type { Token } from '@/lib/picture/types'
import { KeyShape, shapeName } from '../ui/key-shape'

export function KeyOf({ token }: { readonly token: Token }) {
  return (
    <>
      <KeyShape shape={token.shape} />{' '}
      {token.key === null ? 'no key' : `${token.key}, ${shapeName(token.shape)}`}
    </>
  )
}
