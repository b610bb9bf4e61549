/** What the dialects say alike of a JSON Schema: with a name, a description, and whether it is to be held to strictly. */
import { isRecord, type Json, present, textIn } from './field-reader.ts'
import type { AnswerFormat, Tool } from './request.ts'

/** A format of answers from an object that holds `schema`. */
export const schemaFormat = (found: Json, schema: Json): AnswerFormat => ({
  kind: 'schema',
  name: String(found.name ?? 'answer'),
  schema,
  ...described(found),
})

/** A function from an object with its name; one without a schema takes nothing. */
export const functionTool = (name: string, found: Json, schema: unknown): Extract<Tool, { kind: 'function' }> => ({
  kind: 'function',
  name,
  schema: isRecord(schema) ? schema : { type: 'object', properties: {} },
  ...described(found),
})

const described = ({ description, strict }: Json) =>
  present({ description: textIn(description), strict: typeof strict === 'boolean' ? strict : undefined })
