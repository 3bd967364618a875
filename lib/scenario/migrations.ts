// Documents of earlier versions, brought up to this one step by step. A step knows only the two versions
// it stands between, takes any JSON, and leaves what it does not understand for the schema to refuse.
import type { Json } from '../engine/types.ts'
import type { DocumentError } from './errors.ts'
import { documentError } from './errors.ts'

type Fields = { readonly [key: string]: Json | undefined }

interface Migration {
  /** What changed, for the test that every one is exercised. */
  readonly name: string
  readonly from: number
  readonly migrate: (document: Fields) => Fields
}

export const currentVersion = 1

export const migrations: readonly Migration[] = [
  {
    name: 'a fault says in `at` where it strikes',
    from: 0,
    migrate: (document) => ({ ...document, ...inList(document, 'faults', anchored) }),
  },
  {
    name: 'a topic is an object with its partitions',
    from: 0,
    migrate: (document) => ({ ...document, ...inObject(document, 'deployment', topicsOpened) }),
  },
  {
    name: 'a service says `listensTo`, not `topic`',
    from: 0,
    migrate: (document) => ({
      ...document,
      ...inObject(document, 'story', (story) => ({
        ...story,
        ...inList(story, 'services', (service) => renamed(service, 'topic', 'listensTo')),
      })),
    }),
  },
]

type Migrated = { readonly document: Json } | { readonly error: DocumentError }

/** Brings a document to the current version, or says why that cannot be. */
export function migrate(document: Json): Migrated {
  if (!isFields(document)) return { error: documentError('', document, 'an object: a scenario') }
  const { version } = document
  if (!Object.hasOwn(document, 'version'))
    return { error: documentError('/version', undefined, `a version: ${currentVersion}`) }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0)
    return { error: documentError('/version', version, `a version: ${currentVersion}`) }
  if (version > currentVersion) return { error: tooNew(version) }
  let fields = document
  for (let at = version; at < currentVersion; at++) {
    for (const step of migrations) if (step.from === at) fields = step.migrate(fields)
    fields = { ...fields, version: at + 1 }
  }
  return { document: fields as Json }
}

function tooNew(version: number): DocumentError {
  const expected = `a version up to ${currentVersion}`
  const message = `/version: found ${version}, expected ${expected}: it was made by a newer At Least Once`
  return { path: '/version', value: String(version), expected, message }
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function inList(parent: Fields, name: string, change: (fields: Fields) => Fields): Fields {
  const list = parent[name]
  if (!Array.isArray(list)) return {}
  return { [name]: list.map((item: Json) => (isFields(item) ? (change(item) as Json) : item)) }
}

function inObject(parent: Fields, name: string, change: (fields: Fields) => Fields): Fields {
  const child = parent[name]
  return isFields(child) ? { [name]: change(child) as Json } : {}
}

function renamed(fields: Fields, old: string, now: string): Fields {
  const { [old]: value, ...rest } = fields
  return value === undefined ? fields : { ...rest, [now]: value }
}

const ANCHOR = ['actor', 'stage', 'message', 'nth', 'atMs']

function anchored(fault: Fields): Fields {
  if (Object.hasOwn(fault, 'at')) return fault
  const entries = Object.entries(fault)
  const at = Object.fromEntries(entries.filter(([name]) => ANCHOR.includes(name)))
  return {
    ...Object.fromEntries(entries.filter(([name]) => !ANCHOR.includes(name))),
    at: at as Json,
  }
}

function topicsOpened(deployment: Fields): Fields {
  const { topics } = deployment
  if (!isFields(topics)) return deployment
  const opened = Object.entries(topics).map(([name, topic]) => [
    name,
    typeof topic === 'number' ? { partitions: topic } : topic,
  ])
  return { ...deployment, topics: Object.fromEntries(opened) }
}
