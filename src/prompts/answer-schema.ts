/** What the answers to a prompt must look like, as the model that answers is told beside the prompt. */
import type { PromptPart } from '../core/manifest.ts'
import { type JsonSchema, schemaOf } from './placeholders.ts'

/** `output.schema` as JSON Schema, under a name that every provider takes. */
type AnswerSchema = { readonly name: string; readonly schema: JsonSchema & Readonly<Record<string, unknown>> }

/** Parts of a release are one object for as long as it serves. */
const known = new WeakMap<PromptPart, Promise<AnswerSchema | undefined>>()

/**
 * Undefined where the prompt declares no object: providers hold answers to objects alone, so that a bare text or number,
 * or `format: json` without a schema, stays what the prompt says in its words.
 */
export function answerSchemaOf(part: PromptPart): Promise<AnswerSchema | undefined> {
  const there = known.get(part)
  if (there) return there
  const read = readSchema(part)
  known.set(part, read)
  return read
}

async function readSchema({ name, frontMatter }: PromptPart): Promise<AnswerSchema | undefined> {
  const schema = await schemaOf(frontMatter, 'output')
  if (schema?.type !== 'object') return undefined
  return { name: name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64), schema }
}
