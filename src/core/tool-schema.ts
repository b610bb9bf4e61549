/**
 * JSON Schema of a tool's arguments, in the part that every dialect of a model takes and that is held here word by
 * word. What is not checked cannot be written: a keyword that nobody holds would promise what it does not keep.
 */
import { z } from 'zod'
import type { Problem } from '../kernel/failure.ts'
import { verdictOnPattern } from './safe-pattern.ts'

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'] as const
type Type = (typeof TYPES)[number]

export type ToolSchema = {
  readonly type?: Type | readonly Type[] | undefined
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly properties?: Readonly<Record<string, ToolSchema>> | undefined
  readonly required?: readonly string[] | undefined
  readonly additionalProperties?: boolean | undefined
  readonly items?: ToolSchema | undefined
  readonly enum?: readonly (string | number | boolean | null)[] | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly minItems?: number | undefined
  readonly maxItems?: number | undefined
  /** One that cannot explode, as `safe-pattern.ts` says. */
  readonly pattern?: string | undefined
}

const count = z.number().int().min(0)

export const ToolSchema: z.ZodType<ToolSchema> = z.lazy(() =>
  z.strictObject({
    type: z.union([z.enum(TYPES), z.array(z.enum(TYPES)).min(1)]).optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    properties: z.record(z.string(), ToolSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.boolean().optional(),
    items: ToolSchema.optional(),
    enum: z
      .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .min(1)
      .optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: count.optional(),
    maxLength: count.optional(),
    minItems: count.optional(),
    maxItems: count.optional(),
    pattern: z
      .string()
      .superRefine((pattern, context) => {
        const verdict = verdictOnPattern(pattern)
        if (verdict.kind === 'refused') context.addIssue({ code: 'custom', message: verdict.why })
      })
      .optional(),
  }),
)

/** Arguments are an object, and what it asks for is among what it names. */
export const ArgumentsSchema = ToolSchema.superRefine(({ type, required = [], properties = {} }, context) => {
  if (type !== 'object') context.addIssue({ code: 'custom', path: ['type'], message: 'arguments are of type object' })
  for (const name of required)
    if (!Object.hasOwn(properties, name))
      context.addIssue({ code: 'custom', path: ['required'], message: `${name} is required and is no property` })
})

/** Everything in a value that does not fit, with its path; nothing where it fits. */
export function schemaProblems(schema: ToolSchema, value: unknown, field = ''): Problem[] {
  const found = typeOf(value)
  const types = schema.type === undefined ? undefined : [schema.type].flat()
  if (types && !types.some((type) => type === found || (type === 'number' && found === 'integer')))
    return [{ field, message: `is ${article(found)}, and ${types.map(article).join(' or ')} is asked for` }]
  if (schema.enum && !schema.enum.includes(value as never))
    return [{ field, message: `is none of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}` }]
  const wrong = boundProblem(schema, value)
  if (wrong !== undefined) return [{ field, message: wrong }]
  const { items, properties = {}, required = [], additionalProperties } = schema
  if (Array.isArray(value))
    return items ? value.flatMap((item, at) => schemaProblems(items, item, joined(field, String(at)))) : []
  if (found !== 'object') return []
  const object = value as Readonly<Record<string, unknown>>
  return [
    ...required
      .filter((name) => !Object.hasOwn(object, name))
      .map((name) => ({ field: joined(field, name), message: 'is missing' })),
    ...Object.keys(object).flatMap((name) => {
      const inner = Object.hasOwn(properties, name) ? properties[name] : undefined
      if (inner) return schemaProblems(inner, object[name], joined(field, name))
      return additionalProperties === false ? [{ field: joined(field, name), message: 'is no argument' }] : []
    }),
  ]
}

function boundProblem(schema: ToolSchema, value: unknown): string | undefined {
  if (typeof value === 'number') return outside(value, schema.minimum, schema.maximum, '')
  if (Array.isArray(value)) return outside(value.length, schema.minItems, schema.maxItems, ' items')
  if (typeof value !== 'string') return undefined
  // JSON Schema counts characters, not UTF-16 units.
  const wrong = outside([...value].length, schema.minLength, schema.maxLength, ' characters')
  if (wrong !== undefined || schema.pattern === undefined) return wrong
  return new RegExp(schema.pattern, 'u').test(value) ? undefined : `does not match ${schema.pattern}`
}

function outside(found: number, least: number | undefined, most: number | undefined, of: string): string | undefined {
  if (least !== undefined && found < least) return `is ${found}${of}, and at least ${least} is asked for`
  if (most !== undefined && found > most) return `is ${found}${of}, and at most ${most} is asked for`
  return undefined
}

const joined = (field: string, name: string): string => (field === '' ? name : `${field}.${name}`)

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : type === 'null' ? type : `a ${type}`)

function typeOf(value: unknown): Type {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  if (typeof value === 'string') return 'string'
  return typeof value === 'boolean' ? 'boolean' : 'object'
}
