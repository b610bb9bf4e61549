/**
 * Typed placeholders: what `input.schema` (Picoschema or JSON Schema) asks for, held against what is given.
 * Only what people write in prompts is checked: type, required, enum, items and properties.
 */
import { Dotprompt } from 'dotprompt'
import { Failure, messageOf, type Problem } from '../kernel/failure.ts'

export type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly additionalProperties?: boolean | JsonSchema
}

const dotprompt = new Dotprompt()

/** The schema of a prompt's input as JSON Schema; undefined when it declares none. Throws for one that is no schema. */
export const inputSchemaOf = (frontMatter: Readonly<Record<string, unknown>>): Promise<JsonSchema | undefined> =>
  schemaOf(frontMatter, 'input')

/** What the answers to a prompt have to fit; any JSON where it says `format: json` alone, undefined where it says nothing. */
export async function outputSchemaOf(frontMatter: Readonly<Record<string, unknown>>): Promise<JsonSchema | undefined> {
  const { format } = (frontMatter.output ?? {}) as { format?: unknown }
  return (await schemaOf(frontMatter, 'output')) ?? (format === 'json' ? {} : undefined)
}

/** The same of what goes in or of what comes out. */
export async function schemaOf(
  frontMatter: Readonly<Record<string, unknown>>,
  side: 'input' | 'output',
): Promise<JsonSchema | undefined> {
  const declared = frontMatter[side] as { schema?: unknown } | undefined
  if (!declared?.schema) return undefined
  try {
    const resolved = await dotprompt.renderMetadata({
      template: '',
      // A copy, because dotprompt adds `null` to the lists of optional enums where it finds them.
      [side]: { schema: structuredClone(declared.schema) as Record<string, unknown> },
    })
    return resolved[side]?.schema as JsonSchema | undefined
  } catch (thrown) {
    throw new Failure(
      'invalid',
      'prompts.schema-unusable',
      `${side}.schema cannot be read: ${messageOf(thrown)} Write \`name: string\` or JSON Schema.`,
    )
  }
}

/** What `input.default` gives. */
export const defaultsOf = (frontMatter: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  (frontMatter.input as { default?: Record<string, unknown> } | undefined)?.default ?? {}

/** Everything that does not fit, with the path of the value. */
export function mismatches(schema: JsonSchema, value: unknown, field = ''): Problem[] {
  const types = schema.type === undefined ? undefined : [schema.type].flat()
  const found = typeOf(value)
  if (types && !types.includes('any') && !types.some((type) => fits(type, found)))
    return [{ field, message: `is ${article(found)}, and ${types.map(article).join(' or ')} is asked for` }]
  if (schema.enum && !schema.enum.includes(value as never))
    return [{ field, message: `is none of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}` }]
  if (found === 'array' && schema.items) {
    const { items } = schema
    return (value as unknown[]).flatMap((item, i) => mismatches(items, item, join(field, String(i))))
  }
  if (found !== 'object') return []
  const object = value as Record<string, unknown>
  return [
    ...(schema.required ?? [])
      .filter((name) => ownOf(object, name) === undefined)
      .map((name) => ({ field: join(field, name), message: 'is missing' })),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
      ownOf(object, name) === undefined ? [] : mismatches(inner, object[name], join(field, name)),
    ),
  ]
}

/** Not what every object answers to, such as `constructor`. */
export const ownOf = (object: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined

const join = (field: string, name: string): string => (field === '' ? name : `${field}.${name}`)

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)

const typeOf = (value: unknown): string =>
  value === null || value === undefined
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'number' && Number.isInteger(value)
        ? 'integer'
        : typeof value

const fits = (type: string, found: string): boolean => type === found || (type === 'number' && found === 'integer')
