/** What a tool takes and returns against its schema, compiled once for each schema of a release. */

import { type SchemaCheck, schemaCheck } from '../kernel/json-schema.ts'
import type { ToolSchema } from './tool-schema.ts'

const compiled = new WeakMap<ToolSchema, SchemaCheck>()

export function checkOf(schema: ToolSchema): SchemaCheck {
  const check = compiled.get(schema) ?? schemaCheck(schema)
  compiled.set(schema, check)
  return check
}
