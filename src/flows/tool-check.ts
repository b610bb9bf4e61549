/** What a tool takes and returns against its schema, compiled once for each schema of a release. */
import type { ToolSchema } from '../core/tool-schema.ts'
import { type SchemaCheck, schemaCheck } from '../kernel/json-schema.ts'

const compiled = new WeakMap<ToolSchema, SchemaCheck>()

export function checkOf(schema: ToolSchema): SchemaCheck {
  const check = compiled.get(schema) ?? schemaCheck(schema)
  compiled.set(schema, check)
  return check
}
