import { expect, test } from 'vitest'
import { dedupStore } from '../../clients/dedup-store.ts'
import { sink } from '../../clients/sink.ts'
import { consumer } from './consumer.ts'
import { nodeKind } from './node.ts'
import { publisherKind } from './publisher.ts'
import { words } from './words.ts'

test.each([consumer, nodeKind, publisherKind, sink, dedupStore])(
  'every rule of the $name has its words, and no others do',
  (kind) => {
    const told = Object.keys(words[kind.name] ?? {}).sort()
    expect(told).toEqual(kind.rules.map((rule) => rule.name).sort())
  },
)
