// One source file, parsed: what every check reads.
import { parseSync } from 'oxc-parser'

/** A node of the syntax tree, as much of it as the checks need to know. */
export type Node = {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

export type Import = {
  readonly from: string
  readonly start: number
  /** Every name it brings is a type: nothing of it is left at run time. */
  readonly typesOnly: boolean
}

export type Source = {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly root: Node
  readonly imports: readonly Import[]
  readonly comments: readonly { readonly value: string; readonly start: number }[]
  readonly syntaxErrors: readonly string[]
}

export type Finding = { readonly path: string; readonly line: number; readonly says: string }

export function parse(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text)
  const root = program as unknown as Node
  return {
    path,
    text,
    root,
    imports: [...walk(root)].flatMap(importOf),
    comments,
    syntaxErrors: errors.map((error) => error.message),
  }
}

export function at(source: Source, start: number, says: string): Finding {
  return { path: source.path, line: source.text.slice(0, start).split('\n').length, says }
}

export const isTest = (path: string): boolean => /\.(test|spec)\.tsx?$/.test(path)

/** Every node of the tree, parents first. */
export function* walk(node: Node): Generator<Node> {
  yield node
  for (const child of childrenOf(node)) yield* walk(child)
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

function importOf(node: Node): Import[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return named(node, node['source'], isTypeOnly(node))
    case 'TSImportType':
      return named(node, node['source'], true)
    case 'NewExpression':
      return named(node, workerUrl(node), false)
    default:
      return []
  }
}

function named(node: Node, literal: unknown, typesOnly: boolean): Import[] {
  if (!isNode(literal) || typeof literal['value'] !== 'string') return []
  return [{ from: literal['value'], start: node.start, typesOnly }]
}

function isTypeOnly(node: Node): boolean {
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true
  const names = (node['specifiers'] ?? []) as readonly Node[]
  return (
    names.length > 0 && names.every((name) => (name['importKind'] ?? name['exportKind']) === 'type')
  )
}

/** `new URL('./x.ts', import.meta.url)`, the way to name a worker, is an import in all but name. */
function workerUrl(node: Node): unknown {
  const callee = node['callee'] as Node
  const [address, base] = node['arguments'] as readonly Node[]
  const isUrl = callee.type === 'Identifier' && callee['name'] === 'URL'
  const ofModule =
    base?.type === 'MemberExpression' && (base['object'] as Node).type === 'MetaProperty'
  return isUrl && ofModule && isSource(address) ? address : undefined
}

const isSource = (node: Node | undefined): boolean =>
  typeof node?.['value'] === 'string' && /\.tsx?$/.test(node['value'])
