// Size, names, and what must not be left lying about.
import { at, type Finding, isNode, isTest, type Node, type Source, walk } from './source.ts'
import { FILE_LINES, FUNCTION_LINES } from './table.ts'

export function checkTidy(source: Source): Finding[] {
  const checks = [
    syntax,
    fileName,
    fileLength,
    functionLengths,
    heldBackTests,
    unfinished,
    machinePaths,
  ]
  return checks.flatMap((check) => check(source))
}

const syntax = (source: Source): Finding[] =>
  source.syntaxErrors.map((error) => at(source, 0, `cannot be read: ${error}`))

// Routes may be `[slug]`, `(group)` or `@slot`, a catalogue's own files begin with `_`.
const KEBAB = /^[_@([]*[a-z0-9]+(-[a-z0-9]+)*[)\]]*(\.[a-z0-9-]+)*$/
const GOLDEN = /^__[a-z]+__$/

function fileName(source: Source): Finding[] {
  const wrong = source.path.split('/').filter((part) => !KEBAB.test(part) && !GOLDEN.test(part))
  return wrong.map((part) => at(source, 0, `"${part}" is not kebab-case`))
}

function fileLength(source: Source): Finding[] {
  const lines = source.text.trimEnd().split('\n').length
  if (lines <= FILE_LINES) return []
  return [at(source, 0, `${lines} lines; ${FILE_LINES} is the most a file may have`)]
}

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']

function functionLengths(source: Source): Finding[] {
  const most = FUNCTION_LINES[source.path.split('/')[0] ?? '']
  if (most === undefined || isTest(source.path)) return []
  return [...walk(source.root)].flatMap((node) => {
    const lines = source.text.slice(node.start, node.end).split('\n').length
    if (!FUNCTIONS.includes(node.type) || lines <= most) return []
    return [at(source, node.start, `a function of ${lines} lines; ${most} is the most`)]
  })
}

const RUNNERS = ['test', 'it', 'describe', 'suite', 'bench']
const HELD_BACK = ['only', 'skip', 'todo', 'fixme', 'skipIf', 'runIf', 'fails']

/** A test that does not run is no test. */
function heldBackTests(source: Source): Finding[] {
  if (!isTest(source.path)) return []
  return [...walk(source.root)].flatMap((node) => {
    if (node.type !== 'MemberExpression' || !RUNNERS.includes(runnerOf(node))) return []
    const property = node['property'] as Node
    const name = String(property['name'] ?? '')
    return HELD_BACK.includes(name)
      ? [at(source, property.start, `no .${name}: every test runs`)]
      : []
  })
}

/** `test` of `test.describe.only`. */
function runnerOf(node: Node): string {
  const inner = node['object'] ?? node['callee']
  return isNode(inner) ? runnerOf(inner) : String(node['name'] ?? '')
}

const UNFINISHED = /\b(TO-?DO|FIX-?ME)\b/

function unfinished(source: Source): Finding[] {
  return source.comments
    .filter(({ value }) => UNFINISHED.test(value) && !/https?:\/\/\S+\/issues\/\d+/.test(value))
    .map(({ start }) =>
      at(source, start, 'what is unfinished names the issue it waits for, by its link'),
    )
}

const MACHINE = /(?<![\w.:/*-])\/(home|Users|root|work|tmp)\/[\w.-]/g

function machinePaths(source: Source): Finding[] {
  return [...source.text.matchAll(MACHINE)].map(({ 0: path, index }) =>
    at(source, index, `"${path}..." is a path of one machine`),
  )
}
