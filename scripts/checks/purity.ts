// lib depends on nothing but its arguments; the engine on no word of messaging.
import { at, type Finding, isNode, isTest, type Node, type Source, walk } from './source.ts'
import { IMPURE, MESSAGING_WORDS } from './table.ts'

export function checkPurity(source: Source): Finding[] {
  if (!source.path.startsWith('lib/') || isTest(source.path)) return []
  return [...impureNames(source), ...classes(source), ...messagingWords(source)]
}

function impureNames(source: Source): Finding[] {
  const nodes = [...walk(source.root)]
  const own = new Set(nodes.flatMap(namesDeclaredBy))
  const labels = new Set(nodes.map(labelOf))
  return nodes.flatMap((node) => {
    const name = labels.has(node) ? undefined : impureName(node)
    if (name === undefined || own.has(name)) return []
    return [at(source, node.start, `lib is pure: no ${name} here`)]
  })
}

function impureName(node: Node): string | undefined {
  if (node.type === 'Identifier' && IMPURE.includes(String(node['name'])))
    return String(node['name'])
  if (node.type !== 'MemberExpression') return undefined
  const name = `${nameOf(node['object'])}.${nameOf(node['property'])}`
  return IMPURE.includes(name) ? name : undefined
}

const nameOf = (value: unknown): string =>
  isNode(value) ? String(value['name'] ?? value['value'] ?? '') : ''

/** The name after a dot or before a colon names a field, not a global. */
function labelOf(node: Node): unknown {
  if (node['computed'] === true) return undefined
  return node.type === 'MemberExpression' ? node['property'] : node['key']
}

/** A binding of the file's own hides the global of that name; a destructuring pattern declares many. */
function namesDeclaredBy(node: Node): string[] {
  switch (node.type) {
    case 'ImportSpecifier':
      return [nameOf(node['local'])]
    case 'VariableDeclarator':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return isNode(node['id']) ? bindings(node['id']) : []
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [nameOf(node['id']), ...(node['params'] as readonly Node[]).flatMap(bindings)]
    default:
      return []
  }
}

/** Names in a pattern. The type beside a parameter (`at: Date`) is none of them. */
function bindings(pattern: Node): string[] {
  const parts: Readonly<Record<string, readonly unknown[]>> = {
    Identifier: [],
    ObjectPattern: pattern['properties'] as readonly unknown[],
    ArrayPattern: pattern['elements'] as readonly unknown[],
    Property: [pattern['value']],
    AssignmentPattern: [pattern['left']],
    RestElement: [pattern['argument']],
  }
  const name = pattern.type === 'Identifier' ? [nameOf(pattern)] : []
  return [...name, ...(parts[pattern.type] ?? []).filter(isNode).flatMap(bindings)]
}

function classes(source: Source): Finding[] {
  return [...walk(source.root)]
    .filter((node) => node.type === 'ClassDeclaration' || node.type === 'ClassExpression')
    .map((node) => at(source, node.start, 'lib is functions and plain data: no class here'))
}

function messagingWords(source: Source): Finding[] {
  if (!source.path.startsWith('lib/engine/')) return []
  const words = new RegExp(MESSAGING_WORDS.join('|'), 'gi')
  return [...source.text.matchAll(words)].map(({ 0: word, index }) =>
    at(source, index, `the engine knows no messaging word: "${word}"`),
  )
}
