// From anything to a scenario, or to errors that say how to mend it. Never throws, whatever comes in.
import type { DocumentError, Parsed } from './errors.ts'
import { errorsOf, refusal } from './errors.ts'
import { readJson } from './json-text.ts'
import type { Known } from './known.ts'
import { known as everything } from './known.ts'
import { migrate } from './migrations.ts'
import { plain } from './plain.ts'
import { referenceErrors } from './references.ts'
import { scenarioSchema } from './schema.ts'
import type { Scenario } from './types.ts'

/** Takes a document, or its JSON text. */
export function parseScenario(input: unknown, known: Known = everything): Parsed {
  if (typeof input !== 'string') return parseDocument(input, known)
  const read = readJson(input)
  if ('value' in read) return parseDocument(read.value, known)
  const { line, column, found, expected } = read
  return refusal(
    expected,
    `Line ${line}, column ${column}: found ${found}, expected ${expected}. This is not JSON.`,
    found,
  )
}

function parseDocument(input: unknown, known: Known): Parsed {
  const safe = plain(input)
  if ('error' in safe) return failed([safe.error])
  const migrated = migrate(safe.json)
  if ('error' in migrated) return failed([migrated.error])
  const document = withBroker(withoutSchemaLink(migrated.document))
  const shaped = scenarioSchema.safeParse(document)
  if (!shaped.success) return failed(errorsOf(document, shaped.error.issues))
  const scenario: Scenario = shaped.data
  const errors = referenceErrors(scenario, known)
  return errors.length > 0 ? failed(errors) : { ok: true, scenario }
}

function failed(errors: readonly DocumentError[]): Parsed {
  return { ok: false, errors }
}

/** A deployment that names no broker is Kafka's: that is the document's default. */
function withBroker(document: unknown): unknown {
  const given = (document ?? {}) as { readonly deployment?: unknown }
  const { deployment } = given
  if (typeof deployment !== 'object' || deployment === null || 'broker' in deployment) {
    return document
  }
  return { ...given, deployment: { broker: 'kafka', ...deployment } }
}

/** An author's editor finds the JSON Schema by '$schema'; it says nothing about the run. */
function withoutSchemaLink(document: unknown): unknown {
  if (typeof document !== 'object' || document === null) return document
  const { $schema: _, ...rest } = document as Record<string, unknown>
  return rest
}
